package io.semblance.extract.hub;

import io.semblance.core.SemblanceException;
import io.semblance.core.file.AtomicFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// What has come of a file so far, `NAME.part`, and beside it in `NAME.part.tag` what the server
/// said those bytes belong to. One process at a time; what is there survives whatever happens.
final class PartFile implements AutoCloseable {

  /// Writes all bytes that remain; where the disk ends, tests put their own.
  @FunctionalInterface
  interface Sink {

    void write(FileChannel to, ByteBuffer bytes) throws IOException;

    static Sink disk() {
      return (to, bytes) -> {
        while (bytes.hasRemaining()) {
          to.write(bytes);
        }
      };
    }
  }

  private final Path target;
  private final Path part;
  private final Path tag;
  private final FileChannel channel;
  private final Sink sink;

  private PartFile(Path target, Path part, FileChannel channel, Sink sink) {
    this.target = target;
    this.part = part;
    this.tag = part.resolveSibling(part.getFileName() + ".tag");
    this.channel = channel;
    this.sink = sink;
  }

  /// @param target the file that it will be; its folder is created
  /// @param sink through which bytes are written
  /// @throws SemblanceException if it cannot be written, or another process is at it
  static PartFile open(Path target, Sink sink) throws SemblanceException {
    Path part = target.resolveSibling(target.getFileName() + ".part");
    FileChannel channel = null;
    try {
      Files.createDirectories(target.toAbsolutePath().getParent());
      channel =
          FileChannel.open(
              part, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      if (lock(channel) != null) {
        channel.position(channel.size());
        return new PartFile(target, part, channel, sink);
      }
      channel.close();
    } catch (IOException e) {
      closeQuietly(channel);
      throw cannotWrite(part, e);
    }
    throw new SemblanceException(
        part + " is being downloaded by another process: wait for it, or stop it.");
  }

  private static FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException _) {
      return null; // another thread of this process
    }
  }

  long size() throws IOException {
    return channel.size();
  }

  /// @return what the bytes belong to, or null if they cannot be gone on from
  String validator() throws IOException {
    try {
      String text = Files.readString(tag).strip();
      return text.isEmpty() || size() == 0 ? null : text;
    } catch (NoSuchFileException _) {
      return null;
    }
  }

  /// Begins again.
  ///
  /// @param validator what the bytes to come belong to, or null
  void restart(String validator) throws IOException {
    if (channel.size() > 0) {
      channel.truncate(0);
    }
    channel.position(0);
    if (validator == null) {
      Files.deleteIfExists(tag);
    } else {
      AtomicFile.write(tag, validator + "\n");
    }
  }

  /// @throws SemblanceException if the disk is full or gone; what was written before stays
  void append(ByteBuffer bytes) throws SemblanceException {
    try {
      sink.write(channel, bytes);
    } catch (IOException e) {
      throw cannotWrite(part, e);
    }
  }

  /// @param bytes still to come
  /// @throws SemblanceException if there is no room for them
  void requireRoom(long bytes) throws IOException {
    long room = Files.getFileStore(part).getUsableSpace();
    if (bytes > room) {
      throw new SemblanceException(
          "%s needs %,d bytes more, but its disk has %,d free: make room, or choose another folder with --cache; what is there is kept."
              .formatted(part, bytes, room));
    }
  }

  /// @return SHA-256 of all bytes
  String sha256() throws IOException {
    channel.force(true);
    return io.semblance.core.file.Sha256.of(part);
  }

  /// Gives the whole file its name.
  void finish() throws IOException {
    channel.close();
    try {
      AtomicFile.move(part, target);
      Files.deleteIfExists(tag);
    } catch (IOException e) {
      throw cannotWrite(target, e);
    }
  }

  /// Drops bytes that turned out to be wrong.
  void discard() throws IOException {
    channel.close();
    Files.deleteIfExists(part);
    Files.deleteIfExists(tag);
  }

  private static SemblanceException cannotWrite(Path file, IOException e) {
    return new SemblanceException(
        "Cannot write %s (%s): make room or check permissions, then run the same command again; what is there is kept."
            .formatted(file, AtomicFile.reason(e)),
        e);
  }

  private static void removeEmpty(Path folder) {
    try {
      Files.deleteIfExists(folder);
    } catch (IOException _) {
      // something else is in it
    }
  }

  private static void closeQuietly(FileChannel channel) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException _) {
      // the failure before is the one to tell
    }
  }

  /// Leaves what is there for the next run; an empty file is no part.
  @Override
  public void close() throws IOException {
    if (channel.isOpen()) {
      boolean empty = channel.size() == 0;
      channel.close();
      if (empty) {
        Files.deleteIfExists(part);
        Files.deleteIfExists(tag);
        removeEmpty(target.toAbsolutePath().getParent());
      }
    }
  }
}

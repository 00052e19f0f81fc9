package io.semblance.core.array;

import io.semblance.core.SemblanceException;
import io.semblance.core.file.AtomicFile;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A file mapped into memory for reading. It owns the memory: every view of it is invalid once the
/// file is closed. Safe for several threads.
///
/// The size is that of the moment of opening; a file must not be cut while it is open.
public final class MappedFile implements AutoCloseable {

  private final Path path;
  private final Arena arena;
  private final MemorySegment bytes;

  private MappedFile(Path path, Arena arena, MemorySegment bytes) {
    this.path = path;
    this.arena = arena;
    this.bytes = bytes;
  }

  /// @param path a file of any size
  /// @return the file, mapped
  /// @throws SemblanceException if it is missing, a folder or unreadable
  @SuppressWarnings("MustBeClosedChecker") // the file owns the arena and closes it
  public static MappedFile open(Path path) throws IOException {
    if (!Files.isRegularFile(path)) {
      throw new SemblanceException(
          Files.isDirectory(path)
              ? path + " is a folder: give a file."
              : "There is no file " + path + ": check the path.");
    }
    Arena arena = Arena.ofShared();
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      return new MappedFile(
          path, arena, channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena));
    } catch (IOException e) {
      arena.close();
      throw new SemblanceException(
          "Cannot read " + path + " (" + AtomicFile.reason(e) + "): make it readable.", e);
    }
  }

  /// @return where it lies
  public Path path() {
    return path;
  }

  /// @return its size in bytes
  public long size() {
    return bytes.byteSize();
  }

  /// @return all of it, read-only; valid until [#close]
  public MemorySegment bytes() {
    return bytes;
  }

  /// A part of the file.
  ///
  /// @param from first byte
  /// @param length number of bytes
  /// @param what the part's name in a message, e.g. `its header`
  /// @return the part; valid until [#close]
  /// @throws SemblanceException if the file is too short; the message gives both numbers
  public MemorySegment slice(long from, long length, String what) throws SemblanceException {
    if (from < 0 || length < 0 || from > size() - length) {
      throw new SemblanceException(
          "%s has %d bytes, but %s should take %d from byte %d: the file is truncated or damaged; copy or write it again."
              .formatted(path, size(), what, length, from));
    }
    return bytes.asSlice(from, length);
  }

  @Override
  public void close() {
    arena.close();
  }
}

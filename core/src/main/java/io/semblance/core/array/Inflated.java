package io.semblance.core.array;

import io.semblance.core.Printable;
import io.semblance.core.SemblanceException;
import io.semblance.core.array.ZipDirectory.Entry;
import io.semblance.core.file.AtomicFile;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// A deflated zip entry, unpacked into a temporary file that has no name once it is mapped: nothing
/// is left behind, however the process ends.
final class Inflated {

  // Deflate cannot pack better than 1032 to 1.
  private static final int BEST_RATIO = 1032;
  private static final int BLOCK = 1 << 18;

  private Inflated() {}

  /// @param arena owner of the unpacked bytes
  static MemorySegment map(Path archive, Entry entry, Arena arena) throws IOException {
    String where = archive + ", " + Printable.of(entry.name());
    if (entry.bytes() / BEST_RATIO > entry.packed().byteSize() + 1) {
      throw new SemblanceException(
          "%s says that %d bytes unpack to %d, more than deflate can: the archive is damaged; write it again."
              .formatted(where, entry.packed().byteSize(), entry.bytes()));
    }
    Path temporary = Files.createTempFile("semblance-", ".npy");
    long room = Files.getFileStore(temporary).getUsableSpace();
    try (FileChannel channel =
        FileChannel.open(
            temporary,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE)) {
      requireRoom(temporary, entry.bytes(), room, where);
      inflate(entry, channel, where);
      return channel.map(FileChannel.MapMode.READ_ONLY, 0, entry.bytes(), arena);
    } catch (SemblanceException e) {
      throw e;
    } catch (IOException e) {
      throw new SemblanceException(
          "Cannot unpack %s to %s (%s): make room there, or save with numpy.savez instead of savez_compressed."
              .formatted(where, temporary.getParent(), AtomicFile.reason(e)),
          e);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private static void requireRoom(Path file, long bytes, long room, String where)
      throws SemblanceException {
    if (bytes > room) {
      throw new SemblanceException(
          "%s unpacks to %d bytes, but %s has room for %d: make room there, or save with numpy.savez instead of savez_compressed."
              .formatted(where, bytes, file.getParent(), room));
    }
  }

  private static void inflate(Entry entry, FileChannel to, String where) throws IOException {
    byte[] in = new byte[BLOCK];
    byte[] out = new byte[BLOCK];
    var crc = new CRC32();
    long read = 0;
    long written = 0;
    try (var inflater = new Inflater(true)) {
      while (!inflater.finished()) {
        if (inflater.needsInput()) {
          int n = (int) Math.min(BLOCK, entry.packed().byteSize() - read);
          if (n == 0) {
            throw damaged(where, "ends early");
          }
          MemorySegment.copy(
              entry.packed(), java.lang.foreign.ValueLayout.JAVA_BYTE, read, in, 0, n);
          inflater.setInput(in, 0, n);
          read += n;
        }
        int n = inflater.inflate(out);
        if (n == 0
            && (inflater.needsDictionary() || !inflater.needsInput() && !inflater.finished())) {
          throw damaged(where, "needs a dictionary");
        }
        written += n;
        if (written > entry.bytes()) {
          throw damaged(where, "unpacks to more than the " + entry.bytes() + " bytes it says");
        }
        crc.update(out, 0, n);
        for (ByteBuffer block = ByteBuffer.wrap(out, 0, n); block.hasRemaining(); ) {
          to.write(block);
        }
      }
    } catch (DataFormatException e) {
      throw damaged(where, "is not deflated data");
    }
    if (written != entry.bytes() || (int) crc.getValue() != entry.crc32()) {
      throw damaged(where, "does not unpack to what the archive says");
    }
  }

  private static SemblanceException damaged(String where, String what) {
    return new SemblanceException(
        where + " " + what + ": the archive is damaged; copy or write it again.");
  }
}

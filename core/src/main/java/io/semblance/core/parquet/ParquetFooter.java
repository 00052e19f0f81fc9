package io.semblance.core.parquet;

import io.semblance.core.SemblanceException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// The frame of a Parquet file: four letters, row groups, a footer with its length, four letters.
/// Source: Apache Parquet, file format.
final class ParquetFooter {

  private static final int MAGIC = 0x31524150; // PAR1, little-endian
  private static final int FRAME = 12;

  private ParquetFooter() {}

  static void require(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long size = channel.size();
      if (size < FRAME || intAt(channel, 0) != MAGIC) {
        throw new SemblanceException(
            file + " is not a Parquet file (it should begin with PAR1): check the file.");
      }
      if (intAt(channel, size - 4) != MAGIC) {
        throw new SemblanceException(
            "%s is a truncated Parquet file (at byte %d PAR1 should stand): copy or write it again."
                .formatted(file, size - 4));
      }
      long footer = intAt(channel, size - 8) & 0xFFFFFFFFL;
      if (footer > size - FRAME) {
        throw new SemblanceException(
            "%s is a damaged Parquet file (at byte %d its footer says it has %d bytes, of %d): copy or write it again."
                .formatted(file, size - 8, footer, size));
      }
    }
  }

  private static int intAt(FileChannel channel, long at) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining() && channel.read(buffer, at + buffer.position()) >= 0) {
      // a short read only means another turn
    }
    return buffer.flip().remaining() == 4 ? buffer.getInt() : 0;
  }
}

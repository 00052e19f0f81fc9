package io.semblance.core.table;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/// The files of vectors of a table in the making. Rows are gathered and written in larger pieces;
/// the headers come last, when the numbers of rows are known.
///
/// A file's number has as many digits as the largest one may need, so that tools that sort by name
/// and tools that sort by number agree.
final class ShardFiles implements AutoCloseable {

  /// Vectors a file holds at most, in bytes.
  static final long BYTES = 1L << 30;

  private static final int GATHERED = 1 << 20;

  private final Path folder;
  private final int dimension;
  private final Precision precision;
  private final int rowBytes;
  private final long rowsEach;
  private final int digits;
  private final ByteBuffer gathered;
  private FileChannel open;
  private long rows;

  /// @param folder of the table
  /// @param dimension d
  /// @param precision of a component
  /// @param mostRows rows there can be at the end
  /// @param rows rows that are there and good; what lies behind them is cut off
  ShardFiles(Path folder, int dimension, Precision precision, long mostRows, long rows)
      throws IOException {
    this.folder = folder;
    this.dimension = dimension;
    this.precision = precision;
    this.rowBytes = Math.multiplyExact(dimension, precision.bytes());
    this.rowsEach = Math.max(1, BYTES / rowBytes);
    this.digits = Long.toString((mostRows - 1) / rowsEach).length();
    this.gathered =
        ByteBuffer.allocateDirect(Math.max(GATHERED / rowBytes, 1) * rowBytes)
            .order(ByteOrder.LITTLE_ENDIAN);
    this.rows = rows;
    dropBehind();
  }

  void append(float[] vectors, int offset) throws IOException {
    if (gathered.remaining() < rowBytes || rows % rowsEach == 0) {
      flush();
    }
    switch (precision) {
      case FLOAT32 -> {
        gathered.asFloatBuffer().put(vectors, offset, dimension);
        gathered.position(gathered.position() + rowBytes);
      }
      case FLOAT16 -> {
        for (int j = offset; j < offset + dimension; j++) {
          gathered.putShort(Float.floatToFloat16(vectors[j]));
        }
      }
    }
    rows++;
  }

  /// Makes every row so far durable.
  void sync() throws IOException {
    flush();
    if (open != null) {
      open.force(false);
    }
  }

  /// Writes the headers.
  ///
  /// @return the files in order
  List<Path> complete() throws IOException {
    sync();
    close();
    var files = new ArrayList<Path>();
    for (int k = 0; k < count(); k++) {
      Path file = file(k);
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        ByteBuffer header = ByteBuffer.wrap(ShardHeader.bytes(precision, rowsIn(k), dimension));
        while (header.hasRemaining()) {
          channel.write(header, header.position());
        }
        channel.force(false);
      }
      files.add(file);
    }
    return files;
  }

  int count() {
    return Math.toIntExact(Math.ceilDiv(rows, rowsEach));
  }

  long firstRow(int index) {
    return index * rowsEach;
  }

  long rowsIn(int index) {
    return Math.min(rowsEach, rows - firstRow(index));
  }

  /// @return `0`, or with more files than ten `00`, `01`, ...
  String number(int index) {
    return ("%0" + digits + "d").formatted(index);
  }

  @Override
  public void close() throws IOException {
    if (open != null) {
      open.close();
      open = null;
    }
  }

  private void flush() throws IOException {
    if (gathered.position() == 0) {
      return;
    }
    long first = rows - gathered.position() / rowBytes;
    gathered.flip();
    long place = ShardHeader.LENGTH + first % rowsEach * rowBytes;
    if (open == null || first % rowsEach == 0) {
      if (open != null) {
        open.force(false);
        open.close();
      }
      open =
          FileChannel.open(
              file((int) (first / rowsEach)), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }
    while (gathered.hasRemaining()) {
      place += open.write(gathered, place);
    }
    gathered.clear();
  }

  private void dropBehind() throws IOException {
    for (int k = 0; Files.exists(file(k)); k++) {
      long here = Math.clamp(rows - firstRow(k), 0, rowsEach);
      if (here == 0) {
        Files.delete(file(k));
        continue;
      }
      try (FileChannel channel = FileChannel.open(file(k), StandardOpenOption.WRITE)) {
        long length = ShardHeader.LENGTH + here * rowBytes;
        PartialTable.requireLength(channel, length, file(k));
        channel.truncate(length);
      }
    }
  }

  private Path file(int index) {
    return folder.resolve("img_emb").resolve("img_emb_" + number(index) + ".npy");
  }
}

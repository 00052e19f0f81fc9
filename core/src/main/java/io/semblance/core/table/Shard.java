package io.semblance.core.table;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// Consecutive rows of a table in one block of memory. The table owns the memory.
///
/// @param data `rows x d`, row-major, little-endian, without a header
/// @param rows number of rows
/// @param dimension d
/// @param precision how a component is stored
record Shard(MemorySegment data, long rows, int dimension, Precision precision) {

  static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  static final ValueLayout.OfShort HALF =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private static final int BLOCK = 1 << 13;

  /// Whether float32 code can read the memory as it lies.
  boolean plainFloats() {
    return precision == Precision.FLOAT32
        && data.isNative()
        && ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
  }

  /// Rows of a shard that holds [#plainFloats].
  MemorySegment slice(long from, int count) {
    long row = (long) dimension * Float.BYTES;
    return data.asSlice(from * row, count * row);
  }

  void copy(long from, int count, MemorySegment target, long offset) {
    long length = (long) count * dimension;
    long start = from * dimension * precision.bytes();
    switch (precision) {
      case FLOAT32 ->
          MemorySegment.copy(
              data,
              FLOAT,
              start,
              target,
              ValueLayout.JAVA_FLOAT_UNALIGNED,
              offset * Float.BYTES,
              length);
      case FLOAT16 -> {
        float[] block = new float[(int) Math.min(length, BLOCK)];
        for (long done = 0; done < length; done += block.length) {
          int here = (int) Math.min(length - done, block.length);
          halves(start + 2 * done, here, block, 0);
          MemorySegment.copy(
              block,
              0,
              target,
              ValueLayout.JAVA_FLOAT_UNALIGNED,
              (offset + done) * Float.BYTES,
              here);
        }
      }
    }
  }

  void copy(long from, int count, float[] target, int offset) {
    int length = Math.multiplyExact(count, dimension);
    long start = from * dimension * precision.bytes();
    switch (precision) {
      case FLOAT32 -> MemorySegment.copy(data, FLOAT, start, target, offset, length);
      case FLOAT16 -> halves(start, length, target, offset);
    }
  }

  // By way of an array: only a loop over arrays becomes vector instructions.
  private void halves(long start, int length, float[] target, int offset) {
    short[] block = new short[Math.min(length, BLOCK)];
    for (int done = 0; done < length; done += block.length) {
      int here = Math.min(length - done, block.length);
      MemorySegment.copy(data, HALF, start + 2L * done, block, 0, here);
      for (int i = 0; i < here; i++) {
        target[offset + done + i] = Float.float16ToFloat(block[i]);
      }
    }
  }
}

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
        for (long i = 0; i < length; i++) {
          float value = Float.float16ToFloat(data.get(HALF, start + 2 * i));
          target.setAtIndex(ValueLayout.JAVA_FLOAT_UNALIGNED, offset + i, value);
        }
      }
    }
  }

  void copy(long from, int count, float[] target, int offset) {
    int length = Math.multiplyExact(count, dimension);
    long start = from * dimension * precision.bytes();
    switch (precision) {
      case FLOAT32 -> MemorySegment.copy(data, FLOAT, start, target, offset, length);
      case FLOAT16 -> {
        for (int i = 0; i < length; i++) {
          target[offset + i] = Float.float16ToFloat(data.get(HALF, start + 2L * i));
        }
      }
    }
  }
}

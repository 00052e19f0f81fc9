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

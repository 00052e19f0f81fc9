package io.semblance.core.array;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// The bits of an array's elements in row-major order, whatever their strides and byte order.
///
/// @param array the array
/// @param region memory of its first element and those behind it
record Elements(NumberArray array, MemorySegment region) {

  private static final int BLOCK = 1 << 16;

  static Elements of(NumberArray array) {
    return new Elements(array, array.region());
  }

  void writeLittleEndian(OutputStream out) throws IOException {
    int size = array.type().bytes();
    byte[] block = new byte[BLOCK];
    long[] index = new long[array.axes()];
    long[] shape = array.shape();
    long[] strides = array.strides();
    int filled = 0;
    for (long i = 0; i < array.count(); i++) {
      long element = 0;
      for (int axis = 0; axis < index.length; axis++) {
        element += index[axis] * strides[axis];
      }
      for (int b = 0; b < size; b++) {
        int from = array.order() == ByteOrder.LITTLE_ENDIAN ? b : size - 1 - b;
        block[filled++] = region.get(ValueLayout.JAVA_BYTE, element * size + from);
      }
      if (filled == BLOCK) {
        out.write(block, 0, filled);
        filled = 0;
      }
      advance(index, shape);
    }
    out.write(block, 0, filled);
  }

  private static void advance(long[] index, long[] shape) {
    for (int axis = index.length - 1; axis >= 0; axis--) {
      if (++index[axis] < shape[axis]) {
        return;
      }
      index[axis] = 0;
    }
  }
}

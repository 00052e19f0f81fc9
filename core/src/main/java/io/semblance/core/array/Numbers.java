package io.semblance.core.array;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// Reads numbers of one type and byte order out of memory.
///
/// Raw bits are gathered into a small array first, where the machine's order and any stride are
/// settled; the loops that turn bits into numbers then run over plain arrays, which the compiler
/// vectorises.
///
/// @param type of an element
/// @param order of its bytes
record Numbers(NumberType type, ByteOrder order) {

  // Elements gathered at a time: at most 32 KB, so that they stay in the first-level cache.
  private static final int CHUNK = 4096;

  static Numbers of(NumberType type, ByteOrder order) {
    return new Numbers(type, order);
  }

  double asDouble(MemorySegment region, long element) {
    double[] one = new double[1];
    doubles(region, element, 1, 1, one, 0);
    return one[0];
  }

  /// Copies `count` elements, `stride` apart, to `target` from place `at`.
  void floats(MemorySegment region, long start, long stride, int count, float[] target, int at) {
    if (type == NumberType.FLOAT32 && stride == 1) {
      var layout = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(order);
      MemorySegment.copy(region, layout, start * Float.BYTES, target, at, count);
      return;
    }
    Object raw = buffer(Math.min(count, CHUNK));
    for (int done = 0; done < count; done += CHUNK) {
      int n = Math.min(CHUNK, count - done);
      gather(region, start + done * stride, stride, n, raw);
      toFloats(raw, n, target, at + done);
    }
  }

  /// Copies `count` elements, `stride` apart, to `target` from place `at`.
  void doubles(MemorySegment region, long start, long stride, int count, double[] target, int at) {
    Object raw = buffer(Math.min(count, CHUNK));
    float[] floats = type.widerThanFloat32() ? null : new float[Math.min(count, CHUNK)];
    for (int done = 0; done < count; done += CHUNK) {
      int n = Math.min(CHUNK, count - done);
      gather(region, start + done * stride, stride, n, raw);
      if (floats == null) {
        toDoubles(raw, n, target, at + done);
      } else {
        toFloats(raw, n, floats, 0);
        for (int i = 0; i < n; i++) {
          target[at + done + i] = floats[i];
        }
      }
    }
  }

  private Object buffer(int n) {
    return switch (type.bytes()) {
      case 1 -> new byte[n];
      case 2 -> new short[n];
      case 4 -> new int[n];
      default -> new long[n];
    };
  }

  private void gather(MemorySegment region, long start, long stride, int n, Object raw) {
    long from = start * type.bytes();
    long step = stride * type.bytes();
    switch (raw) {
      case byte[] to -> {
        if (stride == 1) {
          MemorySegment.copy(region, ValueLayout.JAVA_BYTE, from, to, 0, n);
        } else {
          for (int i = 0; i < n; i++) {
            to[i] = region.get(ValueLayout.JAVA_BYTE, from + i * step);
          }
        }
      }
      case short[] to -> {
        var layout = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(order);
        if (stride == 1) {
          MemorySegment.copy(region, layout, from, to, 0, n);
        } else {
          for (int i = 0; i < n; i++) {
            to[i] = region.get(layout, from + i * step);
          }
        }
      }
      case int[] to -> {
        var layout = ValueLayout.JAVA_INT_UNALIGNED.withOrder(order);
        if (stride == 1) {
          MemorySegment.copy(region, layout, from, to, 0, n);
        } else {
          for (int i = 0; i < n; i++) {
            to[i] = region.get(layout, from + i * step);
          }
        }
      }
      case long[] to -> {
        var layout = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(order);
        if (stride == 1) {
          MemorySegment.copy(region, layout, from, to, 0, n);
        } else {
          for (int i = 0; i < n; i++) {
            to[i] = region.get(layout, from + i * step);
          }
        }
      }
      default -> throw new IllegalStateException("no buffer for " + type);
    }
  }

  private void toFloats(Object raw, int n, float[] target, int at) {
    switch (raw) {
      case byte[] bits -> bytesToFloats(bits, n, target, at);
      case short[] bits -> shortsToFloats(bits, n, target, at);
      case int[] bits -> intsToFloats(bits, n, target, at);
      case long[] bits -> longsToFloats(bits, n, target, at);
      default -> throw new IllegalStateException("no buffer for " + type);
    }
  }

  private void bytesToFloats(byte[] bits, int n, float[] target, int at) {
    switch (type) {
      case INT8 -> {
        for (int i = 0; i < n; i++) {
          target[at + i] = bits[i];
        }
      }
      case BOOL -> {
        for (int i = 0; i < n; i++) {
          target[at + i] = bits[i] == 0 ? 0 : 1;
        }
      }
      case UINT8 -> {
        for (int i = 0; i < n; i++) {
          target[at + i] = bits[i] & 0xFF;
        }
      }
      case FLOAT8_E4M3FN -> look(SmallFloats.E4M3FN, bits, n, target, at);
      case FLOAT8_E5M2 -> look(SmallFloats.E5M2, bits, n, target, at);
      case FLOAT8_E4M3FNUZ -> look(SmallFloats.E4M3FNUZ, bits, n, target, at);
      case FLOAT8_E5M2FNUZ -> look(SmallFloats.E5M2FNUZ, bits, n, target, at);
      case FLOAT8_E8M0FNU -> look(SmallFloats.E8M0FNU, bits, n, target, at);
      default -> throw new IllegalStateException(type + " is not of one byte");
    }
  }

  private static void look(float[] table, byte[] bits, int n, float[] target, int at) {
    for (int i = 0; i < n; i++) {
      target[at + i] = table[bits[i] & 0xFF];
    }
  }

  private void shortsToFloats(short[] bits, int n, float[] target, int at) {
    switch (type) {
      case FLOAT16 -> {
        for (int i = 0; i < n; i++) {
          target[at + i] = Float.float16ToFloat(bits[i]);
        }
      }
      case BFLOAT16 -> {
        for (int i = 0; i < n; i++) {
          target[at + i] = Float.intBitsToFloat(bits[i] << 16);
        }
      }
      case INT16 -> {
        for (int i = 0; i < n; i++) {
          target[at + i] = bits[i];
        }
      }
      case UINT16 -> {
        for (int i = 0; i < n; i++) {
          target[at + i] = bits[i] & 0xFFFF;
        }
      }
      default -> throw new IllegalStateException(type + " is not of two bytes");
    }
  }

  private void intsToFloats(int[] bits, int n, float[] target, int at) {
    for (int i = 0; i < n; i++) {
      target[at + i] =
          switch (type) {
            case FLOAT32 -> Float.intBitsToFloat(bits[i]);
            case INT32 -> bits[i];
            default -> bits[i] & 0xFFFFFFFFL;
          };
    }
  }

  private void longsToFloats(long[] bits, int n, float[] target, int at) {
    for (int i = 0; i < n; i++) {
      target[at + i] =
          switch (type) {
            case FLOAT64 -> (float) Double.longBitsToDouble(bits[i]);
            case INT64 -> bits[i];
            default -> bits[i] >= 0 ? bits[i] : 2 * (float) (bits[i] >>> 1 | bits[i] & 1);
          };
    }
  }

  private void toDoubles(Object raw, int n, double[] target, int at) {
    for (int i = 0; i < n; i++) {
      target[at + i] =
          switch (raw) {
            case int[] bits -> type == NumberType.INT32 ? bits[i] : bits[i] & 0xFFFFFFFFL;
            case long[] bits -> asDouble(bits[i]);
            default -> throw new IllegalStateException(type + " fits a float32");
          };
    }
  }

  private double asDouble(long bits) {
    return switch (type) {
      case FLOAT64 -> Double.longBitsToDouble(bits);
      case INT64 -> bits;
      default -> bits >= 0 ? bits : 2 * (double) (bits >>> 1 | bits & 1);
    };
  }
}

package io.semblance.core.array;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NumberArrayTest {

  @TempDir Path temp;

  /// The fast copies against one element at a time.
  @ParameterizedTest
  @EnumSource(NumberType.class)
  void rowsOfAnyStridesAreTheElementsOneByOne(NumberType type) {
    var random = new SplittableRandom(type.ordinal());
    try (Arena arena = Arena.ofConfined()) {
      for (int trial = 0; trial < 40; trial++) {
        NumberArray array = any(random, type, arena);
        long[] shape = array.shape();
        int rowLength = (int) array.rowLength();
        for (int from = 0; from <= array.rows(); from++) {
          int count = random.nextInt((int) array.rows() - from + 1);
          float[] floats = new float[count * rowLength + 3];
          double[] doubles = new double[count * rowLength + 3];
          array.copyRows(from, count, floats, 2);
          array.copyRows(from, count, doubles, 2);
          for (int i = 0; i < count * rowLength; i++) {
            double expected = array.at(index(shape, (long) from * rowLength + i));
            assertEquals(expected, doubles[2 + i]);
            // a 64-bit integer is rounded once to a float, but twice by way of a double
            float near = (float) expected;
            assertTrue(
                Float.compare(near, floats[2 + i]) == 0
                    || Math.abs(near - floats[2 + i]) <= Math.ulp(near));
          }
        }
      }
    }
  }

  @Test
  void longRunsCrossTheBlocksOfCopying() {
    short[] bits = new short[20_001];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Float.floatToFloat16(i % 2000);
    }
    MemorySegment region = MemorySegment.ofArray(bits);
    ByteOrder order = ByteOrder.nativeOrder();
    var array = NumberArray.rowMajor(NumberType.FLOAT16, order, new long[] {3, 6667}, region);
    float[] all = new float[20_001];
    array.copyRows(0, 3, all, 0);
    for (int i = 0; i < all.length; i++) {
      assertEquals(i % 2000, all[i]);
    }
  }

  @Test
  void elementsOutsideTheRegionAreRefusedAtOnce() {
    MemorySegment region = MemorySegment.ofArray(new byte[96]);
    List<long[][]> bad =
        List.of(
            new long[][] {{5, 5}, {5, 1}, {0}},
            new long[][] {{4, 6}, {6, 1}, {1}},
            new long[][] {{4, 6}, {7, 1}, {0}},
            new long[][] {{2}, {Long.MAX_VALUE}, {0}},
            new long[][] {{Long.MAX_VALUE, 2}, {0, 1}, {0}},
            new long[][] {{-1}, {1}, {0}},
            new long[][] {{2}, {-1}, {1}},
            new long[][] {{2}, {1, 1}, {0}},
            new long[][] {{1}, {1}, {-1}},
            new long[][] {{1}, {1}, {Long.MAX_VALUE}},
            new long[][] {new long[65], new long[65], {0}});
    for (long[][] b : bad) {
      assertThrows(
          IllegalArgumentException.class,
          () ->
              NumberArray.of(
                  NumberType.FLOAT32, ByteOrder.LITTLE_ENDIAN, b[0], b[1], region, b[2][0]));
    }
  }

  @Test
  void safetensorsOfStridedTensorsAreReadAgain() throws Exception {
    var random = new SplittableRandom(5);
    try (Arena arena = Arena.ofConfined()) {
      Map<String, NumberArray> tensors = new LinkedHashMap<>();
      for (NumberType type : NumberType.values()) {
        for (int i = 0; i < 4; i++) {
          tensors.put(type + "." + i, any(random, type, arena));
        }
      }
      Path file = temp.resolve("t.safetensors");
      SafetensorsWriter.write(file, Map.of("a", "é\n"), tensors);
      byte[] once = Files.readAllBytes(file);
      SafetensorsWriter.write(file, Map.of("a", "é\n"), tensors);
      assertArrayEquals(once, Files.readAllBytes(file));
      try (Safetensors read = Safetensors.open(file)) {
        assertEquals(Map.of("a", "é\n"), read.metadata());
        assertEquals(tensors.size(), read.names().size());
        for (Map.Entry<String, NumberArray> e : tensors.entrySet()) {
          assertArrayEquals(e.getValue().toDoubles(), read.tensor(e.getKey()).toDoubles());
          assertArrayEquals(e.getValue().shape(), read.tensor(e.getKey()).shape());
        }
      }
    }
  }

  @Test
  void rowsOfAViewEndWhereTheyShould() {
    MemorySegment region = MemorySegment.ofArray(new byte[24]);
    var array =
        NumberArray.rowMajor(NumberType.INT8, ByteOrder.LITTLE_ENDIAN, new long[] {4, 6}, region);
    assertEquals(6, array.row(3).bytes().byteSize());
    assertEquals(6, array.row(0).bytes().byteSize());
    assertThrows(IndexOutOfBoundsException.class, () -> array.row(4));
    var expanded =
        NumberArray.of(
            NumberType.INT8,
            ByteOrder.LITTLE_ENDIAN,
            new long[] {4, 6},
            new long[] {0, 1},
            region,
            0);
    assertFalse(expanded.isRowMajor());
    assertEquals(6, expanded.bytesSpanned());
  }

  private static NumberArray any(SplittableRandom random, NumberType type, Arena arena) {
    int axes = random.nextInt(4);
    long[] shape = new long[axes];
    long[] strides = new long[axes];
    var order = new ArrayList<>(List.of(0, 1, 2).subList(0, axes));
    java.util.Collections.shuffle(order, new java.util.Random(random.nextInt()));
    long step = 1;
    for (int axis : order) {
      shape[axis] = random.nextInt(1, 5);
      strides[axis] = random.nextInt(8) == 0 ? 0 : step;
      step *= shape[axis] + random.nextInt(2);
    }
    long offset = random.nextInt(4);
    MemorySegment region = arena.allocate((step + offset) * type.bytes());
    byte[] bits = new byte[(int) region.byteSize()];
    random.nextBytes(bits);
    MemorySegment.copy(bits, 0, region, java.lang.foreign.ValueLayout.JAVA_BYTE, 0, bits.length);
    ByteOrder bytes = random.nextBoolean() ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    return NumberArray.of(type, bytes, shape, strides, region, offset);
  }

  private static long[] index(long[] shape, long flat) {
    long[] out = new long[shape.length];
    for (int axis = shape.length - 1; axis >= 0; axis--) {
      out[axis] = flat % shape[axis];
      flat /= shape[axis];
    }
    return out;
  }
}

package io.semblance.core.linalg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ByteProductTest {

  private static MemorySegment whole(
      Arena arena, SplittableRandom random, int rows, int d, int least) {
    MemorySegment out = arena.allocate((rows + 1L) * d * Float.BYTES, 64);
    for (long i = 0; i < (long) rows * d; i++) {
      out.setAtIndex(ValueLayout.JAVA_FLOAT, i, random.nextInt(least, 128));
    }
    return out;
  }

  /// Against sums of whole numbers; 1,040 dimensions of the largest values reach the last sum that
  /// float32 holds.
  @ParameterizedTest
  @CsvSource({"1,1,2", "7,5,3", "33,17,64", "64,100,768", "9,4,1040"})
  void isExact(int m, int n, int d) {
    var random = new SplittableRandom(m);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment columns =
          whole(arena, random, n, d, -127).asSlice(0, (long) n * d * Float.BYTES);
      MemorySegment rows = whole(arena, random, m, d, 0);
      for (int j = 0; d == 1040 && j < d; j++) {
        columns.setAtIndex(ValueLayout.JAVA_FLOAT, j, 127);
        rows.setAtIndex(ValueLayout.JAVA_FLOAT, j, 127);
      }
      Optional<ByteProduct> made = ByteProduct.of(columns, d);
      if (made.isEmpty()) {
        return; // no such product here: isThereOnX86 says where there is one
      }
      try (ByteProduct product = made.get()) {
        for (int times = 0; times < 3; times++) {
          product.multiply(
              rows,
              m,
              result -> {
                assertEquals((long) m * n * Float.BYTES, result.byteSize());
                for (int i = 0; i < m; i++) {
                  for (int k = 0; k < n; k++) {
                    assertEquals(
                        dot(rows, i, columns, k, d),
                        result.getAtIndex(ValueLayout.JAVA_FLOAT_UNALIGNED, (long) i * n + k));
                  }
                }
              });
        }
      }
    }
  }

  private static float dot(MemorySegment rows, int i, MemorySegment columns, int k, int d) {
    double sum = 0;
    for (int j = 0; j < d; j++) {
      sum +=
          rows.getAtIndex(ValueLayout.JAVA_FLOAT, (long) i * d + j)
              * columns.getAtIndex(ValueLayout.JAVA_FLOAT, (long) k * d + j);
    }
    return (float) sum;
  }

  @Test
  @EnabledIfSystemProperty(named = "os.arch", matches = "amd64|x86_64")
  void isThereOnX86() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment columns = arena.allocate(64L * Float.BYTES, 64);
      Optional<ByteProduct> made = ByteProduct.of(columns, 64);
      assertTrue(made.isPresent());
      made.get().close();
    }
  }

  @Test
  void refusesDimensionsWhoseSumsWouldBeRounded() {
    try (Arena arena = Arena.ofConfined()) {
      assertTrue(ByteProduct.of(arena.allocate(2048L * Float.BYTES, 64), 2048).isEmpty());
    }
  }

  @Test
  void refusesRowsWithoutRoomForOneMore() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment columns = arena.allocate(8L * Float.BYTES, 64);
      Optional<ByteProduct> made = ByteProduct.of(columns, 8);
      made.ifPresent(
          product -> {
            MemorySegment rows = arena.allocate(16L * Float.BYTES, 64);
            assertThrows(IllegalArgumentException.class, () -> product.multiply(rows, 2, _ -> {}));
            product.close();
          });
    }
  }
}

package io.semblance.core.linalg;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DistancesTest {

  private static double naive(Matrix x, int a, int b) {
    double sum = 0;
    for (int j = 0; j < x.columns(); j++) {
      sum += (x.get(a, j) - x.get(b, j)) * (x.get(a, j) - x.get(b, j));
    }
    return Math.sqrt(sum);
  }

  /// Near-duplicates at every scale: where the product cancels.
  private static Matrix awkward(int n, int d) {
    Matrix x = Golden.random(n, d, 3);
    for (int i = 1; i < n; i += 2) {
      double scale = Math.pow(10, -(i % 13));
      for (int j = 0; j < d; j++) {
        x.set(i, j, x.get(i - 1, j) + scale * x.get(i, j));
      }
    }
    return x;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 64, 1000})
  void equalTheSumOfSquaredDifferencesForAnyBlock(int blockRows) {
    Matrix x = awkward(61, 33);
    int[] seen = {0};
    Distances.pairwise(
        x,
        blockRows,
        (from, count, block) -> {
          assertEquals(seen[0], from);
          seen[0] += count;
          for (int i = 0; i < count; i++) {
            for (int j = 0; j < 61; j++) {
              double expected = naive(x, from + i, j);
              assertEquals(expected, block[i * 61 + j], 1e-10 * expected);
            }
          }
        });
    assertEquals(61, seen[0]);
  }

  @Test
  void equalRowsAndNoColumnsAreAtZero() {
    Matrix x = Golden.random(5, 1001, 4);
    System.arraycopy(x.data(), 0, x.data(), 4 * 1001, 1001);
    assertEquals(0, Distances.matrix(x).get(4, 0));
    assertEquals(0, Distances.matrix(x).get(3, 3));
    Golden.assertClose(Matrix.zeros(3, 3), Distances.matrix(Matrix.zeros(3, 0)), 0);
  }
}

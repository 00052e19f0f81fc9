package io.semblance.core.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UpperDistancesTest {

  private static Matrix upper(Matrix points, int blockRows) {
    int n = points.rows();
    Matrix out = Matrix.zeros(n, n);
    UpperDistances.of(
        points,
        blockRows,
        (from, count, block) -> {
          for (int i = 0; i < count; i++) {
            for (int j = from; j < n; j++) {
              out.set(from + i, j, block[i * (n - from) + j - from]);
            }
          }
        });
    return out;
  }

  /// Normal points; every third is a near-duplicate of the one before, `gap` away in each
  /// component.
  private static Matrix points(int n, int d, double gap, double offset) {
    var random = new Random(7);
    Matrix out = Matrix.zeros(n, d);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < d; j++) {
        double normal = offset + random.nextGaussian();
        out.set(i, j, i % 3 == 2 ? out.get(i - 1, j) + gap * random.nextGaussian() : normal);
      }
    }
    return out;
  }

  @ParameterizedTest
  @CsvSource({
    "5,1,0",
    "64,1e-7,0",
    "65,1e-3,0",
    "200,1e-7,0",
    "768,1e-4,0",
    "2048,1e-6,0",
    "300,0,0",
    "300,1e-5,20"
  })
  void agreeWithTheDirectComputationNearDuplicatesIncluded(int d, double gap, double offset) {
    Matrix points = points(60, d, gap, offset);
    Matrix distances = upper(points, 17);
    double bound = UpperDistances.relativeError(d);
    for (int i = 0; i < 60; i++) {
      for (int j = i; j < 60; j++) {
        double direct = Distances.direct(points, i, j);
        assertEquals(direct, distances.get(i, j), bound * direct, i + ", " + j);
      }
    }
  }

  @Test
  void noDimensionMeansNoDistance() {
    assertArrayEquals(new double[25], upper(Matrix.zeros(5, 0), 2).data());
  }

  /// Of two whitenings of the same covariance distances are the same, whichever factor was taken.
  @Test
  void wideCovariancesAreFactoredWithoutEigenvectorsToTheSameDistances() {
    Matrix x = points(900, 300, 0.5, 3);
    Covariance covariance = Covariance.empirical(x);
    Whitening fast = Whitening.fit(covariance, 0, 300);
    SymmetricEigen eigen = LinearAlgebra.eigen(covariance.matrix());
    assertEquals(300, fast.rank());
    assertEquals(1, fast.condition() / (eigen.values()[0] / eigen.values()[299]), 0.1);
    Matrix whitened = Matrix.zeros(900, 300);
    Matrix scores = LinearAlgebra.productTransposed(x.minusRow(covariance.mean()), eigen.vectors());
    for (int i = 0; i < 900; i++) {
      for (int k = 0; k < 300; k++) {
        whitened.set(i, k, scores.get(i, k) / Math.sqrt(eigen.values()[k]));
      }
    }
    Matrix ours = fast.transform(x);
    for (int i = 0; i < 900; i += 7) {
      double expected = Distances.direct(whitened, i, (i * 31 + 5) % 900);
      assertEquals(expected, Distances.direct(ours, i, (i * 31 + 5) % 900), 1e-9 * expected);
    }
  }

  @Test
  void aColumnWithoutVarianceTakesTheEigenvectors() {
    Matrix x = points(900, 300, 0.5, 0);
    for (int i = 0; i < 900; i++) {
      x.set(i, 4, 1);
      x.set(i, 5, x.get(i, 6));
    }
    Whitening whitening = Whitening.fit(Covariance.empirical(x), 0, 300);
    assertEquals(298, whitening.rank());
    assertTrue(whitening.condition() < 1e6);
  }
}

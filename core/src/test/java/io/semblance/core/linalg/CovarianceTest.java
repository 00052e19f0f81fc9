package io.semblance.core.linalg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CovarianceTest {

  @ParameterizedTest
  @CsvSource({"40x12, 0.21422631593183006", "25x60, 0.45435434239298417"})
  void ledoitWolfIsScikitLearns(String name, double shrinkage) {
    Covariance ours = Covariance.ledoitWolf(Golden.read("ledoit-wolf-" + name + "-x"));
    assertEquals(shrinkage, ours.shrinkage(), 1e-12);
    Golden.assertClose(Golden.read("ledoit-wolf-" + name + "-covariance"), ours.matrix(), 1e-12);
  }

  @Test
  void empiricalEqualsTheDefinition() {
    Matrix x = Golden.random(9, 4, 1);
    double[] mean = x.columnMeans();
    Matrix naive = Matrix.zeros(4, 4);
    for (int a = 0; a < 4; a++) {
      for (int b = 0; b < 4; b++) {
        double sum = 0;
        for (int i = 0; i < 9; i++) {
          sum += (x.get(i, a) - mean[a]) * (x.get(i, b) - mean[b]);
        }
        naive.set(a, b, sum / 8);
      }
    }
    Golden.assertClose(naive, Covariance.empirical(x).matrix(), 1e-13);
  }

  @Test
  void oneColumnAndOneConstantRowAreNotShrunk() {
    assertEquals(0, Covariance.ledoitWolf(Golden.random(6, 1, 2)).shrinkage());
    assertEquals(0, Covariance.ledoitWolf(Matrix.zeros(6, 3)).shrinkage());
    assertThrows(
        IllegalArgumentException.class, () -> Covariance.empirical(Golden.random(1, 3, 3)));
  }
}

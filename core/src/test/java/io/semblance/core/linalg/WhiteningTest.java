package io.semblance.core.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class WhiteningTest {

  private static Whitening empirical(Matrix x) {
    return Whitening.fit(Covariance.empirical(x), 0, Integer.MAX_VALUE);
  }

  @Test
  void distancesAfterwardsAreScipysMahalanobis() {
    Matrix x = Golden.read("mahalanobis-x");
    Golden.assertClose(
        Golden.read("mahalanobis-distances"), Distances.matrix(empirical(x).transform(x)), 1e-11);
  }

  @Test
  void covarianceAfterwardsIsTheIdentity() {
    Matrix x = Golden.random(50, 7, 1);
    Matrix identity = Matrix.zeros(7, 7);
    for (int i = 0; i < 7; i++) {
      identity.set(i, i, 1);
    }
    Matrix y = empirical(x).transform(x);
    Golden.assertClose(identity, Covariance.empirical(y).matrix(), 1e-12);
  }

  @Test
  void directionsWithoutVarianceAreDropped() {
    Matrix oneHot = Matrix.zeros(40, 5);
    for (int i = 0; i < 40; i++) {
      oneHot.set(i, i % 4, 1);
      oneHot.set(i, 4, 7.25);
    }
    Whitening whitening = empirical(oneHot);
    assertEquals(3, whitening.rank());
    assertEquals(2, whitening.dropped());
    assertEquals(1, whitening.condition(), 1e-12);
    Whitening constant = empirical(Matrix.zeros(8, 3));
    assertEquals(0, constant.rank());
    assertEquals(0, constant.transform(Matrix.zeros(8, 3)).columns());
  }

  @Test
  void directionsBelowTheNoiseOrBeyondTheLimitAreDropped() {
    Matrix x = Golden.random(200, 3, 4);
    for (int i = 0; i < 200; i++) {
      x.set(i, 2, x.get(i, 2) * 1e-3);
    }
    Covariance covariance = Covariance.empirical(x);
    assertEquals(3, Whitening.fit(covariance, 0, 3).rank());
    assertEquals(2, Whitening.fit(covariance, 1e-6, 3).rank());
    assertEquals(1, Whitening.fit(covariance, 1e-6, 1).rank());
  }

  @Test
  void fewerRowsThanColumnsMakeARegularSimplex() {
    Matrix x = Golden.random(6, 20, 5);
    Matrix distances = Distances.matrix(empirical(x).transform(x));
    for (int i = 0; i < 6; i++) {
      for (int j = 0; j < i; j++) {
        assertEquals(Math.sqrt(2.0 * 5), distances.get(i, j), 1e-9);
      }
    }
  }

  @Test
  void equalRowsStayEqual() {
    Matrix x = Golden.random(37, 11, 6);
    for (int i = 1; i < 37; i += 3) {
      System.arraycopy(x.data(), 0, x.data(), i * 11, 11);
    }
    Matrix y = empirical(x).transform(x);
    assertTrue(y.columns() > 0);
    for (int i = 1; i < 37; i += 3) {
      assertArrayEquals(y.row(0), y.row(i));
    }
  }
}

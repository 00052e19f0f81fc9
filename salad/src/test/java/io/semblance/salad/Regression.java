package io.semblance.salad;

import io.semblance.core.linalg.LinearAlgebra;
import io.semblance.core.linalg.Matrix;
import io.semblance.core.linalg.SymmetricEigen;

/// Least squares with an intercept and two predictors, by eigenvectors of the normal equations. The
/// naive twin of [Weights], which needs no solving.
final class Regression {

  private Regression() {}

  /// A predictor that does not vary gets the weight of the shortest solution, 0 for one that is 0
  /// throughout.
  ///
  /// @param y response, length n, not constant
  /// @param a predictor, length n
  /// @param b predictor, length n
  /// @return intercept, weight of a, weight of b, R^2
  static double[] fit(double[] y, double[] a, double[] b) {
    Matrix design = Matrix.zeros(y.length, 3);
    for (int i = 0; i < y.length; i++) {
      design.set(i, 0, 1);
      design.set(i, 1, a[i]);
      design.set(i, 2, b[i]);
    }
    double[] right = LinearAlgebra.product(Matrix.of(1, y.length, y), design).data();
    SymmetricEigen eigen = LinearAlgebra.eigen(LinearAlgebra.gram(design));
    double[] weights = new double[4];
    for (int k = 0; k < 3; k++) {
      if (eigen.values()[k] > 1e-12 * eigen.values()[0]) {
        double[] v = eigen.vectors().row(k);
        double along = (v[0] * right[0] + v[1] * right[1] + v[2] * right[2]) / eigen.values()[k];
        for (int j = 0; j < 3; j++) {
          weights[j] += along * v[j];
        }
      }
    }
    weights[3] = determination(y, a, b, weights);
    return weights;
  }

  private static double determination(double[] y, double[] a, double[] b, double[] weights) {
    double mean = 0;
    for (double v : y) {
      mean += v / y.length;
    }
    double rest = 0;
    double total = 0;
    for (int i = 0; i < y.length; i++) {
      double gap = y[i] - weights[0] - weights[1] * a[i] - weights[2] * b[i];
      rest += gap * gap;
      total += (y[i] - mean) * (y[i] - mean);
    }
    return Math.max(0, 1 - rest / total);
  }
}

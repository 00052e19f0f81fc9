package io.semblance.core.linalg;

import java.util.Arrays;

/// Principal components of the rows of a matrix.
///
/// The numbers of scikit-learn's `PCA`, with signs fixed: in every component the loading of largest
/// magnitude is positive. Directions without variance (at most `max(n, d) * 2^-52` of the largest)
/// are left out. With fewer rows than columns the n x n matrix of products is decomposed instead of
/// the d x d covariance.
///
/// @param mean length d
/// @param components k x d, orthonormal rows, largest variance first
/// @param explainedVariance length k, variance along each component, divisor n - 1
/// @param explainedVarianceRatio length k, shares of the variance of **all** directions, in (0, 1]
@SuppressWarnings("ArrayRecordComponent") // a result to read, made once
public record Pca(
    double[] mean, Matrix components, double[] explainedVariance, double[] explainedVarianceRatio) {

  /// Fits at most `most` components.
  ///
  /// @param x n x d, n >= 2
  /// @param most largest number of components to keep, at least 1; fewer if there are fewer
  ///   directions with variance
  /// @throws IllegalArgumentException if there are fewer than two rows
  public static Pca fit(Matrix x, int most) {
    int n = x.rows();
    int d = x.columns();
    if (n < 2) {
      throw new IllegalArgumentException("principal components need two rows, got " + n);
    }
    double[] mean = x.columnMeans();
    Matrix centered = x.minusRow(mean);
    boolean wide = d > n;
    SymmetricEigen eigen =
        LinearAlgebra.eigen(
            wide
                ? LinearAlgebra.productTransposed(centered, centered)
                : LinearAlgebra.gram(centered));
    double[] values = eigen.values();
    double total = Arrays.stream(values).filter(v -> v > 0).sum();
    int k = 0;
    double floor = Math.max(n, d) * Math.ulp(1.0) * Math.max(values[0], 0);
    while (k < Math.min(values.length, most) && values[k] > floor) {
      k++;
    }
    Matrix vectors = eigen.vectors().rowRange(0, k);
    Matrix components =
        k == 0 ? Matrix.zeros(0, d) : wide ? LinearAlgebra.product(vectors, centered) : vectors;
    normalize(components);
    double[] variance = new double[k];
    double[] ratio = new double[k];
    for (int i = 0; i < k; i++) {
      variance[i] = values[i] / (n - 1);
      ratio[i] = values[i] / total;
    }
    return new Pca(mean, components, variance, ratio);
  }

  /// Coordinates of rows on the components.
  ///
  /// @param x m x d
  /// @return m x k
  public Matrix transform(Matrix x) {
    return components.rows() == 0
        ? Matrix.zeros(x.rows(), 0)
        : LinearAlgebra.productTransposed(x.minusRow(mean), components);
  }

  private static void normalize(Matrix rows) {
    for (int i = 0; i < rows.rows(); i++) {
      double[] row = rows.row(i);
      double scale = 0;
      for (double v : row) {
        scale += v * v;
      }
      scale = Signs.of(row) / Math.sqrt(scale);
      for (int j = 0; j < row.length; j++) {
        rows.set(i, j, row[j] * scale);
      }
    }
  }
}

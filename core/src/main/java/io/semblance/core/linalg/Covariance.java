package io.semblance.core.linalg;

/// Mean and covariance of the rows of a matrix.
///
/// @param mean length d
/// @param matrix d x d, symmetric
/// @param shrinkage weight of the scaled identity in [0, 1]; 0 for the empirical covariance
/// @param samples n, the rows it was computed from
@SuppressWarnings("ArrayRecordComponent") // a result to read, made once
public record Covariance(double[] mean, Matrix matrix, double shrinkage, int samples) {

  /// The unbiased sample covariance, divisor n - 1.
  ///
  /// @param x n x d, n >= 2
  /// @throws IllegalArgumentException if there are fewer than two rows
  public static Covariance empirical(Matrix x) {
    if (x.rows() < 2) {
      throw new IllegalArgumentException("a covariance needs two rows, got " + x.rows());
    }
    double[] mean = x.columnMeans();
    Matrix gram = StripProducts.centeredGram(x, mean);
    scale(gram, 1.0 / (x.rows() - 1));
    return new Covariance(mean, gram, 0, x.rows());
  }

  /// The shrunk covariance `(1 - s) S + s mu I`, with S the sample covariance of divisor n, mu the
  /// mean of its diagonal and s the weight that minimises the expected squared error.
  ///
  /// Works with fewer rows than columns. The same numbers as scikit-learn's `LedoitWolf`. Source:
  /// Ledoit and Wolf, "A well-conditioned estimator for large-dimensional covariance matrices"
  /// (2004), section 3.
  ///
  /// @param x n x d, n >= 1
  public static Covariance ledoitWolf(Matrix x) {
    int n = x.rows();
    int d = x.columns();
    double[] mean = x.columnMeans();
    Matrix s = StripProducts.centeredGram(x, mean);
    scale(s, 1.0 / n);
    double trace = 0;
    for (int j = 0; j < d; j++) {
      trace += s.get(j, j);
    }
    double mu = trace / d;
    double shrinkage = d == 1 ? 0 : shrinkage(x, mean, sumOfSquares(s), mu);
    scale(s, 1 - shrinkage);
    for (int j = 0; j < d; j++) {
      s.set(j, j, s.get(j, j) + shrinkage * mu);
    }
    return new Covariance(mean, s, shrinkage, n);
  }

  private static double shrinkage(Matrix x, double[] mean, double squaredNorm, double mu) {
    int n = x.rows();
    int d = x.columns();
    double fourth = 0;
    for (int i = 0; i < n; i++) {
      double row = 0;
      for (int j = 0; j < d; j++) {
        double v = x.data()[i * d + j] - mean[j];
        row += v * v;
      }
      fourth += row * row;
    }
    double delta = (squaredNorm - d * mu * mu) / d;
    double beta = Math.min((fourth / n - squaredNorm) / ((double) d * n), delta);
    return beta == 0 ? 0 : beta / delta;
  }

  private static double sumOfSquares(Matrix m) {
    double sum = 0;
    for (double v : m.data()) {
      sum += v * v;
    }
    return sum;
  }

  private static void scale(Matrix m, double factor) {
    double[] data = m.data();
    for (int i = 0; i < data.length; i++) {
      data[i] *= factor;
    }
  }
}

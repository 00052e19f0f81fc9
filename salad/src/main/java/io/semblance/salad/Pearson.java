package io.semblance.salad;

/// Pearson's correlation.
final class Pearson {

  private Pearson() {}

  /// Pearson's correlation.
  ///
  /// @param a length n
  /// @param b length n
  /// @return in [-1, 1]; NaN if either does not vary
  static double correlation(double[] a, double[] b) {
    double[] x = ZScores.of(a);
    double[] y = ZScores.of(b);
    if (x == null || y == null) {
      return Double.NaN;
    }
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += x[i] * y[i];
    }
    return Math.clamp(sum / x.length, -1, 1);
  }
}

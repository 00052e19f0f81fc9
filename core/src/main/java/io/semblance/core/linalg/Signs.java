package io.semblance.core.linalg;

/// Fixes the sign of eigenvectors, which the mathematics leaves open: the number of largest
/// magnitude becomes positive. Of magnitudes equal within 1e-9 the first counts, so that rounding
/// cannot flip a vector.
final class Signs {

  private Signs() {}

  /// @param vector any length
  /// @return 1 or -1, by which to multiply it
  static double of(double[] vector) {
    double largest = 0;
    for (double v : vector) {
      largest = Math.max(largest, Math.abs(v));
    }
    for (double v : vector) {
      if (Math.abs(v) >= largest * (1 - 1e-9)) {
        return v < 0 ? -1 : 1;
      }
    }
    return 1;
  }
}

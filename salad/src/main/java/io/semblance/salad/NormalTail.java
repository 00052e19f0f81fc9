package io.semblance.salad;

/// The tail of the standard normal distribution.
final class NormalTail {

  private NormalTail() {}

  /// The probability of a number as far from 0 as z, by the series of the density's integral for
  /// small z and by Laplace's continued fraction for large. Source: Abramowitz and Stegun, 26.2.11
  /// and 26.2.14. Good to about 1e-12.
  ///
  /// @param z any number
  /// @return in [0, 1]
  static double twoSided(double z) {
    double x = Math.abs(z);
    double density = Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
    if (x < 3) {
      double term = x;
      double sum = x;
      for (int k = 3; term > 1e-17 * sum; k += 2) {
        term *= x * x / k;
        sum += term;
      }
      return 1 - 2 * density * sum;
    }
    double fraction = x;
    for (int k = 200; k >= 1; k--) {
      fraction = x + k / fraction;
    }
    return 2 * density / fraction;
  }
}

package io.semblance.salad;

/// Numbers shifted and scaled to mean 0 and variance 1, divisor n.
final class ZScores {

  private ZScores() {}

  /// @param values any length
  /// @return a new array, or null if the values do not vary beyond rounding
  static double[] of(double[] values) {
    double mean = 0;
    double largest = 0;
    for (double v : values) {
      mean += v / values.length;
      largest = Math.max(largest, Math.abs(v));
    }
    double variance = 0;
    for (double v : values) {
      variance += (v - mean) * (v - mean) / values.length;
    }
    double deviation = Math.sqrt(variance);
    if (values.length < 2 || !(deviation > 1e-9 * largest)) {
      return null;
    }
    double[] out = new double[values.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = (values[i] - mean) / deviation;
    }
    return out;
  }

  /// @param values any length
  /// @param times how often each occurs, at least 0, the same length
  /// @return a new array, or null if the values that occur do not vary beyond rounding
  static double[] of(double[] values, double[] times) {
    double total = 0;
    double mean = 0;
    double largest = 0;
    for (int i = 0; i < values.length; i++) {
      total += times[i];
      mean += times[i] * values[i];
      largest = Math.max(largest, Math.abs(values[i]));
    }
    mean /= total;
    double variance = 0;
    for (int i = 0; i < values.length; i++) {
      variance += times[i] * (values[i] - mean) * (values[i] - mean);
    }
    double deviation = Math.sqrt(variance / total);
    if (total < 2 || !(deviation > 1e-9 * largest)) {
      return null;
    }
    double[] out = new double[values.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = (values[i] - mean) / deviation;
    }
    return out;
  }
}

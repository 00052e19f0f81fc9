package io.semblance.attribution.calibrate;

/// What stands in for relu while fitting: softplus, log(1 + exp(beta x)) / beta, which is the
/// identity where beta x is over 20, as PyTorch's.
///
/// @param beta over 0; the larger, the nearer to relu
record Softness(double beta) {

  private static final double LINEAR = 20;

  double value(double x) {
    double scaled = beta * x;
    return scaled > LINEAR ? x : Math.log1p(Math.exp(scaled)) / beta;
  }

  /// Whether a value is so small, below 1e-19, that a million of them do not count.
  boolean isNothing(double x) {
    return beta * x < -45;
  }

  double log(double x) {
    double scaled = beta * x;
    return scaled < -30 ? scaled - Math.log(beta) : Math.log(value(x));
  }

  /// Derivative of [#value].
  double slope(double x) {
    double scaled = beta * x;
    return scaled > LINEAR ? 1 : 1 / (1 + Math.exp(-scaled));
  }

  /// Derivative of [#log].
  double logSlope(double x) {
    return beta * x < -30 ? beta : slope(x) / value(x);
  }
}

package io.semblance.attribution.mapper;

import io.semblance.core.linalg.Dense;

/// Batch normalisation of columns as PyTorch's `BatchNorm1d`: epsilon 1e-5, running statistics with
/// momentum 0.1 and the unbiased variance. Without the affine part, which is the caller's.
final class BatchNorm {

  private static final double EPSILON = 1e-5;
  private static final double MOMENTUM = 0.1;

  private final Dense mean;
  private final Dense variance;
  private Dense normalized;
  private Dense deviation;

  /// @param mean running mean, 1 x d, changed in place
  /// @param variance running variance, 1 x d, changed in place
  BatchNorm(Dense mean, Dense variance) {
    this.mean = mean;
    this.variance = variance;
  }

  /// @param x n x d, n at least 2
  Dense forward(Dense x) {
    int n = x.rows();
    Dense batchMean = x.columnSums().times(1.0 / n);
    Dense centred = x.minus(batchMean);
    Dense batchVariance = centred.times(centred).columnSums().times(1.0 / n);
    deviation = batchVariance.plus(EPSILON).sqrt();
    normalized = centred.over(deviation);
    mean.scale(1 - MOMENTUM).add(batchMean, MOMENTUM);
    variance.scale(1 - MOMENTUM).add(batchVariance, MOMENTUM * n / (n - 1.0));
    return normalized;
  }

  /// (g - mean(g) - y mean(g y)) / deviation, with y what [#forward] returned.
  Dense backward(Dense gradient) {
    double n = gradient.rows();
    Dense mean = gradient.columnSums().times(1 / n);
    Dense slope = gradient.times(normalized).columnSums().times(1 / n);
    return gradient.minus(mean).minus(normalized.times(slope)).over(deviation);
  }

  Dense normalized() {
    return normalized;
  }

  Dense mean() {
    return mean;
  }

  Dense variance() {
    return variance;
  }
}

package io.semblance.salad;

import java.util.Objects;

/// What to compute.
///
/// @param metric distance of two images
/// @param covariance what the Mahalanobis distance whitens with; other metrics ignore it
/// @param scatter which images the scatter plots show
/// @param scatterPoints most points in a scatter plot by multidimensional scaling, at least 3
/// @param inits starts of multidimensional scaling, at least 1; one of them is classical scaling
/// @param seed of the random starts
/// @param recognizedPercent a cell counts as recognised from this share of its own images on, in
///   percent
public record SaladOptions(
    Metric metric,
    CovarianceChoice covariance,
    ScatterChoice scatter,
    int scatterPoints,
    int inits,
    long seed,
    double recognizedPercent) {

  /// @throws IllegalArgumentException if a number is out of range
  public SaladOptions {
    Objects.requireNonNull(metric);
    Objects.requireNonNull(covariance);
    Objects.requireNonNull(scatter);
    if (scatterPoints < 3) {
      throw new IllegalArgumentException("scatterPoints must be at least 3, got " + scatterPoints);
    }
    if (inits < 1) {
      throw new IllegalArgumentException("inits must be at least 1, got " + inits);
    }
    if (!(recognizedPercent >= 0 && recognizedPercent <= 100)) {
      throw new IllegalArgumentException(
          "recognizedPercent must be from 0 to 100, got " + recognizedPercent);
    }
  }

  /// @return Mahalanobis with automatic covariance, apples and oranges, 400 points, 4 starts, seed
  ///   1, 90 percent
  public static SaladOptions defaults() {
    return new SaladOptions(
        Metric.MAHALANOBIS, new CovarianceChoice.Auto(), ScatterChoice.defaults(), 400, 4, 1, 90);
  }

  /// @param value the metric
  /// @return a copy with it
  public SaladOptions withMetric(Metric value) {
    return new SaladOptions(
        value, covariance, scatter, scatterPoints, inits, seed, recognizedPercent);
  }

  /// @param value the covariance
  /// @return a copy with it
  public SaladOptions withCovariance(CovarianceChoice value) {
    return new SaladOptions(metric, value, scatter, scatterPoints, inits, seed, recognizedPercent);
  }

  /// @param value which images to show
  /// @return a copy with it
  public SaladOptions withScatter(ScatterChoice value) {
    return new SaladOptions(
        metric, covariance, value, scatterPoints, inits, seed, recognizedPercent);
  }

  /// @param value starts of multidimensional scaling
  /// @return a copy with it
  public SaladOptions withInits(int value) {
    return new SaladOptions(
        metric, covariance, scatter, scatterPoints, value, seed, recognizedPercent);
  }

  /// @param value seed of the random starts
  /// @return a copy with it
  public SaladOptions withSeed(long value) {
    return new SaladOptions(
        metric, covariance, scatter, scatterPoints, inits, value, recognizedPercent);
  }
}

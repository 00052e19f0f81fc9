package io.semblance.salad;

import java.util.Objects;

/// What to compute.
///
/// @param metric distance of two images
/// @param covariance what the Mahalanobis distance whitens with; other metrics ignore it
/// @param scatter which images the scatter plots show
/// @param scatterPoints most points in a scatter plot by multidimensional scaling, at least 3; 0
///   for no scatter plots
/// @param inits starts of multidimensional scaling, at least 1; one of them is classical scaling
/// @param seed of the random starts and of the resamples
/// @param recognizedPercent a cell counts as recognised from this share of its own images on, in
///   percent
/// @param neighbours k of the nearest neighbours across cells, at least 1
/// @param resamples how intervals are made
/// @param images which images to take and what to call them
public record SaladOptions(
    Metric metric,
    CovarianceChoice covariance,
    ScatterChoice scatter,
    int scatterPoints,
    int inits,
    long seed,
    double recognizedPercent,
    int neighbours,
    Resamples resamples,
    ImageChoice images) {

  /// How intervals are made.
  ///
  /// @param replicates resamples of the images within their cells; 0 for no intervals
  /// @param axes whether categories and styles are resampled too
  public record Resamples(int replicates, boolean axes) {

    /// @throws IllegalArgumentException if `replicates` is negative
    public Resamples {
      if (replicates < 0 || replicates > 1_000_000) {
        throw new IllegalArgumentException(
            "replicates must be from 0 to 1000000, got " + replicates);
      }
    }
  }

  /// @throws IllegalArgumentException if a number is out of range
  public SaladOptions {
    Objects.requireNonNull(metric);
    Objects.requireNonNull(covariance);
    Objects.requireNonNull(scatter);
    Objects.requireNonNull(resamples);
    Objects.requireNonNull(images);
    if (scatterPoints < 3 && scatterPoints != 0) {
      throw new IllegalArgumentException(
          "scatterPoints must be 0 or at least 3, got " + scatterPoints);
    }
    if (inits < 1) {
      throw new IllegalArgumentException("inits must be at least 1, got " + inits);
    }
    if (neighbours < 1) {
      throw new IllegalArgumentException("neighbours must be at least 1, got " + neighbours);
    }
    if (!(recognizedPercent >= 0 && recognizedPercent <= 100)) {
      throw new IllegalArgumentException(
          "recognizedPercent must be from 0 to 100, got " + recognizedPercent);
    }
  }

  /// @return Mahalanobis with automatic covariance, apples and oranges, 400 points, 4 starts, seed
  ///   1, 90 percent, 10 neighbours, 1,000 replicates of images, all images
  public static SaladOptions defaults() {
    return new SaladOptions(
        Metric.MAHALANOBIS,
        new CovarianceChoice.Auto(),
        ScatterChoice.defaults(),
        400,
        4,
        1,
        90,
        10,
        new Resamples(1000, false),
        ImageChoice.all());
  }

  /// @return how many resamples are asked for
  public int replicates() {
    return resamples.replicates();
  }

  /// @return whether categories and styles are resampled too
  public boolean resampleAxes() {
    return resamples.axes();
  }

  /// @param value the metric
  /// @return a copy with it
  public SaladOptions withMetric(Metric value) {
    return with(value, covariance, scatter, scatterPoints, inits, seed, neighbours);
  }

  /// @param value the covariance
  /// @return a copy with it
  public SaladOptions withCovariance(CovarianceChoice value) {
    return with(metric, value, scatter, scatterPoints, inits, seed, neighbours);
  }

  /// @param value which images to show
  /// @return a copy with it
  public SaladOptions withScatter(ScatterChoice value) {
    return with(metric, covariance, value, scatterPoints, inits, seed, neighbours);
  }

  /// @param value most points in a scatter plot, or 0
  /// @return a copy with it
  public SaladOptions withScatterPoints(int value) {
    return with(metric, covariance, scatter, value, inits, seed, neighbours);
  }

  /// @param value starts of multidimensional scaling
  /// @return a copy with it
  public SaladOptions withInits(int value) {
    return with(metric, covariance, scatter, scatterPoints, value, seed, neighbours);
  }

  /// @param value seed of the random starts and of the resamples
  /// @return a copy with it
  public SaladOptions withSeed(long value) {
    return with(metric, covariance, scatter, scatterPoints, inits, value, neighbours);
  }

  /// @param value k of the nearest neighbours across cells
  /// @return a copy with it
  public SaladOptions withNeighbours(int value) {
    return with(metric, covariance, scatter, scatterPoints, inits, seed, value);
  }

  /// @param value how intervals are made
  /// @return a copy with it
  public SaladOptions withResamples(Resamples value) {
    return new SaladOptions(
        metric,
        covariance,
        scatter,
        scatterPoints,
        inits,
        seed,
        recognizedPercent,
        neighbours,
        value,
        images);
  }

  /// @param value which images to take
  /// @return a copy with it
  public SaladOptions withImages(ImageChoice value) {
    return new SaladOptions(
        metric,
        covariance,
        scatter,
        scatterPoints,
        inits,
        seed,
        recognizedPercent,
        neighbours,
        resamples,
        value);
  }

  private SaladOptions with(
      Metric m, CovarianceChoice c, ScatterChoice s, int points, int starts, long random, int k) {
    return new SaladOptions(
        m, c, s, points, starts, random, recognizedPercent, k, resamples, images);
  }
}

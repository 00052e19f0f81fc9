package io.semblance.salad;

/// A number with what became of it in each replicate.
///
/// @param value from all images; NaN if not defined
/// @param interval of the replicates
/// @param replicates length R, in the same order for every model, so that differences of two models
///   are paired; empty if there are none
@SuppressWarnings("ArrayRecordComponent") // a result to read, made once
public record Estimate(double value, Interval interval, double[] replicates) {

  /// @param value from all images
  /// @param replicates of it
  static Estimate of(double value, double[] replicates) {
    return new Estimate(value, Interval.of(value, replicates), replicates);
  }
}

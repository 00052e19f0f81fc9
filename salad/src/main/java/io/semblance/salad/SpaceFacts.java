package io.semblance.salad;

/// How the distances of one table were made.
///
/// @param metric the metric
/// @param covariance the covariance used, e.g. `empirical`; null for metrics other than Mahalanobis
/// @param shrinkage of Ledoit and Wolf, in [0, 1]; 0 for other covariances
/// @param rank directions kept
/// @param dropped directions dropped for want of variance or by choice
/// @param condition largest over smallest variance kept, at least 1
public record SpaceFacts(
    Metric metric, String covariance, double shrinkage, int rank, int dropped, double condition) {}

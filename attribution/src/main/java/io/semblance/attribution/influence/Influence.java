package io.semblance.attribution.influence;

import java.util.List;

/// How the influence on one query is shared out.
///
/// @param shares of the hits, in their order, each in [0, 1]
/// @param intervals of the shares over resampled calibration models; empty where there are none
/// @param remaining share of all images that are not listed; shares and remaining sum to 1
/// @param enough whether the highest score reaches what queries without any exemplar in the pool
///   seldom reach; null where the calibrator does not know
/// @param groups shares by a column, largest first, over the whole collection; empty if not asked
/// @param copy whether the largest drop of the scores is far above that of ordinary queries, so
///   that what stands before it is nearly the query; null where the calibrator does not know
public record Influence(
    List<Double> shares,
    List<Interval> intervals,
    double remaining,
    Boolean enough,
    List<GroupShare> groups,
    Boolean copy) {

  /// Copies the lists.
  public Influence {
    shares = List.copyOf(shares);
    intervals = List.copyOf(intervals);
    groups = List.copyOf(groups);
  }

  /// Where a share lies for most resamples.
  ///
  /// @param low 2.5th percentile
  /// @param high 97.5th percentile
  public record Interval(double low, double high) {}

  /// The influence of all images that have one value in a column.
  ///
  /// @param group the value; `(none)` for images without one
  /// @param share in [0, 1]
  /// @param images how many of them have any influence
  public record GroupShare(String group, double share, long images) {}
}

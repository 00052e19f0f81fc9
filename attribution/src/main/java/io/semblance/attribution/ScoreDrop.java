package io.semblance.attribution;

import java.util.List;
import java.util.Optional;

/// The largest fall between two consecutive scores of a ranking. Far above that of ordinary queries
/// it sets near-duplicates of the query apart from the rest; how far is not judged here. Source:
/// AbC (arXiv 2306.09345), Fig. 12.
///
/// @param afterRank the rank before the fall, from 1
/// @param size difference of the two cosines, in [0, 2]
public record ScoreDrop(int afterRank, double size) {

  /// @param scores cosines, highest first
  /// @return the largest drop, the first of equal ones; nothing for fewer than two scores
  public static Optional<ScoreDrop> largest(List<Double> scores) {
    ScoreDrop largest = null;
    for (int i = 1; i < scores.size(); i++) {
      double size = scores.get(i - 1) - scores.get(i);
      if (largest == null || size > largest.size()) {
        largest = new ScoreDrop(i, size);
      }
    }
    return Optional.ofNullable(largest);
  }
}

package io.semblance.attribution.evaluate;

/// How high the exemplars of one query stand.
///
/// @param query the image's path
/// @param model number of the model that made it
/// @param ranks of its exemplars in the pool, best first, from 1, no two equal
/// @param best cosine of its nearest exemplar, in [-1, 1]
/// @param tied whether a distractor scores exactly as much as an exemplar; it counts as better
@SuppressWarnings("ArrayRecordComponent") // made once, shared on purpose
public record QueryResult(String query, int model, long[] ranks, double best, boolean tied) {

  /// Fraction of the exemplars among the k highest-scored images (Recall@k). Source: AbC (arXiv
  /// 2306.09345), section 5, "Metrics and test cases".
  ///
  /// @param k at least 1
  /// @return a value in [0, 1], higher is better
  public double recall(int k) {
    int found = 0;
    for (long rank : ranks) {
      found += rank <= k ? 1 : 0;
    }
    return (double) found / ranks.length;
  }

  /// Average precision over the full ranking: the mean over exemplars of (exemplars so far) / rank.
  ///
  /// @return a value in (0, 1], higher is better
  public double averagePrecision() {
    double sum = 0;
    for (int j = 0; j < ranks.length; j++) {
      sum += (j + 1.0) / ranks[j];
    }
    return sum / ranks.length;
  }

  /// @param k at least 1
  /// @return the largest [#recall] there can be: min(k, exemplars) / exemplars
  public double ceiling(int k) {
    return Math.min(1, (double) k / ranks.length);
  }
}

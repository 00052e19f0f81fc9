package io.semblance.salad;

/// Spearman's correlation of a model with conceptual ones, which rank a pair of cells only by what
/// the two share.
final class RankCorrelation {

  private final double[] n = new double[3];
  private final double[] mean;
  private final double variance;

  /// @param ranks of the model's distances, length p
  /// @param times how often each pair counts, length p
  /// @param share what each pair shares, see [PairClasses], length p
  RankCorrelation(double[] ranks, double[] times, int[] share) {
    this.mean = Weights.means(ranks, times, share, n);
    double middle = middle();
    double sum = 0;
    for (int p = 0; p < ranks.length; p++) {
      sum += times[p] * (ranks[p] - middle) * (ranks[p] - middle);
    }
    this.variance = sum;
  }

  private double middle() {
    return (n[0] + n[1] + n[2] + 1) / 2;
  }

  /// @param level the conceptual model's distance for each kind of pair, length 3
  /// @return in [-1, 1]; NaN if either does not vary
  double with(double... level) {
    double middle = middle();
    double covariance = 0;
    double own = 0;
    for (int k = 0; k < 3; k++) {
      if (n[k] > 0) {
        double rank = rank(level, k) - middle;
        covariance += n[k] * rank * (mean[k] - middle);
        own += n[k] * rank * rank;
      }
    }
    return variance > 0 && own > 0
        ? Math.clamp(covariance / Math.sqrt(variance * own), -1, 1)
        : Double.NaN;
  }

  private double rank(double[] level, int of) {
    double below = 0;
    double equal = 0;
    for (int k = 0; k < 3; k++) {
      if (level[k] == level[of]) {
        equal += n[k];
      } else if (level[k] < level[of]) {
        below += n[k];
      }
    }
    return below + (equal + 1) / 2;
  }
}

package io.semblance.salad;

import java.util.Comparator;
import java.util.stream.IntStream;

/// Spearman's rank correlation by its definition; equal numbers share their mean rank. The naive
/// twin of [Ranks] and [RankCorrelation].
final class Spearman {

  /// Numbers are rounded to nine decimals first, so that those equal but for rounding tie.
  private static final double DECIMALS = 1e9;

  private Spearman() {}

  /// @param a length n
  /// @param b length n
  /// @return in [-1, 1]; NaN if either does not vary
  static double of(double[] a, double[] b) {
    return Pearson.correlation(ranks(a), ranks(b));
  }

  private static double[] ranks(double[] values) {
    double[] rounded = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      rounded[i] = Math.rint(values[i] * DECIMALS);
    }
    int[] order =
        IntStream.range(0, values.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> rounded[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] ranks = new double[values.length];
    for (int from = 0; from < order.length; ) {
      int to = from;
      while (to < order.length && rounded[order[to]] == rounded[order[from]]) {
        to++;
      }
      for (int i = from; i < to; i++) {
        ranks[order[i]] = (from + to + 1) / 2.0;
      }
      from = to;
    }
    return ranks;
  }
}

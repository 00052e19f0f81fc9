package io.semblance.attribution.evaluate;

import io.semblance.core.Progress;
import java.io.IOException;

/// How many distractors score at least as much as each exemplar, without sorting: the rank of the
/// j-th best exemplar is j plus that number.
///
/// Float32 cosines that lie within their error of an exemplar's are computed again in double
/// precision, so counts are exact for any block size and number of threads.
final class DistractorCounts implements PoolScan.Listener {

  /// From this share of rows on, one in so many, a line is counted as a whole.
  private static final int MANY = 32;

  private static final int STRETCH = 256;

  private final UnitRows queries;
  private final double[][] thresholds;
  private final int[][] low;
  private final int[][] high;
  private final long[][] above;
  private final long[][] exact;
  private final boolean[] tied;

  /// @param thresholds for every query the cosines of its exemplars, ascending
  DistractorCounts(UnitRows queries, double[][] thresholds, double slack) {
    int n = thresholds.length;
    this.queries = queries;
    this.thresholds = thresholds;
    this.low = new int[n][];
    this.high = new int[n][];
    this.above = new long[n][];
    this.exact = new long[n][];
    this.tied = new boolean[n];
    for (int q = 0; q < n; q++) {
      int e = thresholds[q].length;
      low[q] = new int[e];
      high[q] = new int[e];
      above[q] = new long[e + 1];
      exact[q] = new long[e];
      for (int j = 0; j < e; j++) {
        low[q][j] = FloatKey.below(thresholds[q][j] - slack);
        high[q][j] = FloatKey.above(thresholds[q][j] + slack);
      }
    }
  }

  /// @return for every query and exemplar, ascending, the number of rows that score at least as
  ///   much
  static DistractorCounts of(
      PoolScan scan, UnitRows queries, double[][] thresholds, int dimension, Progress progress)
      throws IOException {
    var counts = new DistractorCounts(queries, thresholds, PoolScan.slack(dimension));
    double[] bounds = new double[thresholds.length];
    for (int q = 0; q < bounds.length; q++) {
      bounds[q] = thresholds[q][0];
    }
    scan.run(queries, bounds, counts, counts::pair, progress);
    return counts;
  }

  /// Counts a row that may score at least as much as some exemplar.
  private void pair(int query, PoolScan.Block block, int row) {
    double cosine = queries.cosine(query, block.rows(), row);
    double[] own = thresholds[query];
    if (cosine < own[0]) {
      return;
    }
    synchronized (exact[query]) { // several rows of a block may reach one query
      for (int j = 0; j < own.length && cosine >= own[j]; j++) {
        exact[query][j]++;
        tied[query] |= cosine == own[j];
      }
    }
  }

  @Override
  public void line(int query, PoolScan.Block block, int[] cosines) {
    int[] lows = low[query];
    int least = lows[0];
    int left = FloatKey.toKeys(cosines, block.count(), least);
    if (left > block.count() / MANY) {
      for (int j = 0; j < lows.length; j++) {
        countAll(query, block, cosines, j);
      }
      return;
    }
    for (int i = 0; left > 0; i++) {
      if (cosines[i] >= least) {
        left--;
        count(query, block, i, cosines[i]);
      }
    }
  }

  /// Counts a whole line against one threshold, by stretches: only where some lie within the error
  /// are single rows looked at.
  private void countAll(int query, PoolScan.Block block, int[] keys, int threshold) {
    int lower = low[query][threshold];
    int upper = high[query][threshold];
    for (int from = 0; from < block.count(); from += STRETCH) {
      int to = Math.min(block.count(), from + STRETCH);
      int sure = FloatKey.countAtLeast(keys, from, to, upper);
      exact[query][threshold] += sure;
      int unsure = FloatKey.countAtLeast(keys, from, to, lower) - sure;
      for (int i = from; unsure > 0; i++) {
        if (keys[i] >= lower && keys[i] < upper) {
          unsure--;
          double cosine = queries.cosine(query, block.rows(), i);
          exact[query][threshold] += cosine >= thresholds[query][threshold] ? 1 : 0;
          tied[query] |= cosine == thresholds[query][threshold];
        }
      }
    }
  }

  private void count(int query, PoolScan.Block block, int row, int key) {
    int sure = firstNotBelow(high[query], key);
    above[query][sure]++;
    int[] lows = low[query];
    if (sure == lows.length || lows[sure] > key) {
      return;
    }
    double cosine = queries.cosine(query, block.rows(), row);
    for (int j = sure; j < lows.length && lows[j] <= key; j++) {
      if (cosine >= thresholds[query][j]) {
        exact[query][j]++;
        tied[query] |= cosine == thresholds[query][j];
      }
    }
  }

  /// How many of the ascending bounds lie below the key.
  private static int firstNotBelow(int[] bounds, int key) {
    int from = 0;
    int to = bounds.length;
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (bounds[middle] < key) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return from;
  }

  /// @return rows that score at least as much as each exemplar of the query, exemplars ascending
  long[] atLeast(int query) {
    int e = thresholds[query].length;
    long[] out = new long[e];
    long sum = 0;
    for (int j = e - 1; j >= 0; j--) {
      sum += above[query][j + 1];
      out[j] = sum + exact[query][j];
    }
    return out;
  }

  /// @return whether a distractor scores exactly as much as an exemplar
  boolean tied(int query) {
    return tied[query];
  }
}

package io.semblance.attribution.evaluate;

import io.semblance.core.Progress;
import java.io.IOException;

/// How many distractors score at least as much as each exemplar, without sorting: the rank of the
/// j-th best exemplar is j plus that number.
///
/// Float32 cosines that lie within their error of an exemplar's are computed again in double
/// precision, so counts are exact for any block size and number of threads.
final class DistractorCounts implements PoolScan.Listener {

  private static final int STRETCH = 256;

  private final UnitRows queries;
  private final double[][] thresholds;
  private final int[][] low;
  private final int[][] high;
  private final long[][] atLeast;
  private final boolean[] tied;

  /// @param thresholds for every query the cosines of its exemplars, ascending
  DistractorCounts(UnitRows queries, double[][] thresholds, double slack) {
    int n = thresholds.length;
    this.queries = queries;
    this.thresholds = thresholds;
    this.low = new int[n][];
    this.high = new int[n][];
    this.atLeast = new long[n][];
    this.tied = new boolean[n];
    for (int q = 0; q < n; q++) {
      int e = thresholds[q].length;
      low[q] = new int[e];
      high[q] = new int[e];
      atLeast[q] = new long[e];
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
    synchronized (atLeast[query]) { // several rows of a block may reach one query
      for (int j = 0; j < own.length && cosine >= own[j]; j++) {
        atLeast[query][j]++;
        tied[query] |= cosine == own[j];
      }
    }
  }

  @Override
  public void line(int query, PoolScan.Block block, int[] cosines) {
    int[] lows = low[query];
    int left = FloatKey.toKeys(cosines, block.count(), lows[0]);
    for (int j = 0; j < lows.length && left > 0; j++) {
      left = countLine(query, block, cosines, j);
    }
  }

  /// Counts a whole line against one threshold, by stretches: only where some lie within the error
  /// are single rows looked at.
  ///
  /// @return how many rows may score at least as much as that exemplar: no more do as the next
  private int countLine(int query, PoolScan.Block block, int[] keys, int threshold) {
    int reached = 0;
    int lower = low[query][threshold];
    int upper = high[query][threshold];
    for (int from = 0; from < block.count(); from += STRETCH) {
      int to = Math.min(block.count(), from + STRETCH);
      int sure = FloatKey.countAtLeast(keys, from, to, upper);
      atLeast[query][threshold] += sure;
      int unsure = FloatKey.countAtLeast(keys, from, to, lower) - sure;
      reached += sure + unsure;
      for (int i = from; unsure > 0; i++) {
        if (keys[i] >= lower && keys[i] < upper) {
          unsure--;
          double cosine = queries.cosine(query, block.rows(), i);
          atLeast[query][threshold] += cosine >= thresholds[query][threshold] ? 1 : 0;
          tied[query] |= cosine == thresholds[query][threshold];
        }
      }
    }
    return reached;
  }

  /// @return rows that score at least as much as each exemplar of the query, exemplars ascending
  long[] atLeast(int query) {
    return atLeast[query].clone();
  }

  /// @return whether a distractor scores exactly as much as an exemplar
  boolean tied(int query) {
    return tied[query];
  }
}

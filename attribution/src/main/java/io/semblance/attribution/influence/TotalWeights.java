package io.semblance.attribution.influence;

import io.semblance.attribution.calibrate.Calibrator;
import io.semblance.attribution.calibrate.Calibrator.Resample;
import io.semblance.attribution.evaluate.FloatKey;
import io.semblance.attribution.evaluate.PoolScan;
import io.semblance.core.search.Exclusion;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What all images of an index weigh together for each query: the denominator of a share. Images
/// that are hits are left out and added with their exact scores. Cosines are float32 here, which
/// moves a weight by less than 1e-6 / tau of itself.
///
/// For other temperatures and thresholds, those of the resamples, scores are counted in bins of
/// 2^-13 with their mean in each.
final class TotalWeights implements PoolScan.Listener {

  private static final double BINS_PER_UNIT = 8192;
  private static final int BINS = (int) (2.01 * BINS_PER_UNIT);

  private final Calibrator calibrator;
  private final double[] top;
  private final List<Set<Long>> hits;
  private final Exclusion exclusion;
  private final int offset;
  private final Groups groups;
  private final int[] least;
  private final double[] sum;
  private final double[][] groupSum;
  private final long[][] groupImages;
  private final int[][] counts;
  private final double[][] below;

  TotalWeights(
      Calibrator calibrator,
      List<List<NearestRows.Row>> nearest,
      Exclusion exclusion,
      int offset,
      Groups groups) {
    int n = nearest.size();
    this.calibrator = calibrator;
    this.exclusion = exclusion;
    this.offset = offset;
    this.groups = groups;
    this.top = new double[n];
    this.least = new int[n];
    this.sum = new double[n];
    this.hits = new java.util.ArrayList<>();
    boolean binned = !calibrator.resamples().isEmpty();
    this.groupSum = new double[n][groups == null ? 0 : groups.count()];
    this.groupImages = new long[n][groups == null ? 0 : groups.count()];
    this.counts = new int[n][binned ? BINS : 0];
    this.below = new double[n][binned ? BINS : 0];
    double reach = reach(calibrator.tau(), calibrator.lambda());
    for (Resample r : calibrator.resamples()) {
      reach = Math.max(reach, reach(r.tau(), r.lambda()));
    }
    for (int q = 0; q < n; q++) {
      var rows = new HashSet<Long>();
      nearest.get(q).forEach(r -> rows.add(r.global()));
      hits.add(rows);
      top[q] = nearest.get(q).isEmpty() ? 1 : nearest.get(q).getFirst().score();
      least[q] =
          FloatKey.of(Float.floatToRawIntBits((float) Math.max(-1.5, top[q] - reach - 1e-5)));
      for (NearestRows.Row row : nearest.get(q)) {
        count(q, row.table(), row.row(), row.score());
      }
    }
  }

  /// How far below the highest a score can be and still weigh something.
  private static double reach(double tau, double lambda) {
    return lambda > 0 ? -tau * Math.log(lambda) : 2.01;
  }

  @Override
  public void line(int query, PoolScan.Block block, int[] cosines) {
    int left = FloatKey.toKeys(cosines, block.count(), least[query]);
    for (int i = 0; left > 0; i++) {
      if (cosines[i] >= least[query]) {
        left--;
        long row = block.from() + i;
        if (!hits.get(query).contains(block.first() + i)
            && !exclusion.excludes(offset + query, block.part(), (int) row)) {
          count(query, block.part(), row, FloatKey.number(cosines[i]));
        }
      }
    }
  }

  private void count(int query, int table, long row, double score) {
    double distance = Math.min(0, score - top[query]);
    double weight = calibrator.weight(distance);
    sum[query] += weight;
    if (groups != null && weight > 0) {
      int group = groups.of(table, row);
      groupSum[query][group] += weight;
      groupImages[query][group]++;
    }
    if (counts[query].length > 0) {
      int bin = Math.min(BINS - 1, (int) (-distance * BINS_PER_UNIT));
      counts[query][bin]++;
      below[query][bin] += distance;
    }
  }

  /// Sum of the weights of all images, hits included.
  double sum(int query) {
    return sum[query];
  }

  /// The same with another temperature and threshold, from the bins.
  double sum(int query, double tau, double lambda) {
    double all = 0;
    for (int b = 0; b < BINS; b++) {
      int n = counts[query][b];
      if (n > 0) {
        double weight = Math.exp(below[query][b] / n / tau) - lambda;
        if (weight <= 0) {
          break; // weights fall with the distance
        }
        all += n * weight;
      }
    }
    return all;
  }

  double group(int query, int group) {
    return groupSum[query][group];
  }

  long images(int query, int group) {
    return groupImages[query][group];
  }
}

package io.semblance.salad;

import io.semblance.core.linalg.ResampledSums;
import java.util.Arrays;
import java.util.stream.IntStream;

/// The [Weights] of every replicate. Pairs of cells that are one and the same cell drawn twice are
/// left out, as in the heatmap itself.
///
/// @param sums of distances between cells under every resample, all blocks added
/// @param resampling the resamples
/// @param grid of the images
record ReplicateWeights(ResampledSums sums, Resampling resampling, SaladGrid grid) {

  private static final int STRIP = 16;

  /// @param pairs of cells to take
  /// @return length R
  Weights[] all(PairClasses pairs) {
    double[][] byPair = new double[pairs.size()][];
    double[] scale = new double[pairs.size()];
    for (int p = 0; p < byPair.length; p++) {
      byPair[p] = sums.sums(pairs.a()[p], pairs.b()[p]);
      scale[p] = 1.0 / ((double) grid.images()[pairs.a()[p]] * grid.images()[pairs.b()[p]]);
    }
    int replicates = resampling.replicates();
    Weights[] out = new Weights[replicates];
    IntStream.range(0, (replicates + STRIP - 1) / STRIP)
        .parallel()
        .forEach(
            s ->
                strip(s * STRIP, Math.min(replicates, (s + 1) * STRIP), byPair, scale, pairs, out));
    return out;
  }

  /// Some replicates together: their numbers lie beside each other in the sums of a pair.
  private void strip(
      int from, int to, double[][] byPair, double[] scale, PairClasses pairs, Weights[] out) {
    double[][] distance = new double[to - from][byPair.length];
    for (int p = 0; p < byPair.length; p++) {
      for (int r = from; r < to; r++) {
        distance[r - from][p] = byPair[p][r] * scale[p];
      }
    }
    double[] times = new double[byPair.length];
    Arrays.fill(times, 1);
    for (int r = from; r < to; r++) {
      for (int p = 0; resampling.axesToo() && p < times.length; p++) {
        times[p] = resampling.times(pairs.a()[p], r) * resampling.times(pairs.b()[p], r);
      }
      out[r] = Weights.of(distance[r - from], times, pairs, Weights.SINGLE);
    }
  }
}

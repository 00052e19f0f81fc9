package io.semblance.salad;

import io.semblance.core.linalg.ResampledSums;
import java.util.stream.IntStream;

/// The [Weights] of every replicate. Pairs of cells that are one and the same cell drawn twice are
/// left out, as in the heatmap itself.
///
/// @param sums of distances between cells under every resample, all blocks added
/// @param resampling the resamples
/// @param grid of the images
record ReplicateWeights(ResampledSums sums, Resampling resampling, SaladGrid grid) {

  /// @param pairs of cells to take
  /// @return length R
  Weights[] all(PairClasses pairs) {
    double[][] byPair = new double[pairs.size()][];
    double[] scale = new double[pairs.size()];
    for (int p = 0; p < byPair.length; p++) {
      byPair[p] = sums.sums(pairs.a()[p], pairs.b()[p]);
      scale[p] = 1.0 / ((double) grid.images()[pairs.a()[p]] * grid.images()[pairs.b()[p]]);
    }
    return IntStream.range(0, resampling.replicates())
        .parallel()
        .mapToObj(r -> one(r, byPair, scale, pairs))
        .toArray(Weights[]::new);
  }

  private Weights one(int replicate, double[][] byPair, double[] scale, PairClasses pairs) {
    double[] distance = new double[byPair.length];
    double[] times = new double[byPair.length];
    for (int p = 0; p < distance.length; p++) {
      distance[p] = byPair[p][replicate] * scale[p];
      times[p] =
          resampling.times(pairs.a()[p], replicate) * resampling.times(pairs.b()[p], replicate);
    }
    return Weights.of(distance, times, pairs, Weights.SINGLE);
  }
}

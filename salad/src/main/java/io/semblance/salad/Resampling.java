package io.semblance.salad;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// R resamples of the images of a grid: in each, as many images of every cell are drawn as it
/// holds, with replacement; where asked for, categories and styles are drawn too. The same for
/// every model, so that models are compared replicate by replicate.
final class Resampling {

  /// Most numbers kept for the replicates of all cell pairs.
  private static final long MOST = 50_000_000;

  /// Most counts kept: 1 GB.
  private static final long MOST_COUNTS = 250_000_000;

  private final SaladGrid grid;
  private final int[] first;
  private final int replicates;
  private final float[][] counts;
  private final int[][] categories;
  private final int[][] styles;

  private Resampling(SaladGrid grid, int replicates, long seed, boolean axesToo) {
    this.grid = grid;
    this.first = grid.starts();
    this.replicates = replicates;
    this.counts = new float[grid.size()][replicates];
    IntStream.range(0, grid.axes().cells()).parallel().forEach(c -> draw(c, seed));
    var random = new SplittableRandom(seed ^ 0x5a1adL);
    this.categories = axesToo ? draws(random, grid.axes().categories().size()) : null;
    this.styles = axesToo ? draws(random, grid.axes().styles().size()) : null;
  }

  /// @param grid sorted by cell
  /// @param options number of replicates, seed and what to draw
  /// @return null if no replicate is asked for or no cell holds two images; fewer replicates than
  ///   asked for where a grid of many cells would need more memory than 400 MB
  static Resampling of(SaladGrid grid, SaladOptions options) {
    long cells = grid.axes().cells();
    long pairs = Math.max(1, cells * (cells + 1) / 2);
    long most = Math.min(MOST / pairs, MOST_COUNTS / Math.max(1, grid.size()));
    int replicates = (int) Math.min(options.replicates(), most);
    return replicates < 1 || grid.oneImagePerCell() && !options.resampleAxes()
        ? null
        : new Resampling(grid, replicates, options.seed(), options.resampleAxes());
  }

  private void draw(int cell, long seed) {
    int size = first[cell + 1] - first[cell];
    var random = new SplittableRandom(seed + 1_000_003L * cell);
    for (int r = 0; r < replicates; r++) {
      for (int k = 0; k < size; k++) {
        int image = first[cell] + random.nextInt(size);
        counts[image][r]++;
      }
    }
  }

  private int[][] draws(SplittableRandom random, int size) {
    int[][] out = new int[replicates][size];
    for (int[] times : out) {
      for (int k = 0; k < size; k++) {
        times[random.nextInt(size)]++;
      }
    }
    return out;
  }

  /// @return R
  int replicates() {
    return replicates;
  }

  /// @return n x R: how often each image was drawn; not a copy
  float[][] counts() {
    return counts;
  }

  /// @return whether categories and styles are drawn too
  boolean axesToo() {
    return categories != null;
  }

  /// @param cell number of a cell
  /// @param replicate from 0
  /// @return how often the cell counts: the product of the draws of its category and its style
  double times(int cell, int replicate) {
    return categories == null
        ? 1
        : (double) categories[replicate][grid.axes().categoryOf(cell)]
            * styles[replicate][grid.axes().styleOf(cell)];
  }

  /// @param values one for each image, length n
  /// @return its mean over the images drawn, length R
  double[] mean(double[] values) {
    double[] sum = new double[replicates];
    double[] total = new double[replicates];
    for (int c = 0; c + 1 < first.length; c++) {
      double[] times = times(c);
      for (int i = first[c]; i < first[c + 1]; i++) {
        for (int r = 0; r < replicates; r++) {
          double weight = times[r] * counts[i][r];
          sum[r] += weight * values[i];
          total[r] += weight;
        }
      }
    }
    Arrays.setAll(sum, r -> sum[r] / total[r]);
    return sum;
  }

  /// @param counts expected neighbours in the own cell, for each image; NaN where a cell has one
  /// @return mean over cells of their percentage, length R
  double[] meanPercent(double[] counts) {
    double[] sum = new double[replicates];
    double[] total = new double[replicates];
    for (int c = 0; c + 1 < first.length; c++) {
      int size = first[c + 1] - first[c];
      if (size < 2) {
        continue;
      }
      double[] times = times(c);
      for (int i = first[c]; i < first[c + 1]; i++) {
        double percent = 100 * counts[i] / size / size;
        for (int r = 0; r < replicates; r++) {
          sum[r] += times[r] * this.counts[i][r] * percent;
        }
      }
      for (int r = 0; r < replicates; r++) {
        total[r] += times[r];
      }
    }
    Arrays.setAll(sum, r -> sum[r] / total[r]);
    return sum;
  }

  private double[] times(int cell) {
    double[] out = new double[replicates];
    Arrays.setAll(out, r -> times(cell, r));
    return out;
  }
}

package io.semblance.salad;

import io.semblance.core.Progress;
import io.semblance.core.linalg.Distances;
import io.semblance.core.linalg.Matrix;
import java.util.Arrays;
import java.util.stream.IntStream;

/// Goes over all n x n distances once, a block of rows at a time, and gathers heatmap and
/// self-recognition. No more than one block is held.
final class DistancePass {

  private final FeatureSpace space;
  private final SaladGrid grid;
  private final double[] counts;
  private final Matrix sums;
  private boolean done;

  private DistancePass(FeatureSpace space, SaladGrid grid) {
    this.space = space;
    this.grid = grid;
    this.counts = new double[grid.size()];
    this.sums = Matrix.zeros(grid.axes().cells(), grid.axes().cells());
  }

  /// @param space n x r, rows as in `grid`
  /// @param grid of the same n images
  /// @param blockRows rows a block, at least 1; changes no result beyond rounding
  /// @param progress hears rows done of n
  static DistancePass run(FeatureSpace space, SaladGrid grid, int blockRows, Progress progress) {
    var pass = new DistancePass(space, grid);
    int n = grid.size();
    Distances.pairwise(
        space.points(),
        blockRows,
        (from, count, block) -> {
          pass.accept(from, count, block);
          progress.at(from + count, n);
        });
    pass.done = true;
    return pass;
  }

  private void accept(int from, int count, double[] block) {
    int n = grid.size();
    double[][] rowSums = new double[count][];
    IntStream.range(0, count)
        .parallel()
        .forEach(i -> rowSums[i] = row(from + i, Arrays.copyOfRange(block, i * n, (i + 1) * n)));
    for (int i = 0; i < count; i++) {
      int cell = grid.cellOf()[from + i];
      for (int c = 0; c < rowSums[i].length; c++) {
        sums.set(cell, c, sums.get(cell, c) + rowSums[i][c]);
      }
    }
  }

  private double[] row(int image, double[] distances) {
    int[] cellOf = grid.cellOf();
    int own = cellOf[image];
    double[] byCell = new double[grid.images().length];
    for (int j = 0; j < distances.length; j++) {
      distances[j] = space.distance(distances[j]);
      byCell[cellOf[j]] += distances[j];
    }
    int places = grid.images()[own];
    counts[image] = places < 2 ? Double.NaN : FairNeighbours.count(distances, cellOf, own, places);
    return byCell;
  }

  /// @return mean distance of each pair of cells
  Heatmap heatmap() {
    checkDone();
    int cells = grid.axes().cells();
    Matrix means = Matrix.zeros(cells, cells);
    for (int a = 0; a < cells; a++) {
      for (int b = 0; b < cells; b++) {
        long others = a == b ? grid.images()[b] - 1 : grid.images()[b];
        double pairs = 2.0 * grid.images()[a] * others;
        means.set(a, b, pairs <= 0 ? Double.NaN : (sums.get(a, b) + sums.get(b, a)) / pairs);
      }
    }
    return new Heatmap(grid.axes(), means);
  }

  /// @return mean number of neighbours in the own cell, for each cell
  SelfRecognition selfRecognition() {
    checkDone();
    double[] total = new double[grid.axes().cells()];
    for (int i = 0; i < counts.length; i++) {
      total[grid.cellOf()[i]] += counts[i];
    }
    for (int c = 0; c < total.length; c++) {
      total[c] = grid.images()[c] == 0 ? Double.NaN : total[c] / grid.images()[c];
    }
    return new SelfRecognition(grid.axes(), grid.images(), total);
  }

  /// @return for each image the expected number of neighbours in its cell, length n
  double[] imageCounts() {
    return counts.clone();
  }

  private void checkDone() {
    if (!done) {
      throw new IllegalStateException("the pass has not seen all distances yet");
    }
  }
}

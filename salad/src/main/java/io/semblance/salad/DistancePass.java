package io.semblance.salad;

import io.semblance.core.Progress;
import io.semblance.core.linalg.Matrix;
import io.semblance.core.linalg.ResampledSums;
import io.semblance.core.linalg.UpperDistances;
import java.util.stream.IntStream;

/// Goes over all pairs of images once, a block of rows at a time, and gathers heatmap,
/// self-recognition, neighbours across cells and the sums of all replicates. No more than one block
/// of distances is held.
final class DistancePass {

  private final FeatureSpace space;
  private final SaladGrid grid;
  private final int[] first;
  private final OwnRanks own;
  private final CrossNeighbours cross;
  private final ResampledSums resampled;
  private final Matrix sums;

  private DistancePass(FeatureSpace space, SaladGrid grid, int neighbours, ResampledSums sums) {
    double error = UpperDistances.relativeError(space.points().columns());
    this.space = space;
    this.grid = grid;
    this.first = grid.starts();
    this.own = new OwnRanks(space.points(), grid, error);
    this.cross = new CrossNeighbours(space.points(), grid, neighbours, error);
    this.resampled = sums;
    this.sums = Matrix.zeros(grid.axes().cells(), grid.axes().cells());
  }

  /// @param space n x r, rows as in `grid`
  /// @param grid of the same n images
  /// @param blockRows rows a block, at least 1; changes no result beyond rounding
  /// @param neighbours k of the nearest neighbours across cells, at least 1
  /// @param resampled hears every block, or null
  /// @param progress hears images done of n
  static DistancePass run(
      FeatureSpace space,
      SaladGrid grid,
      int blockRows,
      int neighbours,
      ResampledSums resampled,
      Progress progress) {
    var pass = new DistancePass(space, grid, neighbours, resampled);
    UpperDistances.of(
        space.points(),
        blockRows,
        (from, count, block) -> {
          pass.accept(from, count, block);
          progress.at(from + count, grid.size());
        });
    return pass;
  }

  private void accept(int from, int count, double[] block) {
    int n = grid.size();
    int width = n - from;
    IntStream.range(0, count).parallel().forEach(i -> rowNeighbours(from + i, from, i, block));
    int behind = n - from - count;
    int parts = Math.min(behind, 64);
    IntStream.range(0, parts)
        .parallel()
        .forEach(
            p -> {
              int low = from + count + (int) ((long) behind * p / parts);
              int high = from + count + (int) ((long) behind * (p + 1) / parts);
              columnNeighbours(from, count, low, high, block);
            });
    if (space.facts().metric() == Metric.COSINE) {
      IntStream.range(0, count)
          .parallel()
          .forEach(
              i -> {
                for (int j = i * width; j < (i + 1) * width; j++) {
                  block[j] = space.distance(block[j]);
                }
              });
    }
    addSums(from, count, block);
    if (resampled != null) {
      resampled.add(from, count, block);
    }
  }

  /// Offers to a row of the block every image of the block and behind it.
  private void rowNeighbours(int image, int from, int row, double[] block) {
    int cell = grid.cellOf()[image];
    int offset = row * (grid.size() - from) - from;
    offerRange(image, from, Math.max(first[cell], from), offset, block);
    offerRange(image, first[cell + 1], grid.size(), offset, block);
  }

  private void offerRange(int image, int low, int high, int offset, double[] block) {
    double reachOwn = own.reach(image);
    double reachCross = cross.reach(image);
    for (int j = low; j < high; j++) {
      double d = block[offset + j];
      if (d <= reachOwn) {
        own.offer(image, j, d);
        reachOwn = own.reach(image);
      }
      if (d <= reachCross) {
        cross.offer(image, j, d);
        reachCross = cross.reach(image);
      }
    }
  }

  /// Offers the block's images to those behind it.
  private void columnNeighbours(int from, int count, int low, int high, double[] block) {
    int width = grid.size() - from;
    int[] cellOf = grid.cellOf();
    double[] reach = new double[high - low];
    for (int j = low; j < high; j++) {
      reach[j - low] = Math.max(own.reach(j), cross.reach(j));
    }
    for (int i = 0; i < count; i++) {
      int cell = cellOf[from + i];
      int offset = i * width - from;
      for (int j = Math.max(low, first[cell + 1]); j < high; j++) {
        double d = block[offset + j];
        if (d <= reach[j - low]) {
          if (d <= own.reach(j)) {
            own.offer(j, from + i, d);
          }
          if (d <= cross.reach(j)) {
            cross.offer(j, from + i, d);
          }
          reach[j - low] = Math.max(own.reach(j), cross.reach(j));
        }
      }
    }
  }

  /// Adds each row to the sums of its cell with its own and later cells, in the order of the rows.
  private void addSums(int from, int count, double[] block) {
    int cells = grid.axes().cells();
    int width = grid.size() - from;
    double[][] byRow = new double[count][];
    IntStream.range(0, count)
        .parallel()
        .forEach(
            i -> {
              double[] byCell = new double[cells];
              int cell = grid.cellOf()[from + i];
              int offset = i * width - from;
              // Within the cell, pairs in this block come in both orders, later ones in one only.
              int inBlock = Math.min(first[cell + 1], from + count);
              byCell[cell] =
                  sum(block, offset + Math.max(first[cell], from), offset + inBlock)
                      + 2 * sum(block, offset + inBlock, offset + first[cell + 1]);
              for (int c = cell + 1; c < cells; c++) {
                byCell[c] = sum(block, offset + first[c], offset + first[c + 1]);
              }
              byRow[i] = byCell;
            });
    for (int i = 0; i < count; i++) {
      int cell = grid.cellOf()[from + i];
      for (int c = cell; c < cells; c++) {
        sums.set(cell, c, sums.get(cell, c) + byRow[i][c]);
      }
    }
  }

  private static double sum(double[] values, int low, int high) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int j = low;
    for (; j + 3 < high; j += 4) {
      s0 += values[j];
      s1 += values[j + 1];
      s2 += values[j + 2];
      s3 += values[j + 3];
    }
    for (; j < high; j++) {
      s0 += values[j];
    }
    return (s0 + s1) + (s2 + s3);
  }

  /// @return mean distance of each pair of cells
  Heatmap heatmap() {
    int cells = grid.axes().cells();
    Matrix means = Matrix.zeros(cells, cells);
    for (int a = 0; a < cells; a++) {
      for (int b = a; b < cells; b++) {
        long others = a == b ? grid.images()[b] - 1 : grid.images()[b];
        double pairs = (double) grid.images()[a] * others;
        double mean = pairs <= 0 ? Double.NaN : sums.get(a, b) / pairs;
        means.set(a, b, mean);
        means.set(b, a, mean);
      }
    }
    return new Heatmap(grid.axes(), means);
  }

  /// @return mean number of neighbours in the own cell, for each cell
  SelfRecognition selfRecognition() {
    double[] total = new double[grid.axes().cells()];
    double[] counts = imageCounts();
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
    return IntStream.range(0, grid.size()).mapToDouble(own::count).toArray();
  }

  /// @param neighbours from 1 to the k of the pass
  /// @param share what neighbours in other cells are asked for
  /// @return for each image the expected share of its neighbours that have it, length n
  double[] imageRates(int neighbours, CrossNeighbours.Share share) {
    return IntStream.range(0, grid.size())
        .mapToDouble(i -> cross.rate(i, neighbours, share))
        .toArray();
  }
}

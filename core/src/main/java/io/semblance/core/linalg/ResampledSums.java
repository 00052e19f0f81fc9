package io.semblance.core.linalg;

import java.util.Arrays;
import java.util.stream.IntStream;

/// Sums of distances between groups of images under many resamples at once: for groups a <= b and
/// each resample r, `sum over i in a, j in b of w_ir w_jr d_ij`, with w the times an image was
/// drawn.
///
/// Takes the blocks of [UpperDistances] one after the other, by `n^2 R / 2` multiplications and
/// additions in all, so that a thousand resamples cost about as much as the distances themselves.
/// Sums within a block are float32, across blocks double: a sum is off by about 1e-6 relative. Not
/// safe for several threads; uses all processors itself.
public final class ResampledSums {

  private static final int ROWS = 2;
  private static final int COLUMNS = 4;

  private final float[][] weights;
  private final int resamples;
  private final int[] first;
  private final int[] groupOf;
  private final double[][] sums;

  /// @param weights n rows of R counts; stay the caller's and must not change
  /// @param first where each of the G groups begins, ascending, and n at the end; length G + 1
  public ResampledSums(float[][] weights, int[] first) {
    this.weights = weights;
    this.resamples = weights.length == 0 ? 0 : weights[0].length;
    this.first = first.clone();
    int groups = first.length - 1;
    this.groupOf = new int[weights.length];
    for (int g = 0; g < groups; g++) {
      Arrays.fill(groupOf, first[g], first[g + 1], g);
    }
    this.sums = new double[Math.multiplyExact(groups, groups + 1) / 2][];
  }

  /// @param a a group
  /// @param b a group, at least a
  /// @return the sums, length R, not a copy; null if a group is empty
  public double[] sums(int a, int b) {
    return sums[pair(a, b)];
  }

  private int pair(int a, int b) {
    return b * (b + 1) / 2 + a;
  }

  /// Some rows of a block against all that lies behind them.
  private record Block(int from, int end, int width, double[] distances) {

    float at(int row, int column) {
      return (float) distances[(row - from) * width + column - from];
    }
  }

  /// Adds a block.
  ///
  /// @param from first row of the block and of its columns
  /// @param count rows in the block
  /// @param distances `count x (n - from)`, row-major
  public void add(int from, int count, double[] distances) {
    var block = new Block(from, from + count, weights.length - from, distances);
    int low = groupOf[from];
    int high = groupOf[from + count - 1];
    // Each task owns the sums of one column group, whose weights stay in the cache.
    IntStream.range(low, first.length - 1)
        .parallel()
        .forEach(
            b -> {
              for (int a = low; a <= Math.min(b, high); a++) {
                groups(a, b, block);
              }
            });
  }

  private void groups(int a, int b, Block block) {
    if (first[a] == first[a + 1] || first[b] == first[b + 1]) {
      return;
    }
    float[][] rows = new float[ROWS][resamples];
    float[] sum = new float[resamples];
    int low = Math.max(first[a], block.from);
    int high = Math.min(first[a + 1], block.end);
    for (int i = low; i < high; i += ROWS) {
      int count = Math.min(ROWS, high - i);
      if (a == b) {
        // Pairs of this block come in both orders, later ones in one only.
        columns(i, count, low, high, 1, block, rows);
        columns(i, count, high, first[a + 1], 2, block, rows);
      } else {
        columns(i, count, first[b], first[b + 1], 1, block, rows);
      }
      for (int k = 0; k < count; k++) {
        addTo(sum, rows[k], weights[i + k]);
      }
    }
    double[] target = sums[pair(a, b)] == null ? new double[resamples] : sums[pair(a, b)];
    for (int r = 0; r < resamples; r++) {
      target[r] += sum[r];
    }
    sums[pair(a, b)] = target;
  }

  /// Adds to the rows the distances of images i, i + 1 to those from `low` to `high - 1`, as often
  /// as drawn.
  private void columns(
      int i, int count, int low, int high, int factor, Block block, float[][] rows) {
    int j = low;
    if (count == ROWS) {
      for (; j + COLUMNS <= high; j += COLUMNS) {
        eight(i, j, factor, block, rows);
      }
    }
    for (; j < high; j++) {
      for (int k = 0; k < count; k++) {
        one(rows[k], weights[j], factor * block.at(i + k, j));
      }
    }
  }

  private void eight(int i, int j, int factor, Block block, float[][] rows) {
    eight(
        rows[0],
        rows[1],
        weights[j],
        weights[j + 1],
        weights[j + 2],
        weights[j + 3],
        factor * block.at(i, j),
        factor * block.at(i, j + 1),
        factor * block.at(i, j + 2),
        factor * block.at(i, j + 3),
        factor * block.at(i + 1, j),
        factor * block.at(i + 1, j + 1),
        factor * block.at(i + 1, j + 2),
        factor * block.at(i + 1, j + 3));
  }

  /// Where all the time goes: two rows by four columns, as each number loaded then serves several
  /// times, and the compiler makes vectors of no much longer loop.
  private static void eight(
      float[] row0,
      float[] row1,
      float[] w0,
      float[] w1,
      float[] w2,
      float[] w3,
      float d00,
      float d01,
      float d02,
      float d03,
      float d10,
      float d11,
      float d12,
      float d13) {
    for (int r = 0; r < row0.length; r++) {
      float x = w0[r];
      float y = w1[r];
      float z = w2[r];
      float u = w3[r];
      row0[r] = Math.fma(d03, u, Math.fma(d02, z, Math.fma(d01, y, Math.fma(d00, x, row0[r]))));
      row1[r] = Math.fma(d13, u, Math.fma(d12, z, Math.fma(d11, y, Math.fma(d10, x, row1[r]))));
    }
  }

  private static void one(float[] row, float[] w, float d) {
    for (int r = 0; r < row.length; r++) {
      row[r] = Math.fma(d, w[r], row[r]);
    }
  }

  /// Adds the products with the row's own counts, and clears the row.
  private static void addTo(float[] sum, float[] row, float[] own) {
    for (int r = 0; r < row.length; r++) {
      sum[r] = Math.fma(row[r], own[r], sum[r]);
      row[r] = 0;
    }
  }
}

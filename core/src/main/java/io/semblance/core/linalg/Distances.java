package io.semblance.core.linalg;

import java.util.stream.IntStream;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// Euclidean distances of all pairs, a block of rows at a time: `|x|^2 + |y|^2 - 2 x.y` by one
/// matrix product a block.
///
/// Where x and y nearly coincide that sum cancels; pairs with `d^2 < 1e-4 (|x|^2 + |y|^2)` are
/// computed again as the sum of squared differences. Distances agree with the direct computation to
/// 1e-10 relative, and are exactly 0 for equal rows. The last bits may depend on the block size.
///
/// Centre points that lie far from the origin first: the less the lengths exceed the distances, the
/// fewer pairs are computed twice.
public final class Distances {

  private static final double CANCELLATION = 1e-4;

  /// Up to here, [#matrix] takes less time without a product, and runs on the calling thread.
  private static final int FEW = 256;

  private Distances() {}

  /// Hears one block of rows of the distance matrix.
  @FunctionalInterface
  public interface Rows {

    /// @param from first row of the block
    /// @param count rows in the block
    /// @param distances `count x n`, row-major, at least 0; valid until the call returns, may be
    ///   overwritten; longer than `count * n` in the last block
    void accept(int from, int count, double[] distances);
  }

  /// A block size that keeps a block near 16 MB.
  ///
  /// @param n number of points, at least 1
  /// @return rows a block, from 1 to n
  public static int blockRows(int n) {
    return Math.clamp(2_000_000 / n, 1, n);
  }

  /// Distances of every point to every point.
  ///
  /// @param points n x d, n >= 1; n * d + 2 * blockRows * n doubles of memory are taken besides
  /// @param blockRows rows a block, at least 1
  /// @param rows hears the blocks from first to last, on the calling thread
  public static void pairwise(Matrix points, int blockRows, Rows rows) {
    int n = points.rows();
    double[] norms = squaredNorms(points);
    double[] block = new double[Math.multiplyExact(Math.min(blockRows, n), n)];
    try (var _ = new PointerScope()) {
      Tensor all = points.columns() == 0 ? null : LinearAlgebra.tensor(points);
      for (int from = 0; from < n; from += blockRows) {
        int first = from;
        int count = Math.min(blockRows, n - from);
        if (all != null) {
          products(all, first, count, block);
        }
        IntStream.range(0, count)
            .parallel()
            .forEach(i -> finish(points, norms, first + i, block, i * n));
        rows.accept(first, count, block);
      }
    }
  }

  /// All distances at once.
  ///
  /// @param points n x d
  /// @return n x n, symmetric, zeros on the diagonal
  public static Matrix matrix(Matrix points) {
    int n = points.rows();
    Matrix out = Matrix.zeros(n, n);
    if (n <= FEW) {
      for (int i = 0; i < n; i++) {
        for (int j = i + 1; j < n; j++) {
          out.set(i, j, direct(points, i, j));
        }
      }
    } else {
      pairwise(
          points,
          blockRows(n),
          (from, count, block) -> System.arraycopy(block, 0, out.data(), from * n, count * n));
    }
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) {
        out.set(i, j, out.get(j, i));
      }
    }
    return out;
  }

  /// The distance of two rows as the root of the sum of squared differences.
  ///
  /// @param points n x d
  /// @param a a row
  /// @param b a row
  /// @return at least 0
  public static double direct(Matrix points, int a, int b) {
    int d = points.columns();
    double[] x = points.data();
    int p = a * d;
    int q = b * d;
    double sum0 = 0; // four sums, for one would wait for itself at every addition
    double sum1 = 0;
    double sum2 = 0;
    double sum3 = 0;
    int j = 0;
    for (; j + 3 < d; j += 4) {
      double u = x[p + j] - x[q + j];
      double v = x[p + j + 1] - x[q + j + 1];
      double w = x[p + j + 2] - x[q + j + 2];
      double y = x[p + j + 3] - x[q + j + 3];
      sum0 += u * u;
      sum1 += v * v;
      sum2 += w * w;
      sum3 += y * y;
    }
    for (; j < d; j++) {
      double u = x[p + j] - x[q + j];
      sum0 += u * u;
    }
    return Math.sqrt((sum0 + sum1) + (sum2 + sum3));
  }

  private static void products(Tensor all, int from, int count, double[] block) {
    try (var _ = new PointerScope()) {
      Tensor product = torch.mm(all.narrow(0, from, count), all.t()).contiguous();
      new DoublePointer(product.data_ptr_double()).get(block, 0, (int) product.numel());
    }
  }

  private static void finish(Matrix points, double[] norms, int row, double[] block, int offset) {
    for (int j = 0; j < norms.length; j++) {
      double sum = norms[row] + norms[j];
      double squared = sum - 2 * block[offset + j];
      block[offset + j] =
          squared > CANCELLATION * sum ? Math.sqrt(squared) : direct(points, row, j);
    }
  }

  private static double[] squaredNorms(Matrix points) {
    int d = points.columns();
    double[] out = new double[points.rows()];
    for (int i = 0; i < out.length; i++) {
      for (int j = i * d; j < (i + 1) * d; j++) {
        out[i] += points.data()[j] * points.data()[j];
      }
    }
    return out;
  }
}

package io.semblance.core.linalg;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// Euclidean distances of all pairs, each once: blocks of rows against themselves and all rows
/// behind them, so that half of the products of [Distances] suffice.
///
/// Up to 64 dimensions products are made in double precision and distances agree with the direct
/// computation to 1e-10 relative. Above, products are made in float32, and every pair whose lengths
/// exceed its distance so far that the sum `|x|^2 + |y|^2 - 2 x.y` might lose more than 1e-5 is
/// computed again in double precision: alone, as the sum of squared differences, or, where a block
/// holds many of them, the whole block as a product in double precision. The error of a float32
/// product is taken as `4 sqrt(min(d, 1024)) 2^-24 |x| |y|`, the probabilistic bound of Higham and
/// Mary, "A New Approach to Probabilistic Rounding Error Analysis" (2019), for sums in blocks of at
/// most 1,024. Equal rows are at distance exactly 0.
public final class UpperDistances {

  private static final int SINGLE_FROM = 64;
  private static final double RELATIVE = 1e-5;
  private static final double CANCELLATION = 1e-4;

  /// Above this share of pairs to compute again, a product in double precision costs less.
  private static final double MANY = 0.03;

  private final Matrix points;
  private final double[] norms;
  private final double limit;
  private final boolean single;

  private UpperDistances(Matrix points) {
    this.points = points;
    int d = points.columns();
    this.norms = squaredNorms(points);
    this.single = d > SINGLE_FROM;
    double error = 4 * Math.sqrt(Math.min(d, 1024)) * 0x1p-24;
    this.limit = single ? error / (2 * RELATIVE) : CANCELLATION;
  }

  /// Hears one block of distances.
  @FunctionalInterface
  public interface Block {

    /// @param from first row of the block, and the row that its first column stands for
    /// @param count rows in the block
    /// @param distances `count x (n - from)`, row-major, at least 0; valid until the call returns,
    ///   may be overwritten; longer than that
    void accept(int from, int count, double[] distances);
  }

  /// @param dimensions of the points
  /// @return the largest relative error of a distance heard, 1e-10 or 1e-5
  public static double relativeError(int dimensions) {
    return dimensions > SINGLE_FROM ? RELATIVE : 1e-10;
  }

  /// A block size whose products run at full speed and whose blocks stay below 150 MB.
  ///
  /// @param n number of points, at least 1
  /// @return rows a block, from 1 to n
  public static int blockRows(int n) {
    return Math.min(n, Math.clamp(16_000_000 / n, 32, 400));
  }

  /// @param points n x d; `n d` floats and `3 blockRows n` numbers of memory are taken besides
  /// @param blockRows rows a block, at least 1
  /// @param block hears the blocks from first to last, on the calling thread
  public static void of(Matrix points, int blockRows, Block block) {
    new UpperDistances(points).run(Math.min(blockRows, points.rows()), block);
  }

  private void run(int blockRows, Block hears) {
    int n = points.rows();
    double[] block = new double[Math.multiplyExact(blockRows, n)];
    if (points.columns() == 0) {
      for (int from = 0; from < n; from += blockRows) {
        java.util.Arrays.fill(block, 0);
        hears.accept(from, Math.min(blockRows, n - from), block);
      }
    } else if (single) {
      singles(blockRows, block, hears);
    } else {
      try (var _ = new PointerScope()) {
        Tensor all = LinearAlgebra.tensor(points);
        for (int from = 0; from < n; from += blockRows) {
          int count = Math.min(blockRows, n - from);
          doubles(all, from, count, block);
          hears.accept(from, count, block);
        }
      }
    }
  }

  private void doubles(Tensor all, int from, int count, double[] block) {
    int width = norms.length - from;
    try (var _ = new PointerScope()) {
      Tensor product = torch.mm(all.narrow(0, from, count), all.narrow(0, from, width).t());
      new DoublePointer(product.contiguous().data_ptr_double()).get(block, 0, count * width);
    }
    finish(from, count, block, CANCELLATION);
  }

  private void singles(int blockRows, double[] block, Block hears) {
    int n = points.rows();
    int d = points.columns();
    float[] products = new float[block.length];
    try (Arena arena = Arena.ofShared();
        var _ = new PointerScope()) {
      MemorySegment floats = floats(arena);
      MemorySegment result = arena.allocate((long) blockRows * n * Float.BYTES, 64);
      Tensor[] again = new Tensor[1]; // made only if a block asks for it
      for (int from = 0; from < n; from += blockRows) {
        int count = Math.min(blockRows, n - from);
        int width = n - from;
        MemorySegment here = result.asSlice(0, (long) count * width * Float.BYTES);
        FloatProduct.productTransposed(
            rows(floats, from, count), rows(floats, from, width), d, here);
        MemorySegment.copy(here, ValueLayout.JAVA_FLOAT, 0, products, 0, count * width);
        if (widen(from, count, products, block) > MANY * count * width) {
          again[0] = again[0] == null ? LinearAlgebra.tensor(points) : again[0];
          doubles(again[0], from, count, block);
        } else {
          finish(from, count, block, limit);
        }
        hears.accept(from, count, block);
      }
    }
  }

  private MemorySegment floats(Arena arena) {
    MemorySegment out = arena.allocate((long) points.data().length * Float.BYTES, 64);
    IntStream.range(0, points.rows())
        .parallel()
        .forEach(
            i -> {
              int d = points.columns();
              float[] row = new float[d];
              for (int j = 0; j < d; j++) {
                row[j] = (float) points.data()[i * d + j];
              }
              MemorySegment.copy(
                  row, 0, out, ValueLayout.JAVA_FLOAT, (long) i * d * Float.BYTES, d);
            });
    return out;
  }

  private MemorySegment rows(MemorySegment floats, int from, int count) {
    long row = (long) points.columns() * Float.BYTES;
    return floats.asSlice(from * row, count * row);
  }

  /// Copies the products to doubles and counts the pairs whose distance needs another computation.
  private long widen(int from, int count, float[] products, double[] block) {
    int width = norms.length - from;
    return IntStream.range(0, count)
        .parallel()
        .mapToLong(
            i -> {
              long close = 0;
              double own = norms[from + i] * (1 - limit);
              for (int j = 0; j < width; j++) {
                double product = products[i * width + j];
                block[i * width + j] = product;
                close += own + norms[from + j] * (1 - limit) <= 2 * product ? 1 : 0;
              }
              return close;
            })
        .sum();
  }

  /// Turns products into distances.
  private void finish(int from, int count, double[] block, double bound) {
    int width = norms.length - from;
    IntStream.range(0, count)
        .parallel()
        .forEach(
            i -> {
              int offset = i * width;
              double own = norms[from + i];
              for (int j = 0; j < width; j++) {
                double sum = own + norms[from + j];
                double squared = sum - 2 * block[offset + j];
                block[offset + j] =
                    squared > bound * sum
                        ? Math.sqrt(squared)
                        : Distances.direct(points, from + i, from + j);
              }
            });
  }

  private static double[] squaredNorms(Matrix points) {
    int d = points.columns();
    return IntStream.range(0, points.rows())
        .parallel()
        .mapToDouble(
            i -> {
              double sum = 0;
              for (int j = i * d; j < (i + 1) * d; j++) {
                sum += points.data()[j] * points.data()[j];
              }
              return sum;
            })
        .toArray();
  }
}

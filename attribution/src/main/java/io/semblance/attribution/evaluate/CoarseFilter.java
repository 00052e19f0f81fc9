package io.semblance.attribution.evaluate;

import io.semblance.core.linalg.ByteProduct;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;
import java.util.stream.IntStream;

/// Finds the pairs of queries and rows whose cosine may reach a bound, by products of numbers
/// rounded to 8 bits. No pair is missed: what rounding can hide is bounded by the lengths of what
/// it took away (Cauchy and Schwarz), measured for every query and row.
///
/// With a query q = s (w + e) of whole numbers w and a row x = m + r (u + f), m any vector: `q.x =
/// q.m + q.(x - m)`, and `q.(x - m)` differs from `s r w.u` by at most `|q| |r f| + |s e| (|x - m|
/// + |r f|)`.
final class CoarseFilter implements AutoCloseable {

  private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;
  private static final int ZERO = 64;
  private static final int PRODUCTS_AT_ONCE = 1 << 20;

  /// Products of float32 numbers, norms of unit rows within 1e-6, and sums in float32.
  private static final double ROUNDING = 2e-5;

  private final ByteProduct product;
  private final int[] numbers;
  private final float[] mean;
  private final float scale;
  private final int dimension;
  private final double[] room;
  private final double[] lost;
  private final double[] sums;
  private final double[] queryScale;
  private final MemorySegment rows;
  private final int rowsAtOnce;

  private CoarseFilter(
      ByteProduct product, Quantized queries, int[] numbers, Spread spread, Arena arena) {
    this.product = product;
    this.numbers = numbers;
    this.mean = spread.mean;
    this.scale = spread.scale;
    this.dimension = spread.mean.length;
    this.room = queries.room;
    this.lost = queries.lost;
    this.sums = queries.sums;
    this.queryScale = queries.scale;
    this.rowsAtOnce = Math.clamp(PRODUCTS_AT_ONCE / numbers.length, 32, 2048);
    this.rows = arena.allocate((rowsAtOnce + 1L) * dimension * Float.BYTES, 64);
  }

  /// Where rows of the pool lie.
  ///
  /// @param mean of each component
  /// @param scale a step of the grid that rows are rounded to
  @SuppressWarnings("ArrayRecordComponent") // not copied: one for each run
  record Spread(float[] mean, float scale) {

    /// @param unit rows to learn from
    /// @param count how many, at least 1
    /// @param dimension d
    /// @return their mean, and a step that holds all but the tails
    static Spread of(MemorySegment unit, int count, int dimension) {
      double[] sum = new double[dimension];
      for (int i = 0; i < count; i++) {
        for (int j = 0; j < dimension; j++) {
          sum[j] += unit.getAtIndex(FLOAT, (long) i * dimension + j);
        }
      }
      float[] mean = new float[dimension];
      for (int j = 0; j < dimension; j++) {
        mean[j] = (float) (sum[j] / count);
      }
      double square = 0;
      float largest = 0;
      for (int i = 0; i < count; i++) {
        for (int j = 0; j < dimension; j++) {
          float away = unit.getAtIndex(FLOAT, (long) i * dimension + j) - mean[j];
          square += (double) away * away;
          largest = Math.max(largest, Math.abs(away));
        }
      }
      // Numbers four deviations out are held at the edge: few, and what that costs is measured.
      double deviation = Math.sqrt(square / count / dimension);
      double edge = Math.min(largest, 4 * deviation);
      return new Spread(mean, (float) Math.max(edge / (ByteProduct.MOST - ZERO), 1e-12));
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // made and read in this class only
  private record Quantized(
      MemorySegment whole, double[] scale, double[] lost, double[] sums, double[] room) {}

  /// @param queries of norm 1, all
  /// @param numbers which of them to look for
  /// @param bounds of all queries: a cosine below it is not looked for
  /// @param spread of the pool's rows
  /// @param arena that what it needs is to live in, shared
  /// @return the filter; empty where the machine has no 8-bit products, or for d above 1,040
  static Optional<CoarseFilter> of(
      UnitRows queries, int[] numbers, double[] bounds, Spread spread, Arena arena) {
    int d = spread.mean.length;
    Quantized quantized = quantized(queries, numbers, bounds, spread.mean, arena);
    return ByteProduct.of(quantized.whole, d)
        .map(p -> new CoarseFilter(p, quantized, numbers, spread, arena));
  }

  private static Quantized quantized(
      UnitRows queries, int[] numbers, double[] bounds, float[] mean, Arena arena) {
    int n = numbers.length;
    int d = mean.length;
    MemorySegment whole = arena.allocate((long) n * d * Float.BYTES, 64);
    var out = new Quantized(whole, new double[n], new double[n], new double[n], new double[n]);
    IntStream.range(0, n)
        .parallel()
        .forEach(
            k -> {
              MemorySegment q = queries.unit(numbers[k], 1);
              float largest = Float.MIN_NORMAL;
              double withMean = 0;
              for (int j = 0; j < d; j++) {
                float v = q.getAtIndex(FLOAT, j);
                largest = Math.max(largest, Math.abs(v));
                withMean += (double) v * mean[j];
              }
              double step = largest / (double) ByteProduct.MOST;
              double lost = 0;
              double sum = 0;
              for (int j = 0; j < d; j++) {
                float v = q.getAtIndex(FLOAT, j);
                long rounded = Math.round(v / step);
                whole.setAtIndex(FLOAT, (long) k * d + j, (float) rounded);
                sum += rounded;
                lost += (v - rounded * step) * (v - rounded * step);
              }
              out.scale[k] = step;
              out.lost[k] = Math.sqrt(lost);
              out.sums[k] = sum;
              out.room[k] = bounds[numbers[k]] - withMean - ROUNDING;
            });
    return out;
  }

  /// Hears of a pair that may reach its bound.
  @FunctionalInterface
  interface Candidates {

    /// Called by several threads, each row by one.
    ///
    /// @param query its number among all
    /// @param row in the block
    void pair(int query, int row);
  }

  /// @param block rows
  /// @param found hears of every pair whose cosine is at least the query's bound, and of few others
  void scan(PoolScan.Block block, Candidates found) {
    for (int from = 0; from < block.count(); from += rowsAtOnce) {
      int first = from;
      int count = Math.min(rowsAtOnce, block.count() - from);
      float[] bounds = bounds(round(block, from, count));
      int n = numbers.length;
      product.multiply(
          rows,
          count,
          products ->
              IntStream.range(0, count)
                  .parallel()
                  .forEach(
                      i -> {
                        float[] line = new float[n];
                        MemorySegment.copy(products, FLOAT, (long) i * n * Float.BYTES, line, 0, n);
                        for (int k = 0; k < n; k++) {
                          if (line[k] >= bounds[k]) {
                            found.pair(numbers[k], first + i);
                          }
                        }
                      }));
    }
  }

  /// The longest row less the mean, and the most that rounding takes of one.
  private record Lengths(double row, double lost) {

    Lengths max(Lengths other) {
      return new Lengths(Math.max(row, other.row), Math.max(lost, other.lost));
    }
  }

  private Lengths round(PoolScan.Block block, int from, int count) {
    MemorySegment unit = block.rows().unit(from, count);
    return IntStream.range(0, count)
        .parallel()
        .mapToObj(
            i -> {
              float[] x = new float[dimension];
              long at = (long) i * dimension * Float.BYTES;
              MemorySegment.copy(unit, FLOAT, at, x, 0, dimension);
              Lengths lengths = round(x);
              MemorySegment.copy(x, 0, rows, FLOAT, at, dimension);
              return lengths;
            })
        .reduce(new Lengths(0, 0), Lengths::max);
  }

  /// Puts whole numbers in the place of a row.
  private Lengths round(float[] x) {
    float inverse = 1 / scale;
    float lost = 0;
    float square = 0;
    for (int j = 0; j < x.length; j++) {
      float away = x[j] - mean[j];
      int whole = (int) Math.min(Math.max(away * inverse + (ZERO + 0.5f), 1), ByteProduct.MOST);
      float rest = away - (whole - ZERO) * scale;
      square = Math.fma(away, away, square);
      lost = Math.fma(rest, rest, lost);
      x[j] = whole;
    }
    return new Lengths(Math.sqrt(square), Math.sqrt(lost) * 1.0001);
  }

  /// The least product of each query that a pair at its bound can have.
  private float[] bounds(Lengths lengths) {
    float[] out = new float[numbers.length];
    for (int k = 0; k < out.length; k++) {
      double hidden = lengths.lost + lost[k] * (lengths.row + lengths.lost);
      double least = (room[k] - hidden) / (scale * queryScale[k]) + ZERO * sums[k];
      out[k] = Math.nextDown((float) (least - 1e-6 * Math.abs(least) - 1));
    }
    return out;
  }

  /// Releases the packed queries.
  @Override
  public void close() {
    product.close();
  }
}

package io.semblance.attribution.evaluate;

import io.semblance.core.SemblanceException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/// Rows as given and scaled to norm 1, in native memory. Cosines of two sets are exact in the sense
/// of [#cosine]: double precision, one order of summation, so that equal vectors have equal cosines
/// wherever they stand.
public final class UnitRows {

  static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;

  private static final double LEAST = 1e-18;
  private static final double MOST = 1e18;
  private static final double UNIT = 1e-6;

  private final MemorySegment given;
  private final MemorySegment unit;
  private final double[] squares;
  private final int dimension;

  private UnitRows(MemorySegment given, MemorySegment unit, double[] squares, int dimension) {
    this.given = given;
    this.unit = unit;
    this.squares = squares;
    this.dimension = dimension;
  }

  /// @param given n x d; must stay as it is while this is used
  /// @param count n
  /// @param dimension d
  /// @param buffer native memory for n x d; not used where all rows have norm 1 within 1e-6
  /// @param name of a row, for messages
  /// @return the rows
  /// @throws SemblanceException if a number is not finite, or so large or small that float32
  ///   products of the row would overflow or vanish; the message names the row
  public static UnitRows of(
      MemorySegment given, int count, int dimension, MemorySegment buffer, IntFunction<String> name)
      throws SemblanceException {
    double[] squares = new double[count];
    IntStream.range(0, count)
        .parallel()
        .forEach(
            r ->
                squares[r] =
                    dot(given, (long) r * dimension, given, (long) r * dimension, dimension));
    boolean units = true;
    for (int r = 0; r < count; r++) {
      double norm = Math.sqrt(squares[r]);
      if (!Double.isFinite(norm) || norm > MOST || (norm > 0 && norm < LEAST)) {
        throw new SemblanceException(
            "The vector of %s has norm %s, so it has no similarity to anything: embed that image again."
                .formatted(name.apply(r), norm));
      }
      units &= Math.abs(norm - 1) < UNIT;
    }
    if (units) {
      return new UnitRows(given, given, squares, dimension);
    }
    IntStream.range(0, count)
        .parallel()
        .forEach(r -> scale(given, buffer, r, dimension, squares[r]));
    long bytes = (long) count * dimension * Float.BYTES;
    return new UnitRows(given, buffer.asSlice(0, bytes), squares, dimension);
  }

  private static void scale(
      MemorySegment given, MemorySegment unit, int row, int dimension, double square) {
    float scale = square == 0 ? 0 : (float) (1 / Math.sqrt(square));
    long from = (long) row * dimension;
    for (long j = from; j < from + dimension; j++) {
      unit.setAtIndex(FLOAT, j, given.getAtIndex(FLOAT, j) * scale);
    }
  }

  /// @return n x d of norm 1, or of zeros
  public MemorySegment unit() {
    return unit;
  }

  /// @return n
  public int count() {
    return squares.length;
  }

  /// @return d
  public int dimension() {
    return dimension;
  }

  /// @param from first row
  /// @param count number of rows
  /// @return those of norm 1
  public MemorySegment unit(int from, int count) {
    long row = (long) dimension * Float.BYTES;
    return unit.asSlice(from * row, count * row);
  }

  /// Cosine in [-1, 1], higher is closer; 0 with a vector of zeros; exactly 1 of a vector with
  /// itself.
  ///
  /// @param row of these
  /// @param other rows of the same dimension
  /// @param otherRow of those
  /// @return the cosine, in double precision
  public double cosine(int row, UnitRows other, int otherRow) {
    double norms = Math.sqrt(squares[row] * other.squares[otherRow]);
    if (norms == 0) {
      return 0;
    }
    double dot =
        dot(given, (long) row * dimension, other.given, (long) otherRow * dimension, dimension);
    return Math.clamp(dot / norms, -1.0, 1.0);
  }

  /// Four running sums: a single one would wait for itself at every addition. Rows are copied
  /// first, as every look into a segment is checked.
  private static double dot(MemorySegment a, long p, MemorySegment b, long q, int dimension) {
    float[] x = new float[dimension];
    float[] y = new float[dimension];
    MemorySegment.copy(a, FLOAT, p * Float.BYTES, x, 0, dimension);
    MemorySegment.copy(b, FLOAT, q * Float.BYTES, y, 0, dimension);
    double sum0 = 0;
    double sum1 = 0;
    double sum2 = 0;
    double sum3 = 0;
    int j = 0;
    for (; j + 3 < dimension; j += 4) {
      sum0 += (double) x[j] * y[j];
      sum1 += (double) x[j + 1] * y[j + 1];
      sum2 += (double) x[j + 2] * y[j + 2];
      sum3 += (double) x[j + 3] * y[j + 3];
    }
    for (; j < dimension; j++) {
      sum0 += (double) x[j] * y[j];
    }
    return (sum0 + sum1) + (sum2 + sum3);
  }
}

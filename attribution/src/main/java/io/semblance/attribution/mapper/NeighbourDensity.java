package io.semblance.attribution.mapper;

import io.semblance.core.linalg.FloatProduct;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.stream.IntStream;

/// How near the nearest images of a reference are to a row: the mean cosine of its k nearest ones.
/// Copies of the row, of cosine 1, do not count, so that an image of the reference and its copy
/// elsewhere have the same. Float32 products choose candidates, double precision decides: the
/// result depends on neither blocks nor threads.
final class NeighbourDensity {

  private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;
  private static final int ROWS_AT_ONCE = 1024;
  private static final double COPY = 1 - 1e-6;

  private final MemorySegment reference;
  private final int size;
  private final int dimension;
  private final int neighbours;

  /// @param reference n x d of norm 1 or 0; used as long as this is
  /// @param size n
  /// @param dimension d
  /// @param neighbours k, at least 1
  NeighbourDensity(MemorySegment reference, int size, int dimension, int neighbours) {
    this.reference = reference;
    this.size = size;
    this.dimension = dimension;
    this.neighbours = neighbours;
  }

  /// @param rows m x d of norm 1 or 0
  /// @param count m
  /// @return of each the mean cosine, in [-1, 1]; over all there are where there are fewer than k;
  ///   0 where there is none
  double[] of(MemorySegment rows, int count) {
    double[] out = new double[count];
    long row = (long) dimension * Float.BYTES;
    double slack = FloatProduct.errorBound(dimension) + 1e-6;
    try (Arena arena = Arena.ofShared()) {
      long most = (long) Math.min(ROWS_AT_ONCE, count) * size * Float.BYTES;
      MemorySegment products = arena.allocate(Math.max(1, most), 64);
      for (int from = 0; from < count; from += ROWS_AT_ONCE) {
        int here = Math.min(ROWS_AT_ONCE, count - from);
        MemorySegment some = rows.asSlice(from * row, here * row);
        MemorySegment result = products.asSlice(0, (long) here * size * Float.BYTES);
        FloatProduct.productTransposed(some, reference, dimension, result);
        int first = from;
        IntStream.range(0, here)
            .parallel()
            .forEach(r -> out[first + r] = mean(some, r, result, slack));
      }
    }
    return out;
  }

  private double mean(MemorySegment rows, int row, MemorySegment products, double slack) {
    double[] best = new double[neighbours]; // the first `found` ascend
    int found = 0;
    for (int i = 0; i < size; i++) {
      double about = products.getAtIndex(FLOAT, (long) row * size + i);
      if (found == neighbours && about + slack < best[0]) {
        continue;
      }
      double exact = cosine(rows, row, i);
      if (exact >= COPY || found == neighbours && exact <= best[0]) {
        continue;
      }
      found = insert(best, found, exact);
    }
    return found == 0 ? 0 : Arrays.stream(best, 0, found).sum() / found;
  }

  /// Puts a number in its place among ascending ones, dropping the least where all places are
  /// taken.
  private static int insert(double[] best, int found, double value) {
    boolean full = found == best.length;
    int from = full ? 1 : 0;
    int at = from;
    while (at < found && best[at] < value) {
      at++;
    }
    if (full) {
      System.arraycopy(best, 1, best, 0, at - 1);
      best[at - 1] = value;
      return found;
    }
    System.arraycopy(best, at, best, at + 1, found - at);
    best[at] = value;
    return found + 1;
  }

  private double cosine(MemorySegment rows, int row, int other) {
    long p = (long) row * dimension;
    long q = (long) other * dimension;
    double sum = 0;
    for (int j = 0; j < dimension; j++) {
      sum += (double) rows.getAtIndex(FLOAT, p + j) * reference.getAtIndex(FLOAT, q + j);
    }
    return sum;
  }
}

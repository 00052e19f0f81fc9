package io.semblance.attribution.mapper;

import io.semblance.attribution.feature.FeatureRows;
import io.semblance.core.Printable;
import io.semblance.core.SemblanceException;
import io.semblance.core.linalg.Matrix;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/// Rows spread evenly over a pool; the same ones for the same pool.
final class PoolSample {

  private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;

  private PoolSample() {}

  /// @param pool at least one part with a row
  /// @param most rows to take
  /// @param target native memory for n x d
  /// @return n, `most` or the size of the pool if that is less
  /// @throws SemblanceException if a number is not finite; the message names the row
  static int copy(List<FeatureRows> pool, int most, MemorySegment target)
      throws SemblanceException {
    long row = (long) pool.getFirst().dimension() * Float.BYTES;
    long all = pool.stream().mapToLong(FeatureRows::size).sum();
    int n = count(pool, most);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment buffer = arena.allocate(row, 64);
      for (int i = 0; i < n; i++) {
        long at = all * i / n;
        int part = 0;
        while (at >= pool.get(part).size()) {
          at -= pool.get(part++).size();
        }
        MemorySegment values = pool.get(part).rows(at, 1, buffer);
        requireFinite(values, pool.get(part).id(at));
        MemorySegment.copy(values, 0, target, i * row, row);
      }
    }
    return n;
  }

  private static void requireFinite(MemorySegment row, String name) throws SemblanceException {
    for (long j = 0; j < row.byteSize() / Float.BYTES; j++) {
      float value = row.getAtIndex(FLOAT, j);
      if (!Float.isFinite(value)) {
        throw new SemblanceException(
            "The vector of %s holds %s, and the space is to be corrected by it: embed that image again."
                .formatted(Printable.of(name), value));
      }
    }
  }

  /// @return n
  static int count(List<FeatureRows> pool, int most) {
    return (int) Math.min(most, pool.stream().mapToLong(FeatureRows::size).sum());
  }

  /// @return n x d in double precision
  /// @throws SemblanceException as [#copy]
  static Matrix matrix(List<FeatureRows> pool, int most) throws SemblanceException {
    int d = pool.getFirst().dimension();
    int n = count(pool, most);
    double[] out = new double[Math.multiplyExact(n, d)];
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment rows = arena.allocate((long) n * d * Float.BYTES, 64);
      copy(pool, most, rows);
      for (int i = 0; i < out.length; i++) {
        out[i] = rows.getAtIndex(FLOAT, i);
      }
    }
    return Matrix.of(n, d, out);
  }
}

package io.semblance.attribution.mapper;

import io.semblance.attribution.feature.FeatureRows;
import io.semblance.core.SemblanceException;
import io.semblance.core.file.Sha256;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.stream.IntStream;

/// CSLS as a pair of maps: csls(x, y) = 2 cos(x, y) - r(x) - r(y), where r is the mean cosine of
/// the k nearest images of the pool. Source: Conneau et al., "Word Translation Without Parallel
/// Data" (arXiv 1710.04087), eq. 3; there the neighbours of y are looked for among the queries,
/// here among the pool for both, so that a score depends on no other query (ours).
///
/// Each row u of norm 1 gets four more components: a training image becomes (u, -r/2, 1, p, 0), a
/// synthesised one (u, 1, -r/2, 0, p), with p such that the norm is 1.5. The inner product is then
/// csls / 2, and the cosine csls / 4.5: what ranks and counts cosines ranks and counts CSLS.
final class CslsMaps implements FeatureMap {

  private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;

  /// Rows of the pool that neighbours are looked for in, spread evenly.
  private static final int REFERENCE = 20_000;

  private static final double SQUARE = 2.25;
  private static final double LEAST = 1e-18;
  private static final double MOST = 1e18;

  private final NeighbourDensity density;
  private final int inputs;
  private final boolean training;

  private CslsMaps(NeighbourDensity density, int inputs, boolean training) {
    this.density = density;
    this.inputs = inputs;
    this.training = training;
  }

  @SuppressWarnings("MustBeClosedChecker") // the reference lives as long as the maps are used
  static FeatureSpace fit(SpaceCorrection correction, List<FeatureRows> pool)
      throws SemblanceException {
    int d = pool.getFirst().dimension();
    int n = PoolSample.count(pool, REFERENCE);
    MemorySegment rows = Arena.ofAuto().allocate((long) n * d * Float.BYTES, 64);
    PoolSample.copy(pool, REFERENCE, rows);
    String hash = Sha256.of(rows.toArray(ValueLayout.JAVA_BYTE));
    scaleToUnit(rows, n, d);
    var density = new NeighbourDensity(rows, n, d, correction.neighbours());
    return new FeatureSpace(
        correction, new CslsMaps(density, d, true), new CslsMaps(density, d, false), hash);
  }

  @Override
  public int inputs() {
    return inputs;
  }

  @Override
  public int outputs() {
    return inputs + 4;
  }

  @Override
  public MemorySegment map(MemorySegment rows, int count, MemorySegment buffer) {
    try (Arena arena = Arena.ofShared()) {
      long bytes = (long) count * inputs * Float.BYTES;
      MemorySegment unit = arena.allocate(bytes, 64);
      MemorySegment.copy(rows, 0, unit, 0, bytes);
      boolean[] usable = scaleToUnit(unit, count, inputs);
      double[] near = density.of(unit, count);
      IntStream.range(0, count)
          .parallel()
          .forEach(r -> extend(unit, r, usable[r] ? near[r] : Double.NaN, buffer));
    }
    return buffer.asSlice(0, (long) count * outputs() * Float.BYTES);
  }

  private void extend(MemorySegment unit, int row, double near, MemorySegment target) {
    long from = (long) row * inputs;
    long to = (long) row * outputs();
    float half = (float) (-near / 2);
    double square = 1 + (double) half * half;
    for (int j = 0; j < inputs; j++) {
      float u = unit.getAtIndex(FLOAT, from + j);
      square += (double) u * u;
      target.setAtIndex(FLOAT, to + j, u);
    }
    float rest = (float) Math.sqrt(Math.max(0, SQUARE - square));
    long end = to + inputs;
    target.setAtIndex(FLOAT, end, training ? half : 1);
    target.setAtIndex(FLOAT, end + 1, training ? 1 : half);
    target.setAtIndex(FLOAT, end + 2, training ? rest : Float.isNaN(rest) ? rest : 0);
    target.setAtIndex(FLOAT, end + 3, training ? 0 : rest);
  }

  /// Scales rows to norm 1. A row that has no direction in float32 becomes zeros.
  ///
  /// @return of every row whether its numbers are finite and its norm is neither too large nor too
  ///   small; who scores rows names those that are not
  private static boolean[] scaleToUnit(MemorySegment rows, int count, int d) {
    boolean[] usable = new boolean[count];
    IntStream.range(0, count)
        .parallel()
        .forEach(
            r -> {
              long from = (long) r * d;
              double square = 0;
              for (long j = from; j < from + d; j++) {
                double x = rows.getAtIndex(FLOAT, j);
                square += x * x;
              }
              double norm = Math.sqrt(square);
              usable[r] = norm == 0 || norm >= LEAST && norm <= MOST;
              double scale = usable[r] && norm > 0 ? 1 / norm : 0;
              for (long j = from; j < from + d; j++) {
                float x = usable[r] ? rows.getAtIndex(FLOAT, j) : 0;
                rows.setAtIndex(FLOAT, j, (float) (x * scale));
              }
            });
    return usable;
  }
}

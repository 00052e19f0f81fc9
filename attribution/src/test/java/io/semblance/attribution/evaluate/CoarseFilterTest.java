package io.semblance.attribution.evaluate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.semblance.attribution.feature.FeatureRows;
import io.semblance.attribution.feature.MemoryFeatures;
import io.semblance.attribution.mapper.FeatureMap;
import io.semblance.core.Progress;
import io.semblance.core.table.Provenance;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CoarseFilterTest {

  private static final int D = 64;
  private static final int QUERIES = 80;
  private static final int BLOCK = 256;
  private static final int ROWS = 8 * BLOCK + 37;

  /// Rows far from the origin and one component much larger than the others, as CLIP's.
  private static float[] rows(Random random, int n, double offset, double outlier) {
    float[] out = new float[n * D];
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) (random.nextGaussian() + offset * Math.sin(i % D));
      if (i % D == 5) {
        out[i] += (float) outlier;
      }
    }
    return out;
  }

  private static UnitRows unit(float[] vectors, Arena arena) throws IOException {
    MemorySegment given = arena.allocate(vectors.length * 4L, 64);
    MemorySegment.copy(vectors, 0, given, ValueLayout.JAVA_FLOAT, 0, vectors.length);
    MemorySegment buffer = arena.allocate(vectors.length * 4L, 64);
    return UnitRows.of(given, vectors.length / D, D, buffer, i -> "row " + i);
  }

  /// Exemplars of some queries rank high, of some low, of some first and last: counts are those of
  /// every cosine compared, whether filtered or not. Every fourth threshold is a row's own cosine.
  @ParameterizedTest
  @CsvSource({"0,0", "2,0", "0.5,12", "0,100"})
  void countsAreThoseOfEveryCosineCompared(double offset, double outlier) throws IOException {
    var random = new Random(3);
    float[] pool = rows(random, ROWS, offset, outlier);
    System.arraycopy(pool, 0, pool, 7 * D * BLOCK, D); // a row twice
    try (Arena arena = Arena.ofShared()) {
      UnitRows queries = unit(rows(random, QUERIES, offset, outlier), arena);
      UnitRows all = unit(pool, arena);
      double[][] thresholds = new double[QUERIES][];
      long[][] wanted = new long[QUERIES][];
      boolean[] tied = new boolean[QUERIES];
      for (int q = 0; q < QUERIES; q++) {
        int query = q;
        double[] cosines =
            IntStream.range(0, ROWS).mapToDouble(r -> queries.cosine(query, all, r)).toArray();
        double[] sorted = cosines.clone();
        Arrays.sort(sorted);
        double[] own = new double[1 + q % 3];
        for (int e = 0; e < own.length; e++) {
          int rank = q % 5 == 0 ? random.nextInt(ROWS) : random.nextInt(4);
          double above = sorted[ROWS - 1 - rank];
          own[e] = e % 4 == 0 ? above : above + 1e-9 * random.nextGaussian();
        }
        Arrays.sort(own);
        thresholds[q] = own;
        wanted[q] = new long[own.length];
        for (int e = 0; e < own.length; e++) {
          double t = own[e];
          wanted[q][e] = Arrays.stream(cosines).filter(c -> c >= t).count();
          tied[q] |= Arrays.stream(cosines).anyMatch(c -> c == t);
        }
      }
      List<FeatureRows> parts =
          List.of(new MemoryFeatures(Provenance.unknown("net"), pool, D, null));
      PoolScan scan = PoolScan.of(parts, FeatureMap.identity(D)).withBlockRows(BLOCK);
      var counts = DistractorCounts.of(scan, queries, thresholds, D, Progress.none());
      for (int q = 0; q < QUERIES; q++) {
        assertArrayEquals(wanted[q], counts.atLeast(q), "query " + q);
        assertEquals(tied[q], counts.tied(q), "query " + q);
      }
    }
  }

  /// Blocks of zeros, of equal rows and of rows far away, between others: filters are learnt anew.
  @Test
  void countsAreExactWhereBlocksAreOfManyKinds() throws IOException {
    var random = new Random(8);
    float[] pool = rows(random, ROWS, 0, 0);
    for (int i = 0; i < pool.length; i++) {
      switch (i / D / BLOCK) {
        case 0 -> pool[i] = 0;
        case 2 -> pool[i] = i % D;
        case 4, 6 -> pool[i] = pool[i] * 0.01f + (i % D < 8 ? 1 : 0);
        default -> {}
      }
    }
    try (Arena arena = Arena.ofShared()) {
      UnitRows queries = unit(rows(random, QUERIES, 0, 0), arena);
      UnitRows all = unit(pool, arena);
      double[][] thresholds = new double[QUERIES][1];
      long[] wanted = new long[QUERIES];
      for (int q = 0; q < QUERIES; q++) {
        int query = q;
        double[] cosines =
            IntStream.range(0, ROWS).mapToDouble(r -> queries.cosine(query, all, r)).toArray();
        double[] sorted = cosines.clone();
        Arrays.sort(sorted);
        double t = sorted[ROWS - 1 - random.nextInt(5)];
        thresholds[q][0] = t;
        wanted[q] = Arrays.stream(cosines).filter(c -> c >= t).count();
      }
      List<FeatureRows> parts =
          List.of(new MemoryFeatures(Provenance.unknown("net"), pool, D, null));
      PoolScan scan = PoolScan.of(parts, FeatureMap.identity(D)).withBlockRows(BLOCK);
      var counts = DistractorCounts.of(scan, queries, thresholds, D, Progress.none());
      for (int q = 0; q < QUERIES; q++) {
        assertEquals(wanted[q], counts.atLeast(q)[0], "query " + q);
      }
    }
  }

  @Test
  void leavesFewPairsAndMissesNone() throws IOException {
    var random = new Random(5);
    try (Arena arena = Arena.ofShared()) {
      UnitRows queries = unit(rows(random, QUERIES, 1, 0), arena);
      UnitRows all = unit(rows(random, ROWS, 1, 0), arena);
      double[] bounds = new double[QUERIES];
      for (int q = 0; q < QUERIES; q++) {
        int query = q;
        bounds[q] =
            IntStream.range(0, ROWS)
                .mapToDouble(r -> queries.cosine(query, all, r))
                .sorted()
                .skip(ROWS - 5)
                .min()
                .orElseThrow();
      }
      var spread = CoarseFilter.Spread.of(all.unit(), ROWS, D);
      int[] numbers = IntStream.range(0, QUERIES).toArray();
      var made = CoarseFilter.of(queries, numbers, bounds, spread, arena);
      if (made.isEmpty()) {
        return; // no 8-bit products on this machine: ByteProductTest says where there are
      }
      boolean[][] seen = new boolean[QUERIES][ROWS];
      var found = new AtomicInteger();
      try (CoarseFilter filter = made.get()) {
        filter.scan(
            new PoolScan.Block(all, 0, 0, 0),
            (q, r) -> {
              seen[q][r] = true;
              found.incrementAndGet();
            });
      }
      for (int q = 0; q < QUERIES; q++) {
        for (int r = 0; r < ROWS; r++) {
          assertTrue(seen[q][r] || queries.cosine(q, all, r) < bounds[q], "pair " + q + ", " + r);
        }
      }
      assertTrue(found.get() < 0.06 * QUERIES * ROWS, found + " pairs are left");
    }
  }
}

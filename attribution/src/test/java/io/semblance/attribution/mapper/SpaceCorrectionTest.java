package io.semblance.attribution.mapper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.semblance.attribution.feature.FeatureRows;
import io.semblance.attribution.feature.MemoryFeatures;
import io.semblance.core.SemblanceException;
import io.semblance.core.search.Metric;
import io.semblance.core.table.Provenance;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SpaceCorrectionTest {

  private static final int D = 5;
  private static final int N = 400;

  /// Correlated rows with a mean away from 0.
  private static float[] rows() {
    var random = new Random(4);
    float[] out = new float[N * D];
    for (int r = 0; r < N; r++) {
      double common = random.nextGaussian();
      for (int j = 0; j < D; j++) {
        out[r * D + j] = (float) (3 + j + common + (1 + j) * random.nextGaussian());
      }
    }
    return out;
  }

  private static float[] corrected(SpaceCorrection correction) throws IOException {
    float[] rows = rows();
    List<FeatureRows> pool = List.of(new MemoryFeatures(Provenance.unknown("net"), rows, D, null));
    FeatureSpace space = correction.fit(pool);
    assertSame(space.training(), space.synthesized());
    assertEquals(64, space.sha256().length());
    return Maps.apply(space.training(), rows);
  }

  private static double mean(float[] rows, int column) {
    double sum = 0;
    for (int r = 0; r < N; r++) {
      sum += rows[r * D + column];
    }
    return sum / N;
  }

  @Test
  void centringTakesTheMeanOff() throws IOException {
    float[] found = corrected(SpaceCorrection.CENTRE);
    float[] rows = rows();
    for (int j = 0; j < D; j++) {
      assertEquals(0, mean(found, j), 1e-5);
      assertEquals(rows[j] - rows[D + j], found[j] - found[D + j], 1e-5);
    }
  }

  @Test
  void whiteningMakesTheCovarianceTheIdentity() throws IOException {
    float[] found = corrected(SpaceCorrection.WHITEN);
    for (int i = 0; i < D; i++) {
      assertEquals(0, mean(found, i), 1e-5);
      for (int j = 0; j < D; j++) {
        double sum = 0;
        for (int r = 0; r < N; r++) {
          sum += found[r * D + i] * found[r * D + j];
        }
        assertEquals(i == j ? 1 : 0, sum / (N - 1), 1e-4);
      }
    }
  }

  /// The naive twin of the density: all cosines, sorted.
  private static double near(float[] x, float[] pool, int neighbours) {
    double[] cosines =
        IntStream.range(0, pool.length / D)
            .mapToDouble(r -> Metric.COSINE.score(x, row(pool, r)))
            .filter(c -> c < 1 - 1e-6)
            .sorted()
            .toArray();
    return Arrays.stream(cosines)
        .skip(Math.max(0, cosines.length - neighbours))
        .average()
        .orElse(0);
  }

  private static float[] row(float[] rows, int r) {
    return Arrays.copyOfRange(rows, r * D, (r + 1) * D);
  }

  private static void assertCsls(float[] pool, float[] queries, int neighbours) throws IOException {
    List<FeatureRows> rows = List.of(new MemoryFeatures(Provenance.unknown("net"), pool, D, null));
    FeatureSpace space = SpaceCorrection.csls(neighbours).fit(rows);
    assertEquals(D + 4, space.training().outputs());
    float[] training = Maps.apply(space.training(), pool);
    float[] made = Maps.apply(space.synthesized(), queries);
    int wide = D + 4;
    for (int q = 0; q < queries.length / D; q++) {
      float[] x = row(queries, q);
      double nearX = near(x, pool, neighbours);
      for (int r = 0; r < pool.length / D; r += 7) {
        float[] y = row(pool, r);
        double csls = 2 * Metric.COSINE.score(x, y) - nearX - near(y, pool, neighbours);
        double found =
            Metric.COSINE.score(
                Arrays.copyOfRange(made, q * wide, (q + 1) * wide),
                Arrays.copyOfRange(training, r * wide, (r + 1) * wide));
        assertEquals(csls, 4.5 * found, 2e-6, q + " " + r);
      }
    }
  }

  @Test
  void cslsIsWhatItsDefinitionSays() throws IOException {
    float[] rows = rows();
    System.arraycopy(rows, 0, rows, 5 * D, D); // a copy
    Arrays.fill(rows, 9 * D, 10 * D, 0); // no direction
    float[] queries = Arrays.copyOfRange(rows(), 20 * D, 30 * D);
    queries[3] += 4;
    assertCsls(rows, queries, SpaceCorrection.NEIGHBOURS);
    assertCsls(rows, queries, 1);
    assertCsls(Arrays.copyOf(rows, 6 * D), queries, 10); // fewer rows than neighbours
  }

  @Test
  void cslsOfCopiesIsEqualToTheLastBit() throws IOException {
    float[] rows = rows();
    System.arraycopy(rows, 0, rows, 300 * D, D);
    List<FeatureRows> pool = List.of(new MemoryFeatures(Provenance.unknown("net"), rows, D, null));
    float[] mapped = Maps.apply(SpaceCorrection.csls(10).fit(pool).training(), rows);
    int wide = D + 4;
    for (int j = 0; j < wide; j++) {
      assertEquals(mapped[j], mapped[300 * wide + j]);
    }
  }

  @Test
  void cslsMovesHubsDown() throws IOException {
    // row 0 is near to all, row 1 to one query only: by cosine the hub wins, by CSLS it does not
    int n = 40;
    float[] rows = new float[n * D];
    var random = new Random(3);
    for (int r = 2; r < n; r++) {
      rows[r * D] = 1;
      for (int j = 1; j < D - 1; j++) {
        rows[r * D + j] = 0.3f * (float) random.nextGaussian();
      }
    }
    rows[0] = 1; // the mean direction
    rows[D + D - 1] = 0.9f;
    rows[D] = 0.35f;
    float[] query = new float[D];
    query[0] = 1;
    query[D - 1] = 0.8f;
    List<FeatureRows> pool = List.of(new MemoryFeatures(Provenance.unknown("net"), rows, D, null));
    FeatureSpace space = SpaceCorrection.csls(10).fit(pool);
    float[] mapped = Maps.apply(space.training(), rows);
    float[] asked = Maps.apply(space.synthesized(), query);
    int wide = D + 4;
    double hub = Metric.COSINE.score(asked, Arrays.copyOf(mapped, wide));
    double own = Metric.COSINE.score(asked, Arrays.copyOfRange(mapped, wide, 2 * wide));
    assertTrue(
        Metric.COSINE.score(query, row(rows, 0)) - Metric.COSINE.score(query, row(rows, 1)) > -0.1);
    assertTrue(own > hub + 0.05, own + " " + hub);
  }

  @Test
  void aRowThatIsNotFiniteStaysSo() throws IOException {
    float[] rows = rows();
    List<FeatureRows> pool = List.of(new MemoryFeatures(Provenance.unknown("net"), rows, D, null));
    FeatureSpace space = SpaceCorrection.csls(10).fit(pool);
    rows[2 * D] = Float.NaN;
    float[] mapped = Maps.apply(space.training(), rows);
    assertTrue(Float.isNaN(mapped[2 * (D + 4) + D]));
    assertTrue(Float.isFinite(mapped[3 * (D + 4) + D]));
    for (var correction : List.of(SpaceCorrection.CENTRE, SpaceCorrection.csls(2))) {
      var e = assertThrows(SemblanceException.class, () -> correction.fit(pool));
      assertTrue(e.getMessage().contains("row 2 holds NaN"), e.getMessage());
    }
  }

  @Test
  void wordsAreReadAsTheyAreWritten() {
    for (var c :
        List.of(
            SpaceCorrection.NONE,
            SpaceCorrection.CENTRE,
            SpaceCorrection.WHITEN,
            SpaceCorrection.csls(3))) {
      assertEquals(c, SpaceCorrection.parse(c.word()));
    }
    assertEquals(SpaceCorrection.csls(10), SpaceCorrection.parse("CSLS"));
    for (String wrong : List.of("center", "csls:", "csls:0", "csls:x", "centre:2", "")) {
      var e = assertThrows(IllegalArgumentException.class, () -> SpaceCorrection.parse(wrong));
      assertTrue(e.getMessage().contains("csls:K"), e.getMessage());
    }
  }
}

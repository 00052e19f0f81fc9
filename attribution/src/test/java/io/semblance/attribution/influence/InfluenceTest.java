package io.semblance.attribution.influence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.semblance.attribution.Attribution;
import io.semblance.attribution.AttributionDocument;
import io.semblance.attribution.AttributionIndex;
import io.semblance.attribution.AttributionOptions;
import io.semblance.attribution.Attributor;
import io.semblance.attribution.Golden;
import io.semblance.attribution.IndexBuilder;
import io.semblance.attribution.Queries;
import io.semblance.attribution.Query;
import io.semblance.attribution.TestTables;
import io.semblance.attribution.calibrate.Calibrator;
import io.semblance.attribution.calibrate.Calibrator.Resample;
import io.semblance.attribution.calibrate.CalibratorFile;
import io.semblance.attribution.mapper.MapperFile;
import io.semblance.attribution.mapper.SpaceCorrection;
import io.semblance.attribution.report.AttributionReport;
import io.semblance.core.Progress;
import io.semblance.core.SemblanceException;
import io.semblance.core.search.Metric;
import io.semblance.core.table.EmbeddingTable;
import io.semblance.core.table.Provenance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InfluenceTest {

  private static final int D = TestTables.D;

  @TempDir Path temp;
  private AttributionIndex index;

  @BeforeEach
  void openIndex() throws IOException {
    Path a =
        TestTables.write(temp.resolve("a"), temp.resolve("cats"), TestTables.model(), 1, ids(60));
    Path b =
        TestTables.write(temp.resolve("b"), temp.resolve("dogs"), TestTables.model(), 2, ids(40));
    IndexBuilder.build(List.of(a, b), temp.resolve("index"));
    index = AttributionIndex.open(temp.resolve("index"));
  }

  @AfterEach
  void closeIndex() {
    index.close();
  }

  private static String[] ids(int n) {
    return IntStream.range(0, n).mapToObj(i -> i + ".png").toArray(String[]::new);
  }

  private static Queries queries(int n) {
    List<Query> images =
        IntStream.range(0, n).mapToObj(i -> new Query("q" + i, null, null)).toList();
    return new Queries(images, TestTables.vectors(77, n), TestTables.model());
  }

  private static Calibrator calibrator(
      double tau, double lambda, Provenance model, String mapper, long pool) {
    return new Calibrator(
        1,
        tau,
        lambda,
        "exact",
        null,
        new Calibrator.Conditions(model, mapper, pool, List.of(), "test"),
        0.5,
        0.1,
        List.of(
            new Resample(tau, lambda),
            new Resample(tau * 1.1, lambda / 2),
            new Resample(tau * 0.9, 0)));
  }

  private Attribution attribute(Calibrator calibrator, int n, int top, Groups groups)
      throws IOException {
    return new InfluenceAttributor(index, null, calibrator, groups)
        .attribute(queries(n), new AttributionOptions(top, false), Progress.none());
  }

  /// Every cosine by [Metric], descending.
  private double[] naive(float[] query) {
    var scores = new ArrayList<Double>();
    for (EmbeddingTable table : index.tables()) {
      for (int r = 0; r < table.size(); r++) {
        scores.add(Metric.COSINE.score(query, table.vector(r)));
      }
    }
    return scores.stream().mapToDouble(s -> s).map(s -> -s).sorted().map(s -> -s).toArray();
  }

  @Test
  void sharesAreThoseOfTheNaiveTwinAndSumToOne() throws IOException {
    for (double lambda : new double[] {0, 0.05, 0.4, -0.01}) {
      Calibrator c = calibrator(0.15, lambda, TestTables.model(), null, 100);
      Attribution answer = attribute(c, 5, 7, Groups.by(index, "source"));
      for (int q = 0; q < 5; q++) {
        float[] vector = Arrays.copyOfRange(queries(5).vectors(), q * D, (q + 1) * D);
        double[] scores = naive(vector);
        double[] weights =
            Arrays.stream(scores)
                .map(s -> Math.max(0, Math.exp((s - scores[0]) / 0.15) - lambda))
                .toArray();
        double sum = Arrays.stream(weights).sum();
        Influence found = answer.influences().get(q);
        double listed = 0;
        for (int i = 0; i < 7; i++) {
          assertEquals(scores[i], answer.rankings().get(q).hits().get(i).score(), 1e-12);
          assertEquals(weights[i] / sum, found.shares().get(i), 1e-5);
          listed += found.shares().get(i);
        }
        assertEquals(1, listed + found.remaining(), 1e-9);
        assertEquals(1, found.groups().stream().mapToDouble(g -> g.share()).sum(), 1e-6);
        assertEquals(scores[0] >= 0.5, found.enough());
      }
    }
  }

  @Test
  void intervalsHoldTheSharesOfTheResamples() throws IOException {
    Calibrator c = calibrator(0.15, 0.05, TestTables.model(), null, 100);
    Attribution answer = attribute(c, 1, 3, null);
    float[] vector = queries(1).vectors();
    double[] scores = naive(vector);
    for (int i = 0; i < 3; i++) {
      int hit = i;
      double[] shares =
          c.resamples().stream()
              .mapToDouble(
                  r -> {
                    double sum =
                        Arrays.stream(scores)
                            .map(s -> Math.exp((s - scores[0]) / r.tau()) - r.lambda())
                            .filter(w -> w > 0)
                            .sum();
                    double weight = Math.exp((scores[hit] - scores[0]) / r.tau()) - r.lambda();
                    return Math.max(0, weight) / sum;
                  })
              .sorted()
              .toArray();
      assertEquals(shares[0], answer.influences().getFirst().intervals().get(i).low(), 1e-4);
      assertEquals(shares[2], answer.influences().getFirst().intervals().get(i).high(), 1e-4);
    }
  }

  @Test
  void manyQueriesAreAnsweredAsOneByOne() throws IOException {
    Calibrator c = calibrator(0.1, 0.01, TestTables.model(), null, 100);
    Attribution many = attribute(c, 600, 2, null);
    assertEquals(600, many.influences().size());
    Attribution few = attribute(c, 300, 2, null);
    for (int q = 0; q < 300; q++) {
      assertEquals(
          few.influences().get(q).shares().getFirst(),
          many.influences().get(q).shares().getFirst(),
          1e-6);
    }
  }

  @Test
  void refusesAnotherModelOrMapperAndWarnsOfAnotherPool() throws IOException {
    var e =
        assertThrows(
            SemblanceException.class,
            () -> attribute(calibrator(0.1, 0, TestTables.model("bbbb"), null, 100), 1, 1, null));
    assertTrue(e.getMessage().contains("bbbb"), e.getMessage());
    e =
        assertThrows(
            SemblanceException.class,
            () -> attribute(calibrator(0.1, 0, TestTables.model(), "cafe01", 100), 1, 1, null));
    assertTrue(e.getMessage().contains("cafe01"), e.getMessage());
    Attribution answer =
        attribute(calibrator(0.1, 0, TestTables.model(), null, 100_000), 1, 1, null);
    assertTrue(answer.notes().getFirst().contains("100,000"), answer.notes().toString());
    assertTrue(
        attribute(calibrator(0.1, 0, TestTables.model(), null, 250), 1, 1, null)
            .warnings()
            .isEmpty());
    Attribution published =
        attribute(CalibratorFile.read(Golden.path("calibrator.pth")), 1, 1, null);
    assertEquals(1, published.warnings().size());
    assertNull(published.influences().getFirst().enough());
  }

  @Test
  void refusesAMapperOfAnotherDimension() throws IOException {
    var attributor =
        new InfluenceAttributor(
            index, MapperFile.read(Golden.path("mapper-affine.pth")), null, null);
    var e =
        assertThrows(
            SemblanceException.class,
            () -> attributor.attribute(queries(1), AttributionOptions.defaults(), Progress.none()));
    assertTrue(e.getMessage().contains("6 dimensions"), e.getMessage());
  }

  private AttributionIndex corrected(SpaceCorrection correction) throws IOException {
    List<Path> tables = List.of(temp.resolve("a"), temp.resolve("b"));
    IndexBuilder.build(tables, temp.resolve("corrected"), correction);
    return AttributionIndex.open(temp.resolve("corrected"));
  }

  private static double near(float[] x, List<float[]> pool, int neighbours) {
    return pool.stream()
        .map(y -> Metric.COSINE.score(x, y))
        .filter(c -> c < 1 - 1e-6)
        .sorted(Comparator.reverseOrder())
        .limit(neighbours)
        .mapToDouble(c -> c)
        .average()
        .orElseThrow();
  }

  @Test
  void aCorrectedIndexRanksByTheCorrectedScore() throws IOException {
    try (AttributionIndex csls = corrected(SpaceCorrection.csls(4))) {
      assertEquals("csls:4", csls.manifest().correction());
      Attribution answer =
          new Attributor(csls)
              .attribute(queries(3), new AttributionOptions(5, false), Progress.none());
      var pool = new ArrayList<float[]>();
      for (EmbeddingTable table : csls.tables()) {
        IntStream.range(0, table.size()).forEach(r -> pool.add(table.vector(r)));
      }
      for (int q = 0; q < 3; q++) {
        float[] x = Arrays.copyOfRange(queries(3).vectors(), q * D, (q + 1) * D);
        double[] scores =
            pool.stream()
                .mapToDouble(
                    y -> 2 * Metric.COSINE.score(x, y) - near(x, pool, 4) - near(y, pool, 4))
                .map(s -> -s / 4.5)
                .sorted()
                .toArray();
        for (int i = 0; i < 5; i++) {
          assertEquals(-scores[i], answer.rankings().get(q).hits().get(i).score(), 1e-6);
        }
      }
      var document = AttributionDocument.of(answer, "test");
      assertEquals("csls:4 / 4.5", document.metric());
      assertEquals("csls:4", document.behind().correction());
      assertEquals(64, document.behind().correctionSha256().length());
    }
  }

  @Test
  void aCalibratorHoldsForItsCorrectionOnly() throws IOException {
    try (AttributionIndex centred = corrected(SpaceCorrection.CENTRE)) {
      var plain = calibrator(0.1, 0, TestTables.model(), null, 100);
      var e = assertThrows(SemblanceException.class, () -> ask(centred, plain));
      assertTrue(e.getMessage().contains("'none', and the index has 'centre'"), e.getMessage());
      Attribution same = ask(centred, fitted(plain, "centre", centred.space().sha256()));
      assertTrue(same.warnings().isEmpty(), same.warnings().toString());
      double sum = same.influences().getFirst().shares().stream().mapToDouble(s -> s).sum();
      assertEquals(1, sum + same.influences().getFirst().remaining(), 1e-9);
      Attribution others = ask(centred, fitted(plain, "centre", "cafe"));
      assertTrue(
          others.notes().getFirst().contains("other distractors"), others.notes().toString());
      var mapped =
          new InfluenceAttributor(
              centred, MapperFile.read(Golden.path("mapper-affine.pth")), null, null);
      e =
          assertThrows(
              SemblanceException.class,
              () -> mapped.attribute(queries(1), AttributionOptions.defaults(), Progress.none()));
      assertTrue(e.getMessage().contains("corrects its space (centre)"), e.getMessage());
    }
  }

  private static Attribution ask(AttributionIndex index, Calibrator calibrator) throws IOException {
    return new InfluenceAttributor(index, null, calibrator, null)
        .attribute(queries(1), AttributionOptions.defaults(), Progress.none());
  }

  private static Calibrator fitted(Calibrator c, String correction, String sha256) {
    return new Calibrator(
        c.schema(),
        c.tau(),
        c.lambda(),
        c.schedule(),
        c.fit(),
        new Calibrator.Conditions(
            TestTables.model(), null, 100, List.of(), "test", correction, sha256),
        c.evidence(),
        c.ordinaryDrop(),
        c.resamples());
  }

  @Test
  void anIndexOfAnUnknownCorrectionIsRefused() throws IOException {
    corrected(SpaceCorrection.WHITEN).close();
    Path file = temp.resolve("corrected/index.json");
    Files.writeString(file, Files.readString(file).replace("whiten", "polish"));
    var e =
        assertThrows(
            SemblanceException.class, () -> AttributionIndex.open(temp.resolve("corrected")));
    assertTrue(e.getMessage().contains("'polish' is no correction"), e.getMessage());
  }

  @Test
  void refusesAColumnThatIsNotThere() {
    var e = assertThrows(SemblanceException.class, () -> Groups.by(index, "creator"));
    assertTrue(e.getMessage().contains("creator"), e.getMessage());
  }

  @Test
  void saysCopyOnlyOfASteepDrop() throws IOException {
    Path table = temp.resolve("a");
    Queries self;
    try (EmbeddingTable t = io.semblance.core.table.TableFolder.open(table)) {
      float[] first = t.vector(0);
      self = new Queries(List.of(new Query("q", null, null)), first, TestTables.model());
    }
    Calibrator c = calibrator(0.1, 0.01, TestTables.model(), null, 100);
    var attributor = new InfluenceAttributor(index, null, c, null);
    Attribution copy =
        attributor.attribute(self, new AttributionOptions(5, false), Progress.none());
    double drop = copy.rankings().getFirst().largestDrop().orElseThrow().size();
    assertEquals(drop > 0.2, copy.influences().getFirst().copy());
  }

  @Test
  void aCopyIsDrawnWithItsDrop() throws IOException {
    Queries self;
    try (EmbeddingTable t = io.semblance.core.table.TableFolder.open(temp.resolve("a"))) {
      self = new Queries(List.of(new Query("q", null, null)), t.vector(0), TestTables.model());
    }
    Calibrator c = calibrator(0.1, 0.01, TestTables.model(), null, 100);
    Calibrator steep = withDrop(c, 0.001);
    var options = new AttributionOptions(5, false);
    Attribution answer =
        new InfluenceAttributor(index, null, steep, null).attribute(self, options, Progress.none());
    AttributionReport.write(answer, "test", temp.resolve("copy"));
    String svg = Files.readString(temp.resolve("copy/copies.svg"));
    int before = answer.rankings().getFirst().largestDrop().orElseThrow().afterRank();
    assertEquals(before, svg.split("fill=\"#2a7d3f\"", -1).length - 1);
    assertEquals(5 - before, svg.split("fill=\"#d9730d\"", -1).length - 1);
    Attribution ordinary =
        new InfluenceAttributor(index, null, withDrop(c, 2.0), null)
            .attribute(self, options, Progress.none());
    AttributionReport.write(ordinary, "test", temp.resolve("copy"));
    assertFalse(Files.exists(temp.resolve("copy/copies.svg")), "an older answer's figure is gone");
  }

  private static Calibrator withDrop(Calibrator c, double drop) {
    return new Calibrator(
        c.schema(),
        c.tau(),
        c.lambda(),
        c.schedule(),
        c.fit(),
        c.conditions(),
        c.evidence(),
        drop,
        c.resamples());
  }

  @Test
  void theReportAndTheDocumentSayInfluence() throws IOException {
    Calibrator c = calibrator(0.15, 0.05, TestTables.model(), null, 100);
    Attribution answer = attribute(c, 2, 4, Groups.by(index, "source"));
    AttributionReport.write(answer, "test", temp.resolve("out"));
    String page = Files.readString(temp.resolve("out/report.html"));
    assertTrue(page.contains("<h1>Influence</h1>"));
    assertTrue(page.contains("remain with all other images"));
    var document = AttributionDocument.of(answer, "test");
    var details = document.influence().getFirst();
    double share = document.queries().getFirst().hits().getFirst().influence();
    assertTrue(details.intervals().getFirst().low() <= share);
    assertTrue(share <= details.intervals().getFirst().high());
    assertEquals(2, details.groups().size());
    assertFalse(document.queries().getFirst().remaining().isNaN());
  }
}

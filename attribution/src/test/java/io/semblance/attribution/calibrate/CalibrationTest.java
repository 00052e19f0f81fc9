package io.semblance.attribution.calibrate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.semblance.attribution.Golden;
import io.semblance.attribution.feature.Pool;
import io.semblance.attribution.feature.TestSet;
import io.semblance.attribution.mapper.FeatureMap;
import io.semblance.attribution.synthetic.SyntheticBenchmark;
import io.semblance.core.Progress;
import io.semblance.core.SemblanceException;
import io.semblance.core.file.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CalibrationTest {

  @TempDir Path temp;

  private static KeptScores golden() throws IOException {
    double[] scores = Golden.numbers("calibration-scores");
    double[] counts = Golden.numbers("calibration-counts");
    int kept = scores.length / counts.length;
    var queries = new ArrayList<KeptScores.Query>();
    for (int q = 0; q < counts.length; q++) {
      float[] all = new float[kept];
      for (int i = 0; i < kept; i++) {
        all[i] = (float) scores[q * kept + i];
      }
      int e = (int) counts[q];
      queries.add(new KeptScores.Query(q, Arrays.copyOf(all, e), Arrays.copyOfRange(all, e, kept)));
    }
    return KeptScores.of(queries);
  }

  @Test
  void thePaperScheduleIsThatOfPyTorch() throws IOException {
    var loss = new CalibrationLoss(golden(), PaperSchedule.BETA);
    var schedule = new PaperSchedule();
    int step = 0;
    for (List<String> line : Golden.csv("calibration.csv")) {
      while (step < Integer.parseInt(line.get(0))) {
        schedule.step(loss, null, ++step);
      }
      assertEquals(Double.parseDouble(line.get(1)), schedule.inverseTau(), 1e-9);
      assertEquals(Double.parseDouble(line.get(2)), schedule.bias(), 1e-9);
      CalibrationLoss.At at = loss.at(schedule.inverseTau(), -0.001 * schedule.bias());
      assertEquals(Double.parseDouble(line.get(3)), at.value(), 1e-12);
      assertEquals(Double.parseDouble(line.get(4)), at.byInverseTau(), 1e-10);
      assertEquals(Double.parseDouble(line.get(5)), -0.001 * at.byLambda(), 1e-12);
    }
    assertEquals(200, step);
  }

  @Test
  void theExactScheduleFitsNoWorse() throws IOException {
    KeptScores scores = golden();
    var calibration = new Calibration(scores);
    var conditions = new Calibrator.Conditions(null, null, 60, List.of(), "test");
    Calibrator paper = calibration.fit(Calibration.Schedule.PAPER, 0, conditions, Progress.none());
    Calibrator exact = calibration.fit(Calibration.Schedule.EXACT, 0, conditions, Progress.none());
    double beta = ExactSchedule.lastBeta();
    assertTrue(
        calibration.divergence(exact.tau(), exact.lambda(), beta)
            <= calibration.divergence(paper.tau(), paper.lambda(), beta) + 1e-9);
    assertTrue(paper.fit().divergenceAfter() < paper.fit().divergenceBefore());
  }

  @Test
  void gradientsAreThoseOfDifferences() throws IOException {
    KeptScores scores = golden();
    for (double beta : new double[] {100, 10_000}) {
      var loss = new CalibrationLoss(scores, beta);
      double a = 9;
      double lambda = 0.002;
      double h = 1e-6;
      CalibrationLoss.At at = loss.at(a, lambda);
      double byA = (loss.at(a + h, lambda).value() - loss.at(a - h, lambda).value()) / (2 * h);
      double byLambda = (loss.at(a, lambda + h).value() - loss.at(a, lambda - h).value()) / (2 * h);
      assertEquals(byA, at.byInverseTau(), 1e-6 * Math.max(1, Math.abs(byA)));
      assertEquals(byLambda, at.byLambda(), 1e-4 * Math.max(1, Math.abs(byLambda)));
    }
  }

  @Test
  void sharesOfAQuerySumToOne() throws IOException {
    KeptScores scores = golden();
    for (int q = 0; q < scores.queries(); q++) {
      double[] shares = ShareTable.shares(scores, q, 0.1, 0.02);
      assertEquals(1, Arrays.stream(shares).sum(), 1e-12);
    }
    long images = ShareTable.bins(scores, 0.1, 0.02).stream().mapToLong(b -> b.images()).sum();
    assertEquals(scores.size(), images);
  }

  @Test
  void theDistributionOfInfluenceCountsEveryKeptScore() throws IOException {
    KeptScores scores = golden();
    for (double lambda : new double[] {0, 0.02, 0.4}) {
      ShareHistogram found = ShareHistogram.of(scores, 0.1, lambda);
      long images = found.none();
      for (int b = 0; b < ShareHistogram.BINS; b++) {
        long inBin = 0;
        for (int q = 0; q < scores.queries(); q++) {
          for (double share : ShareTable.shares(scores, q, 0.1, lambda)) {
            boolean least = b == 0 && share > 0 && share < ShareHistogram.edge(1);
            boolean in = share >= ShareHistogram.edge(b) && share < ShareHistogram.edge(b + 1);
            boolean all = b == ShareHistogram.BINS - 1 && share >= ShareHistogram.edge(b);
            inBin += least || in || all ? 1 : 0;
          }
        }
        assertEquals(inBin, found.images(b), "bin " + b);
        images += found.images(b);
      }
      assertEquals(scores.size(), images);
      assertEquals(lambda > 0, found.none() > 0);
    }
    var conditions = new Calibrator.Conditions(null, null, 60, List.of(), "test");
    Calibrator own =
        new Calibration(scores).fit(Calibration.Schedule.PAPER, 0, conditions, Progress.none());
    CalibrationReport.write(own, scores, temp.resolve("out"));
    List<String> csv = Files.readAllLines(temp.resolve("out/distribution.csv"));
    assertEquals("from,to,before,after", csv.getFirst());
    assertEquals(ShareHistogram.BINS + 2, csv.size());
    long before = csv.stream().skip(1).mapToLong(l -> Long.parseLong(l.split(",", -1)[2])).sum();
    assertEquals(scores.size(), before);
  }

  @Test
  void keepsTheHighestScoresOnDisk() throws IOException {
    var data = new SyntheticBenchmark(6, 0.5, 4);
    TestSet set = data.split("val", 5, 2, 3);
    Path file = temp.resolve("scores.bin");
    FeatureMap same = FeatureMap.identity(6);
    try (Pool pool = Pool.of(data.distractors(5000));
        ScoreFile all =
            ScoreFile.collect(List.of(set), pool, same, same, 5002, file, Progress.none());
        ScoreFile some =
            ScoreFile.collect(
                List.of(set), pool, same, same, 40, temp.resolve("b"), Progress.none())) {
      assertEquals(15, some.scores().queries());
      for (int q = 0; q < 15; q++) {
        assertEquals(5002, all.scores().count(q));
        assertEquals(40, some.scores().count(q));
        for (int i = 0; i < 40; i++) {
          assertEquals(all.scores().score(q, i), some.scores().score(q, i));
        }
      }
    }
    assertTrue(!Files.exists(file));
  }

  @Test
  void readsPublishedCalibratorsAndItsOwn() throws IOException {
    Calibrator published = CalibratorFile.read(Golden.path("calibrator.pth"));
    assertEquals(0.04, published.tau(), 1e-12);
    assertEquals(0.03, published.lambda(), 1e-12);
    var conditions = new Calibrator.Conditions(null, null, 60, List.of("a"), "test");
    Calibrator own =
        new Calibration(golden()).fit(Calibration.Schedule.PAPER, 0, conditions, Progress.none());
    Path file = temp.resolve("calibrator.json");
    Json.write(own, file);
    assertEquals(own, CalibratorFile.read(file));
    Files.writeString(file, "{\"schema\": 1, \"tau\": -1, \"lambda\": 0}");
    assertThrows(SemblanceException.class, () -> CalibratorFile.read(file));
    assertThrows(
        SemblanceException.class, () -> CalibratorFile.read(Golden.path("laion_subset.pth")));
  }
}

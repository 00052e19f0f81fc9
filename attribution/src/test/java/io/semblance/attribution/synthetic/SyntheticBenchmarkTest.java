package io.semblance.attribution.synthetic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.semblance.attribution.calibrate.Calibration;
import io.semblance.attribution.calibrate.Calibrator;
import io.semblance.attribution.calibrate.KeptScores;
import io.semblance.attribution.evaluate.Evaluator;
import io.semblance.attribution.feature.Pool;
import io.semblance.attribution.feature.TestSet;
import io.semblance.attribution.mapper.FeatureMap;
import io.semblance.attribution.mapper.Mapper;
import io.semblance.attribution.mapper.MapperFile;
import io.semblance.attribution.mapper.MapperTraining;
import io.semblance.attribution.mapper.Maps;
import io.semblance.attribution.mapper.TrainingOptions;
import io.semblance.attribution.mapper.TrainingPairs;
import io.semblance.core.Progress;
import io.semblance.core.SemblanceException;
import io.semblance.core.linalg.LinearAlgebra;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SyntheticBenchmarkTest {

  @TempDir Path temp;

  /// Products this small wait longer for a second thread than they take.
  @BeforeAll
  static void useOneThread() {
    LinearAlgebra.threads(1);
  }

  private static double meanAveragePrecision(
      TestSet set, Pool pool, FeatureMap training, FeatureMap synthesized) throws IOException {
    return new Evaluator(pool, training, synthesized, List.of(10))
        .evaluate(List.of(set), Progress.none())
        .getFirst()
        .metric("mAP")
        .estimate()
        .value();
  }

  private static MapperTraining.Outcome train(
      SyntheticBenchmark data, TrainingOptions options, Path out) throws IOException {
    var pairs = new TrainingPairs(List.of(List.of(data.split("train", 1500, 2, 4))));
    TestSet held = data.split("val", 100, 2, 2);
    Pool pool = Pool.of(data.distractors(1000));
    return new MapperTraining(
            pairs,
            options,
            mapper ->
                new Evaluator(pool, mapper.training(), mapper.synthesized(), List.of(10))
                    .evaluate(List.of(held), Progress.none())
                    .getFirst()
                    .metric("R@10")
                    .estimate()
                    .value(),
            out,
            Map.of("data", "synthetic"))
        .run(Progress.none());
  }

  @ParameterizedTest
  @CsvSource({"24, 0.8, 1", "32, 1.0, 2"})
  void trainingClosesTheGapToTheOracle(int dimension, double noise, long seed) throws IOException {
    var data = new SyntheticBenchmark(dimension, noise, seed);
    TestSet test = data.split("test", 150, 2, 2);
    Pool pool = Pool.of(data.distractors(3000));
    FeatureMap same = FeatureMap.identity(dimension);
    double identity = meanAveragePrecision(test, pool, same, same);
    double oracle = meanAveragePrecision(test, pool, data.oracle(), same);
    assertTrue(oracle > identity + 0.2, identity + " to " + oracle);
    var options =
        TrainingOptions.defaults().withEpochs(100).withBatch(128).withRate(2e-3).withSeed(seed);
    MapperTraining.Outcome outcome = train(data, options, temp);
    assertTrue(outcome.best() > 0);
    Mapper mapper = MapperFile.read(temp.resolve("mapper.safetensors"));
    double trained = meanAveragePrecision(test, pool, mapper.training(), mapper.synthesized());
    double closed = (trained - identity) / (oracle - identity);
    assertTrue(closed > 0.8, "%.3f of %.3f to %.3f".formatted(trained, identity, oracle));
  }

  @Test
  void aStoppedTrainingGoesOnToTheSameMapper() throws IOException {
    var data = new SyntheticBenchmark(8, 0.5, 3);
    var options = TrainingOptions.defaults().withEpochs(4).withBatch(512).withRate(5e-3);
    train(data, options, temp.resolve("whole"));
    var pairs = new TrainingPairs(List.of(List.of(data.split("train", 1500, 2, 4))));
    Path out = temp.resolve("stopped");
    int[] left = {3};
    assertThrows(
        IllegalStateException.class,
        () ->
            new MapperTraining(
                    pairs,
                    options,
                    _ -> {
                      if (left[0]-- == 0) {
                        throw new IllegalStateException("stop");
                      }
                      return 0.1;
                    },
                    out,
                    Map.of("data", "synthetic"))
                .run(Progress.none()));
    double[] recall = {0.1};
    new MapperTraining(pairs, options, _ -> recall[0] += 0.1, out, Map.of("data", "synthetic"))
        .run(Progress.none());
    Path again = temp.resolve("again");
    new MapperTraining(pairs, options, _ -> recall[0] += 0.1, again, Map.of("data", "synthetic"))
        .run(Progress.none());
    Mapper one = MapperFile.read(out.resolve("mapper.safetensors"));
    Mapper two = MapperFile.read(again.resolve("mapper.safetensors"));
    float[] x = data.split("x", 3, 1, 1).exemplars().vectors();
    assertArrayEquals(Maps.apply(one.training(), x), Maps.apply(two.training(), x));
    var other = new MapperTraining(pairs, options.withSeed(9), _ -> 0, out, Map.of());
    var e = assertThrows(SemblanceException.class, () -> other.run(Progress.none()));
    assertTrue(e.getMessage().contains("options"), e.getMessage());
    Files.write(out.resolve("checkpoint.safetensors"), new byte[20]);
    assertThrows(SemblanceException.class, () -> other.run(Progress.none()));
  }

  @ParameterizedTest
  @CsvSource({"1, 0.02, 0.05", "2, 0.05, 0.01", "3, 0.03, 0.2"})
  void exactCalibrationReachesTheLawsDivergence(long seed, double tau, double lambda) {
    var data = new SyntheticBenchmark(8, 0.5, seed);
    KeptScores fitted = data.influence(1500, 400, tau, lambda, 0);
    Calibrator found =
        new Calibration(fitted)
            .fit(
                Calibration.Schedule.EXACT,
                seed,
                new Calibrator.Conditions(null, null, 400, List.of(), "test"),
                Progress.none());
    var held = new Calibration(data.influence(1500, 400, tau, lambda, 1));
    double law = held.divergence(tau, lambda, 10_000);
    double ours = held.divergence(found.tau(), found.lambda(), 10_000);
    assertEquals(law, ours, 0.02 * law, found.tau() + " " + found.lambda());
    assertEquals(200, found.resamples().size());
    double[] taus =
        found.resamples().stream().mapToDouble(Calibrator.Resample::tau).sorted().toArray();
    assertTrue(taus[5] < tau && tau < taus[194], taus[5] + " to " + taus[194]);
  }
}

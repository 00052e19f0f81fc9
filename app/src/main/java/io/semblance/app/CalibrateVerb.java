package io.semblance.app;

import io.semblance.attribution.calibrate.Calibration;
import io.semblance.attribution.calibrate.CalibrationReport;
import io.semblance.attribution.calibrate.Calibrator;
import io.semblance.attribution.calibrate.ScoreFile;
import io.semblance.attribution.feature.Pool;
import io.semblance.attribution.feature.TestSet;
import io.semblance.attribution.feature.TestSetReader;
import io.semblance.core.file.Sha256;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `semblance calibrate`: from similarities to shares of influence.
@Command(
    name = "calibrate",
    description = {
      "Fit a calibrator: the temperature and the threshold that turn similarities into shares of"
          + " influence.",
      "",
      "It holds for one model, one mapper or correction, and about one size of pool."
    },
    footer = {
      "  semblance calibrate --split val.json --table tables/dino --distractors laion/dino --out"
          + " calibrator",
      "  semblance calibrate --split val.pth --distractors laion_subset.pth --mapper"
          + " mapper/mapper.safetensors --schedule paper --out calibrator",
    })
final class CalibrateVerb extends Verb {

  @Option(
      names = "--split",
      required = true,
      paramLabel = "FILE",
      description =
          "Train or validation splits: .json with --table, or .pth. Never the test split.")
  private List<Path> splits;

  @Mixin private FeatureInput features;

  @Option(
      names = "--schedule",
      paramLabel = "S",
      defaultValue = "exact",
      description = "exact (to convergence) or paper (200 steps of Adam, as published).")
  private Calibration.Schedule schedule;

  @Option(
      names = "--keep",
      paramLabel = "R",
      defaultValue = "100000",
      description = "Highest scores to keep of each query.")
  private int keep;

  @Option(
      names = "--per-model",
      paramLabel = "N",
      description = "Use at most N images of each model and scheme (all if not given).")
  private int perModel = Integer.MAX_VALUE;

  @Option(names = "--seed", paramLabel = "S", defaultValue = "0", description = "Of the draws.")
  private long seed;

  @Option(names = "--out", required = true, paramLabel = "DIR", description = "Result folder.")
  private Path out;

  @Mixin private Threads threads;

  @Override
  int run(Console console) throws IOException {
    if (keep < 2 || perModel < 1) {
      throw usage("--per-model needs 1 or more, --keep 2 or more");
    }
    features.requireOneSpace(this);
    Threads.use(threads.count());
    var sets = new ArrayList<TestSet>();
    var inputs = new ArrayList<String>();
    for (Path split : splits) {
      sets.add(TestSetReader.read(split, features.tables()).atMost(perModel));
      inputs.add(Sha256.of(split));
    }
    try (Pool pool = Pool.open(features.distractors())) {
      FeatureInput.Maps maps = features.maps(sets, pool);
      inputs.addAll(pool.hashes());
      var conditions =
          new Calibrator.Conditions(
              sets.getFirst().provenance(),
              maps.sha256(),
              pool.size(),
              inputs,
              AttributeVerb.program(),
              features.correction().word(),
              maps.correctionSha256());
      try (ScoreFile scores =
          ScoreFile.collect(
              sets,
              pool,
              maps.training(),
              maps.synthesized(),
              (int) Math.min(keep, Math.max(2, pool.size() + 1000)),
              out.resolve("scores.tmp"),
              console.progress("scoring", "queries"))) {
        Calibrator found =
            new Calibration(scores.scores())
                .fit(schedule, seed, conditions, console.progress("resampling", "fits"));
        CalibrationReport.write(found, scores.scores(), out);
        result(console, found, text(found));
      }
    }
    return Semblance.DONE;
  }

  private String text(Calibrator c) {
    return String.format(
        Locale.ROOT,
        "Calibrated on %d queries of %d models against %d distractors: tau %.5f, lambda %.5f%n"
            + "KL divergence (softplus) %.4f -> %.4f; %.1f %% of the exemplars get no influence%n"
            + "Calibrator: %s",
        c.fit().queries(),
        c.fit().models(),
        c.conditions().pool(),
        c.tau(),
        c.lambda(),
        c.fit().divergenceBefore(),
        c.fit().divergenceAfter(),
        100 * c.fit().exemplarsWithoutShare(),
        out.resolve("calibrator.json"));
  }
}

package io.semblance.app;

import io.semblance.attribution.evaluate.CaseResult;
import io.semblance.attribution.evaluate.Evaluator;
import io.semblance.attribution.feature.MemoryFeatures;
import io.semblance.attribution.feature.Pool;
import io.semblance.attribution.feature.TestSet;
import io.semblance.attribution.feature.TestSetReader;
import io.semblance.attribution.mapper.MapperKind;
import io.semblance.attribution.mapper.MapperTraining;
import io.semblance.attribution.mapper.MapperTraining.Line;
import io.semblance.attribution.mapper.MapperTraining.Outcome;
import io.semblance.attribution.mapper.TrainingOptions;
import io.semblance.attribution.mapper.TrainingPairs;
import io.semblance.attribution.mapper.TrainingReport;
import io.semblance.core.Progress;
import io.semblance.core.SemblanceException;
import io.semblance.core.file.Sha256;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `semblance train`: what is learned from data.
@Command(
    name = "train",
    description = "Train a mapper on customised models.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "mapper",
    subcommands = {TrainVerb.OfMapper.class},
    descriptionHeading = "%n",
    optionListHeading = "%nOptions%n",
    commandListHeading = "%nVerbs%n",
    footerHeading = "%nExamples%n",
    footer = "  semblance train mapper --split object.json --table tables/dino --out mapper")
final class TrainVerb implements Runnable {

  @picocli.CommandLine.Spec private picocli.CommandLine.Model.CommandSpec spec;

  @Override
  public void run() {
    throw new picocli.CommandLine.ParameterException(
        spec.commandLine(), "Say what to train: mapper");
  }

  /// `semblance train mapper`.
  @Command(
      name = "mapper",
      description = {
        "Train two maps on the features of one model, one for training images and one for"
            + " synthesised ones, so that an image lies near the exemplars that made it.",
        "",
        "Started again, the same command goes on from its last epoch. The same seed gives the same"
            + " mapper."
      },
      footer = {
        "  semblance train mapper --split object.json --split style.json --table tables/dino"
            + " --validation val.json --distractors laion/dino --out mapper",
        "  semblance train mapper --split train.pth --validation val.pth --kind channel --out"
            + " mapper",
      })
  static final class OfMapper extends Verb {

    private static final int K = 10;

    @Option(
        names = "--split",
        required = true,
        paramLabel = "FILE",
        description =
            "A dataset file (.json) with --table, or a feature file (.pth); give the object and the"
                + " style split to train on both.")
    private List<Path> splits;

    @Option(
        names = "--table",
        paramLabel = "DIR",
        showDefaultValue = Visibility.NEVER,
        description = "Tables with a row for every path of the .json files.")
    private List<Path> tables = List.of();

    @Option(
        names = "--view",
        paramLabel = "DIR",
        showDefaultValue = Visibility.NEVER,
        description =
            "Features of the same images, augmented ('embed --views'), under the same ids: each"
                + " image is drawn from --table and every --view alike. For .json splits.")
    private List<Path> views = List.of();

    @Option(
        names = "--validation",
        required = true,
        paramLabel = "FILE",
        description = "Split(s) on which R@10 chooses the epoch to keep.")
    private List<Path> validation;

    @Option(
        names = "--distractors",
        paramLabel = "POOL",
        showDefaultValue = Visibility.NEVER,
        description =
            "For the validation: table folders, .npy or .pth (the training splits' exemplars if not"
                + " given).")
    private List<Path> distractors = List.of();

    @Option(
        names = "--kind",
        paramLabel = "KIND",
        defaultValue = "affine",
        description = "${COMPLETION-CANDIDATES}.")
    private MapperKind kind;

    @Option(names = "--epochs", paramLabel = "N", defaultValue = "100", description = "Epochs.")
    private int epochs;

    @Option(
        names = "--batch",
        paramLabel = "N",
        defaultValue = "1024",
        description = "Pairs a step, each of another customised model.")
    private int batch;

    @Option(
        names = "--rate",
        paramLabel = "R",
        defaultValue = "0.001",
        description = "Learning rate at the start; it decays as a cosine.")
    private double rate;

    @Option(
        names = "--regularisation",
        paramLabel = "L",
        defaultValue = "0.05",
        description = "Factor of 1/2 (||W'W - I|| + ||W~'W~ - I||); 0 for none.")
    private double regularisation;

    @Option(names = "--seed", paramLabel = "S", defaultValue = "0", description = "Of the draws.")
    private long seed;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Result folder.")
    private Path out;

    @Mixin private Threads threads;

    @Override
    int run(Console console) throws IOException {
      Threads.use(threads.count());
      var options = new TrainingOptions(kind, epochs, batch, rate, regularisation, seed);
      var all = new ArrayList<List<TestSet>>();
      var about = new LinkedHashMap<String, String>();
      for (Path split : splits) {
        var same = new ArrayList<TestSet>();
        same.add(TestSetReader.read(split, tables));
        for (Path view : views) {
          same.add(TestSetReader.read(split, List.of(view)));
        }
        all.add(same);
        about.put("split " + all.size(), Sha256.of(split));
      }
      var held = new ArrayList<TestSet>();
      for (Path file : validation) {
        held.add(TestSetReader.read(file, tables));
        about.put("validation " + held.size(), Sha256.of(file));
      }
      about.put("program", AttributeVerb.program());
      var pairs = new TrainingPairs(all);
      try (Pool pool = pool(all)) {
        if (pool.size() < K) {
          throw new SemblanceException(
              "R@10 says nothing among %d distractors: give --distractors.".formatted(pool.size()));
        }
        var training =
            new MapperTraining(
                pairs,
                options,
                mapper -> {
                  List<CaseResult> results =
                      new Evaluator(pool, mapper.training(), mapper.synthesized(), List.of(K))
                          .evaluate(held, Progress.none());
                  return results.stream()
                      .mapToDouble(r -> r.metric("R@" + K).estimate().value())
                      .average()
                      .orElseThrow();
                },
                out,
                about);
        Outcome outcome = training.run(console.progress("training", "epochs"));
        TrainingReport.write(outcome, options, about, out);
        result(console, document(outcome), text(outcome, pairs.size()));
      }
      return Semblance.DONE;
    }

    private Pool pool(List<List<TestSet>> all) throws IOException {
      if (!distractors.isEmpty()) {
        return Pool.open(distractors);
      }
      return Pool.of(
          all.stream()
              .map(List::getFirst)
              .map(
                  s ->
                      new MemoryFeatures(
                          s.provenance(),
                          s.exemplars().vectors(),
                          s.dimension(),
                          s.exemplars().ids()))
              .toArray(MemoryFeatures[]::new));
    }

    private Map<String, Object> document(Outcome outcome) {
      return document(
          "mapper",
          out.resolve("mapper.safetensors").toString(),
          "startRecall10",
          outcome.start(),
          "bestEpoch",
          outcome.best(),
          "bestRecall10",
          outcome.recall(),
          "epochs",
          outcome.epochs());
    }

    private String text(Outcome outcome, int models) {
      Line last = outcome.epochs().getLast();
      return String.format(
          Locale.ROOT,
          "Trained on %d customised models: loss %.4f, validation R@10 %.3f -> %.3f (epoch %d"
              + " kept)%nMapper: %s",
          models,
          last.loss(),
          outcome.start(),
          outcome.recall(),
          outcome.best(),
          out.resolve("mapper.safetensors"));
    }
  }
}

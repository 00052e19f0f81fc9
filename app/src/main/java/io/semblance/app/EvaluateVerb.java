package io.semblance.app;

import io.semblance.attribution.evaluate.CaseResult;
import io.semblance.attribution.evaluate.CaseResult.Measured;
import io.semblance.attribution.evaluate.Evaluation;
import io.semblance.attribution.evaluate.EvaluationReport;
import io.semblance.attribution.evaluate.Evaluator;
import io.semblance.attribution.evaluate.PaperTables;
import io.semblance.attribution.feature.Pool;
import io.semblance.attribution.feature.TestSet;
import io.semblance.attribution.feature.TestSetReader;
import io.semblance.attribution.figure.ResultFigures;
import io.semblance.attribution.mapper.FeatureMap;
import io.semblance.attribution.report.RankingFigure;
import io.semblance.core.file.Json;
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

/// `semblance evaluate`: how high a feature space ranks the exemplars of synthesised images.
@Command(
    name = "evaluate",
    description = {
      "Rank the exemplars of synthesised images among distractors: R@K and mAP by test case.",
      "",
      "Each image is compared with all distractors and its own model's exemplars. Ranks are exact;"
          + " a distractor that scores exactly as much as an exemplar counts as better."
    },
    footer = {
      "  semblance evaluate --testcase imagenet_unseen.pth --distractors laion_subset.pth --out"
          + " eval",
      "  semblance evaluate --testcase imagenet_seen.pth --distractors laion_subset.pth --mapper"
          + " mapper.safetensors --out eval",
      "  semblance evaluate --testcase artchive.json --table tables/dino --distractors laion/dino"
          + " --paper=DINO --out eval",
      "  semblance evaluate --testcase artchive.json --table tables/dino --distractors laion/dino"
          + " --mapper mapper.safetensors --rankings 3 --out eval",
    })
final class EvaluateVerb extends Verb {

  /// Images of each ranking that are drawn.
  private static final int SHOWN = 6;

  private static final List<Integer> USUAL = List.of(5, 10, 100);

  @Option(
      names = "--testcase",
      required = true,
      paramLabel = "FILE",
      description =
          "A published feature file (.pth) of a test split, or a dataset file (.json) with --table;"
              + " may be given several times.")
  private List<Path> testcases;

  @Mixin private FeatureInput features;

  @Option(
      names = "--k",
      split = ",",
      paramLabel = "K",
      description = "Cut-offs of the recalls (5,10,100 if not given).")
  private List<Integer> ks;

  @Option(names = "--out", required = true, paramLabel = "DIR", description = "Result folder.")
  private Path out;

  @Option(
      names = "--paper",
      arity = "0..1",
      fallbackValue = "",
      paramLabel = "FEATURES",
      showDefaultValue = Visibility.NEVER,
      description =
          "Print the numbers of Tables 3 and 4 of the paper beside, all or of one encoder.")
  private String paper;

  @Option(
      names = "--beside",
      paramLabel = "DIR",
      showDefaultValue = Visibility.NEVER,
      description =
          "Result folders of other feature spaces or mappers, to be drawn beside this one (SVG).")
  private List<Path> beside = List.of();

  @Option(
      names = "--rankings",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Draw the nearest images of N queries of each test case, before and after --mapper or"
              + " --correct, exemplars boxed (rankings.svg).")
  private int rankings;

  @Option(
      names = "--images",
      paramLabel = "DIR",
      showDefaultValue = Visibility.NEVER,
      description =
          "With --rankings: folders that hold the images, beside those the tables were made from.")
  private List<Path> images = List.of();

  @Mixin private Threads threads;

  @Override
  int run(Console console) throws IOException {
    if (rankings < 0) {
      throw usage("--rankings is " + rankings + ": give 1 or more, or 0 for no figure");
    }
    if (ks != null && ks.stream().anyMatch(k -> k < 1)) {
      throw usage("--k is " + ks + ": give numbers from 1");
    }
    features.requireOneSpace(this);
    Threads.use(threads.count());
    Map<String, TestSet> sets = new LinkedHashMap<>();
    Map<String, String> inputs = new LinkedHashMap<>();
    for (Path file : testcases) {
      TestSet set = TestSetReader.read(file, features.tables());
      if (sets.put(set.name(), set) != null) {
        throw usage("Two test cases are called " + set.name() + ": rename a file");
      }
      inputs.put(file.toString(), Sha256.of(file));
    }
    try (Pool pool = Pool.open(features.distractors())) {
      for (int i = 0; i < features.distractors().size(); i++) {
        inputs.put(features.distractors().get(i).toString(), pool.hashes().get(i));
      }
      FeatureInput.Maps maps = features.maps(sets.values(), pool);
      if (maps.correctionSha256() != null) {
        inputs.put("correction", maps.correctionSha256());
      }
      var evaluator = new Evaluator(pool, maps.training(), maps.synthesized(), cutOffs(pool));
      List<CaseResult> results =
          evaluator.evaluate(
              List.copyOf(sets.values()), console.progress("ranking", "distractors"));
      Evaluation document =
          Evaluation.of(
              results,
              sets.values().iterator().next().provenance(),
              maps.sha256(),
              maps.variant(),
              features.correction().word(),
              inputs,
              AttributeVerb.program());
      EvaluationReport.write(document, results, sets, out);
      figures(document);
      if (rankings > 0) {
        draw(pool, List.copyOf(sets.values()), maps);
      }
      result(console, document, text(document, results));
    }
    return Semblance.DONE;
  }

  private void draw(Pool pool, List<TestSet> sets, FeatureInput.Maps maps) throws IOException {
    FeatureMap plain = FeatureMap.identity(pool.dimension());
    var used = new RankingFigure.Space("after", maps.training(), maps.synthesized());
    List<RankingFigure.Space> spaces =
        features.changed()
            ? List.of(new RankingFigure.Space("before", plain, plain), used)
            : List.of(new RankingFigure.Space("nearest", plain, plain));
    var folders = new ArrayList<>(images);
    folders.addAll(features.imageFolders());
    new RankingFigure(pool, folders, SHOWN)
        .write(sets, rankings, spaces, out.resolve("rankings.svg"));
  }

  private void figures(Evaluation document) throws IOException {
    Map<String, Evaluation> all = new LinkedHashMap<>();
    for (Path folder : beside) {
      Evaluation other = Json.read(folder.resolve("evaluation.json"), Evaluation.class);
      all.put(String.valueOf(folder.getFileName()), other);
    }
    all.put(String.valueOf(out.toAbsolutePath().getFileName()), document);
    if (paper != null || !beside.isEmpty()) {
      ResultFigures.write(all, paper != null, out);
    }
  }

  private List<Integer> cutOffs(Pool pool) {
    return ks != null ? ks : USUAL.stream().filter(k -> k <= pool.size() + 1).toList();
  }

  private String text(Evaluation document, List<CaseResult> results) throws IOException {
    var lines = new ArrayList<String>();
    for (CaseResult r : results) {
      lines.add(
          "%s, prompts %s: %,d queries against %,d distractors%s"
              .formatted(
                  r.name(),
                  r.scheme(),
                  r.queries().size(),
                  r.pool(),
                  r.tied() == 0 ? "" : ", " + r.tied() + " with a tie"));
      for (Measured m : r.metrics()) {
        lines.add(line(m.name(), m.estimate().value(), m.estimate().error(), m));
      }
      if (paper != null) {
        lines.addAll(published(r));
      }
    }
    for (Evaluation.Kind kind : document.kinds()) {
      lines.add("Average of the %d test cases (%s)".formatted(kind.cases(), kind.name()));
      for (Evaluation.Metric m : kind.metrics()) {
        lines.add("  %-6s %.3f".formatted(m.name(), m.value()));
      }
    }
    lines.add("Results: " + out);
    return String.join("\n", lines);
  }

  private static String line(String name, double value, double error, Measured m) {
    return String.format(
        Locale.ROOT,
        "  %-6s %.3f%s   at most %.3f, by chance %.2g",
        name,
        value,
        Double.isNaN(error) ? "" : " +- %.3f".formatted(error),
        m.ceiling(),
        m.chance());
  }

  private List<String> published(CaseResult result) throws IOException {
    List<PaperTables.Row> rows = PaperTables.beside(result, paper.isEmpty() ? null : paper);
    if (rows.isEmpty()) {
      return List.of("  The paper has no such test case.");
    }
    var lines = new ArrayList<String>();
    lines.add("  In the paper:                 R@5    R@10   R@100  mAP");
    for (PaperTables.Row r : rows) {
      lines.add(
          String.format(
              Locale.ROOT,
              "    %-6s %-18s %.3f  %.3f  %.3f  %.3f",
              r.features(),
              r.training(),
              r.recall5(),
              r.recall10(),
              r.recall100(),
              r.map()));
    }
    return lines;
  }
}

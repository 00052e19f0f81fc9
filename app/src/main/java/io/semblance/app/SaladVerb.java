package io.semblance.app;

import io.semblance.core.SemblanceException;
import io.semblance.core.file.AtomicFile;
import io.semblance.core.file.Json;
import io.semblance.core.parquet.ResultParquet;
import io.semblance.core.table.EmbeddingTable;
import io.semblance.core.table.TableFolder;
import io.semblance.salad.CovarianceChoice;
import io.semblance.salad.Leaning;
import io.semblance.salad.Metric;
import io.semblance.salad.ModelResult;
import io.semblance.salad.SaladAnalysis;
import io.semblance.salad.SaladOptions;
import io.semblance.salad.SaladReport;
import io.semblance.salad.SaladResult;
import io.semblance.salad.ScatterChoice;
import io.semblance.salad.SelfRecognition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `semblance salad`: the benchmark report.
@Command(
    name = "salad",
    description = {
      "Report how each model sees similarity: self-recognition, heatmaps, model comparison, scatter"
          + " plots.",
      "",
      "Writes report.html, every figure as PNG and SVG, every table as CSV, and results.json. A"
          + " table that cannot be measured is refused with its reason; the others go on, and the"
          + " exit code is 1."
    },
    footer = {
      "  semblance salad tables --out report",
      "  semblance salad tables/efficientnet-lite0 tables/style-blind --out report --covariance"
          + " ledoit-wolf",
      "  semblance salad tables --out report --metric cosine --scatter style:comic,oil",
    })
final class SaladVerb extends Verb {

  /// Version of the columns of a report's tables.
  private static final int SCHEMA = 1;

  @Parameters(
      arity = "1..*",
      paramLabel = "TABLE",
      description = "Table folders, or folders that hold tables.")
  private List<Path> tables;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Folder for the report.")
  private Path out;

  @Option(
      names = "--metric",
      paramLabel = "M",
      defaultValue = "mahalanobis",
      description = "mahalanobis, euclidean or cosine.")
  private String metric;

  @Option(
      names = "--covariance",
      paramLabel = "C",
      defaultValue = "auto",
      description =
          "What mahalanobis whitens with: auto (empirical for n >= 5d, else ledoit-wolf),"
              + " empirical, ledoit-wolf, or pca:K.")
  private String covariance;

  @Option(
      names = "--scatter",
      paramLabel = "S",
      description =
          "What the scatter plots show, e.g. category:apple,orange or style:comic (apples and"
              + " oranges if not given).")
  private String scatter;

  @Option(
      names = "--inits",
      paramLabel = "N",
      defaultValue = "4",
      description = "Starts of the multidimensional scaling.")
  private int inits;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "Seed of those starts.")
  private long seed;

  @Option(
      names = "--parquet",
      showDefaultValue = Visibility.NEVER,
      description = "Also write every table as Parquet, to OUT/parquet.")
  private boolean parquet;

  @Option(
      names = "--threads",
      paramLabel = "T",
      description = "Processor threads (all cores if not given).")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Override
  int run(Console console) throws IOException {
    SaladOptions options =
        SaladOptions.defaults()
            .withMetric(Metric.parse(metric))
            .withCovariance(CovarianceChoice.parse(covariance))
            .withScatter(scatter == null ? ScatterChoice.defaults() : ScatterChoice.parse(scatter))
            .withInits(inits)
            .withSeed(seed);
    Threads.use(threads);
    SaladResult found = report(tables, options, out, console);
    if (parquet) {
      ResultParquet.write(out.resolve("csv"), out.resolve("parquet"), SCHEMA);
    }
    if (json()) {
      console.result(Json.of(Json.read(out.resolve("results.json"), Map.class)).stripTrailing());
    } else {
      console.result(text(found) + "\n\nReport: " + out.resolve("report.html"));
    }
    return found.refusals().isEmpty() ? Semblance.DONE : Semblance.FAILED;
  }

  /// Measures every table at or below the folders and writes the report; says what was refused.
  static SaladResult report(List<Path> folders, SaladOptions options, Path out, Console console)
      throws IOException {
    var found = new LinkedHashSet<Path>();
    for (Path folder : folders) {
      List<Path> below = TableFolder.find(folder);
      if (below.isEmpty()) {
        throw new SemblanceException(
            "There is no table in "
                + folder
                + ": make one with 'semblance embed' or 'semblance convert'.");
      }
      found.addAll(below);
    }
    createFolder(out);
    var opened = new ArrayList<EmbeddingTable>();
    try {
      for (Path folder : found) {
        opened.add(TableFolder.open(folder));
      }
      SaladResult result =
          SaladAnalysis.of(opened, options, console.progress("measuring", "vectors"));
      SaladReport.write(result, out, Version.number());
      result.models().forEach(m -> m.warnings().forEach(w -> console.say(m.name() + ": " + w)));
      result.refusals().forEach(r -> console.say(r.name() + ": " + r.reason()));
      return result;
    } finally {
      opened.forEach(EmbeddingTable::close);
    }
  }

  /// A report that cannot be written is said before the work, not after.
  private static void createFolder(Path out) throws IOException {
    try {
      Files.createDirectories(out);
    } catch (IOException e) {
      throw new SemblanceException(
          "Cannot make the folder "
              + out
              + " ("
              + AtomicFile.reason(e)
              + "): choose another --out.",
          e);
    }
  }

  static String text(SaladResult result) {
    var lines = new ArrayList<String>();
    int width = result.models().stream().mapToInt(m -> m.name().length()).max().orElse(5);
    String row = "%-" + width + "s  %6s  %5s  %-11s  %16s  %s";
    lines.add(
        row.formatted("model", "images", "d", "covariance", "self-recognition", "weighs more"));
    for (ModelResult m : result.models()) {
      lines.add(
          row.formatted(
              m.name(),
              m.images(),
              m.dimension(),
              m.space().covariance() == null ? "-" : m.space().covariance(),
              recognition(m),
              weighs(m)));
    }
    if (!result.models().isEmpty()
        && result.models().stream().noneMatch(m -> m.recognition().defined())) {
      lines.add("Self-recognition is " + SelfRecognition.UNDEFINED + ".");
    }
    return String.join("\n", lines);
  }

  private static String recognition(ModelResult m) {
    return m.recognition().defined()
        ? "%.1f %%".formatted(m.recognition().meanPercent())
        : "not defined";
  }

  private static String weighs(ModelResult m) {
    double content = m.heatmap().meanWhere(true, false);
    double style = m.heatmap().meanWhere(false, true);
    double percent = 100 * Math.abs(content - style) / Math.max(content, style);
    return switch (Leaning.of(m.heatmap())) {
      case CATEGORY -> "what is shown (by %.0f %%)".formatted(percent);
      case STYLE -> "how it is shown (by %.0f %%)".formatted(percent);
      case NEITHER -> "about the same";
      case UNDEFINED -> "not defined";
    };
  }
}

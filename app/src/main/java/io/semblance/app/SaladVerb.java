package io.semblance.app;

import io.semblance.core.SemblanceException;
import io.semblance.core.collection.FileNamePattern;
import io.semblance.core.file.AtomicFile;
import io.semblance.core.file.Json;
import io.semblance.core.linalg.LinearAlgebra;
import io.semblance.core.parquet.ResultParquet;
import io.semblance.core.table.EmbeddingTable;
import io.semblance.salad.CovarianceChoice;
import io.semblance.salad.ImageChoice;
import io.semblance.salad.Metric;
import io.semblance.salad.ModelResult;
import io.semblance.salad.PaperComparison;
import io.semblance.salad.SaladAnalysis;
import io.semblance.salad.SaladNames;
import io.semblance.salad.SaladOptions;
import io.semblance.salad.SaladReport;
import io.semblance.salad.SaladResult;
import io.semblance.salad.ScatterChoice;
import io.semblance.salad.SelfRecognition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `semblance salad`: the benchmark report.
@Command(
    name = "salad",
    description = {
      "Report how each model sees similarity: self-recognition, heatmaps, weights of category and"
          + " style with intervals, model comparison, scatter plots.",
      "",
      "Writes report.html, every figure as PNG and SVG, every table as CSV, and results.json."
          + " Tables are aligned by image id and measured on the images they all hold. A table that"
          + " cannot be measured is refused with its reason; the others go on, and the exit code is"
          + " 1."
    },
    footer = {
      "  semblance salad tables --out report",
      "  semblance salad tables/efficientnet-lite0 tables/style-blind --out report --covariance"
          + " ledoit-wolf",
      "  semblance salad tables --out report --metric cosine --scatter style:comic,oil",
      "  semblance salad record/vectors --out report --names fruit-salad --paper",
    })
final class SaladVerb extends Verb {

  /// Version of the columns of a report's tables.
  private static final int SCHEMA = 2;

  @Parameters(
      arity = "1..*",
      paramLabel = "TABLE",
      description =
          "Table folders, files of vectors with the image's name first (CSV, as the published"
              + " record has them), or folders that hold either.")
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
      names = "--replicates",
      paramLabel = "R",
      defaultValue = "1000",
      description = "Resamples of the images behind every interval; 0 for none.")
  private int replicates;

  @Option(
      names = "--resample",
      paramLabel = "WHAT",
      defaultValue = "images",
      description =
          "What is resampled: images (within their cells) or axes (categories and styles too).")
  private String resample;

  @Option(
      names = "--neighbours",
      paramLabel = "K",
      defaultValue = "10",
      description =
          "Nearest images of other cells that recognition of category and style looks at.")
  private int neighbours;

  @Option(
      names = "--strict",
      showDefaultValue = Visibility.NEVER,
      description = "Refuse tables that do not hold the same images.")
  private boolean strict;

  @Option(
      names = "--names",
      paramLabel = "CSV",
      description =
          "What to call categories, styles and models: lines of kind,label,name, as in"
              + " category,8,avocado; or fruit-salad for the names of the published record.")
  private String names;

  @Option(
      names = "--categories",
      paramLabel = "A,B",
      split = ",",
      description = "Take only these categories, by name.")
  private List<String> categories = List.of();

  @Option(
      names = "--styles",
      paramLabel = "A,B",
      split = ",",
      description = "Take only these styles, by name.")
  private List<String> styles = List.of();

  @Option(
      names = "--instances",
      paramLabel = "I,J",
      split = ",",
      description = "Take only these instances, as in 0,1,20-39.")
  private List<String> instances = List.of();

  @Option(
      names = "--pattern",
      paramLabel = "P",
      defaultValue = SaladTables.PATTERN,
      description = "Where labels are in the names of a file of vectors.")
  private String pattern;

  @Option(
      names = "--images",
      paramLabel = "DIR",
      description =
          "The images' folder: shows them over the heatmaps, and writes a grid of all cells for"
              + " each instance to OUT/overview.")
  private Path images;

  @Option(
      names = "--paper",
      showDefaultValue = Visibility.NEVER,
      description = "Print the numbers that fruit-SALAD publishes beside ours.")
  private boolean paper;

  @Option(
      names = "--scatter",
      paramLabel = "S",
      description =
          "What the scatter plots show, e.g. category:apple,orange or style:comic (apples and"
              + " oranges if not given), or none.")
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
      description = "Seed of those starts and of the resamples.")
  private long seed;

  @Option(
      names = "--parquet",
      showDefaultValue = Visibility.NEVER,
      description = "Also write every table as Parquet, to OUT/parquet.")
  private boolean parquet;

  @Mixin private Threads threads;

  @Override
  int run(Console console) throws IOException {
    SaladOptions options = options();
    SaladResult found = report(tables, pattern, options, images, out, threads.count(), console);
    if (images != null) {
      new SaladImages(images, found)
          .overviews(out.resolve("overview"), console.progress("drawing", "overviews"));
    }
    if (parquet) {
      ResultParquet.write(out.resolve("csv"), out.resolve("parquet"), SCHEMA);
    }
    if (json()) {
      console.result(Json.of(Json.read(out.resolve("results.json"), Map.class)).stripTrailing());
    } else {
      String published = paper ? "\n\n" + PaperText.of(PaperComparison.of(found)) : "";
      console.result(text(found) + published + "\n\nReport: " + out.resolve("report.html"));
    }
    return found.refusals().isEmpty() ? Semblance.DONE : Semblance.FAILED;
  }

  private SaladOptions options() throws IOException {
    boolean axes =
        switch (resample) {
          case "images" -> false;
          case "axes" -> true;
          default -> throw usage("--resample is '" + resample + "': give images or axes");
        };
    SaladOptions options =
        SaladOptions.defaults()
            .withMetric(Metric.parse(metric))
            .withCovariance(CovarianceChoice.parse(covariance))
            .withInits(inits)
            .withSeed(seed)
            .withNeighbours(neighbours)
            .withResamples(new SaladOptions.Resamples(replicates, axes))
            .withImages(choice());
    if ("none".equals(scatter)) {
      return options.withScatterPoints(0);
    }
    return scatter == null ? options : options.withScatter(ScatterChoice.parse(scatter));
  }

  private ImageChoice choice() throws IOException {
    return ImageChoice.all()
        .withStrict(strict)
        .withNames(names())
        .only(categories, styles, SaladTables.instances(instances));
  }

  private SaladNames names() throws IOException {
    if (names == null) {
      return SaladNames.none();
    }
    try {
      return names.equals(SaladNames.FRUIT_SALAD)
          ? SaladNames.fruitSalad()
          : SaladNames.read(Path.of(names));
    } catch (InvalidPathException e) {
      throw new SemblanceException("--names is '" + names + "', which is no path of a file.", e);
    }
  }

  /// Measures every table at or below the places and writes the report; says what was refused.
  /// `images` is the folder of the images, or null; `threads` is how many may compute.
  static SaladResult report(
      List<Path> places,
      String pattern,
      SaladOptions options,
      Path images,
      Path out,
      int threads,
      Console console)
      throws IOException {
    if (images != null && !Files.isDirectory(images)) {
      throw new SemblanceException(
          "--images is %s, which is no folder: give the folder that was embedded."
              .formatted(images));
    }
    createFolder(out);
    LinearAlgebra.loadBehind(); // it takes as long as opening tables
    var opened = new ArrayList<EmbeddingTable>();
    try {
      SaladTables.open(places, FileNamePattern.parse(pattern), opened, console);
      Threads.use(threads);
      SaladResult result =
          SaladAnalysis.of(opened, options, console.progress("measuring", "vectors"));
      Map<Integer, String> thumbnails = thumbnails(images, result, console);
      SaladReport.write(result, out, Version.number(), thumbnails);
      result.notes().forEach(console::say);
      result.models().forEach(m -> m.warnings().forEach(w -> console.say(m.name() + ": " + w)));
      result.refusals().forEach(r -> console.say(r.name() + ": " + r.reason()));
      return result;
    } finally {
      opened.forEach(EmbeddingTable::close);
    }
  }

  /// Images that cannot be shown cost the page its small pictures, and nothing else.
  private static Map<Integer, String> thumbnails(Path images, SaladResult result, Console console) {
    if (images == null) {
      return Map.of();
    }
    try {
      return new SaladImages(images, result).thumbnails();
    } catch (SemblanceException e) {
      console.say("The page has no small images. " + e.getMessage());
      return Map.of();
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
    lines.add(row.formatted("model", "images", "d", "covariance", "self-recognition", "verdict"));
    for (ModelResult m : result.models()) {
      lines.add(
          row.formatted(
              m.name(),
              m.images(),
              m.dimension(),
              m.space().covariance() == null ? "-" : m.space().covariance(),
              recognition(m),
              m.verdict().sentence()));
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
}

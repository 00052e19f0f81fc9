package io.semblance.app;

import io.semblance.core.SemblanceException;
import io.semblance.core.collection.FileNamePattern;
import io.semblance.core.collection.ImageCollection;
import io.semblance.core.table.Precision;
import io.semblance.core.table.TableWriter;
import io.semblance.extract.EmbeddingRun;
import io.semblance.extract.ExtractOptions;
import io.semblance.extract.Extractor;
import io.semblance.extract.Models;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `semblance embed`: images to embedding tables.
@Command(
    name = "embed",
    description = {
      "Embed a folder of PNG and JPEG images: one table folder per model, OUT/<model-id>/.",
      "",
      "Killed or interrupted, the same command goes on where it stopped. A broken image is listed"
          + " in failures.csv and skipped."
    },
    footer = {
      "  semblance embed photos --model efficientnet-lite0 --out tables",
      "  semblance embed salad --pattern '{category}_{style}_{instance}' --model"
          + " efficientnet-lite0,gif-compression,style-blind --out tables",
      "  semblance embed photos --model mine/network.onnx --precision float16 --out tables",
    })
final class EmbedVerb extends Verb {

  /// Every model that ships.
  static final List<String> BUILT_IN =
      List.of(
          "efficientnet-lite0",
          "gif-compression",
          "png-filesize",
          "style-blind",
          "category-blind",
          "balanced");

  @Parameters(paramLabel = "IMAGES", description = "A folder; the ones in it are searched too.")
  private Path images;

  @Option(
      names = "--model",
      required = true,
      split = ",",
      paramLabel = "ID",
      description =
          "One or more of 'semblance models list', or the path of an .onnx file with its card.")
  private List<String> models;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Folder for the tables.")
  private Path out;

  @Option(
      names = "--pattern",
      paramLabel = "P",
      description =
          "Where labels are in file names, e.g. '{category}_{style}_{instance}'; with folders"
              + " '{category}/{*}'.")
  private String pattern;

  @Option(
      names = "--precision",
      paramLabel = "P",
      defaultValue = "float32",
      description = "float32 or float16.")
  private Precision precision;

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "16",
      description = "Images computed together.")
  private int batch;

  @Option(
      names = "--threads",
      paramLabel = "T",
      description = "Processor threads (all cores if not given).")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--overwrite",
      showDefaultValue = Visibility.NEVER,
      description = "Begin again where a table is there already.")
  private boolean overwrite;

  @Override
  int run(Console console) throws IOException {
    FileNamePattern labels = labels();
    requireKnown();
    ExtractOptions options =
        ExtractOptions.defaults()
            .withThreads(threads)
            .withBatchSize(batch)
            .withPrecision(precision);
    Job job = new Job(ImageCollection.ofFolder(images, labels), options, out, overwrite, console);
    Outcome outcome = job.embed(models);
    var lines = new ArrayList<String>();
    for (EmbeddingRun.Result table : outcome.tables()) {
      lines.add(
          "%s: %d of %d images%s"
              .formatted(
                  table.folder(),
                  table.rows(),
                  table.images(),
                  table.failed() == 0
                      ? ""
                      : "; "
                          + table.failed()
                          + " listed in "
                          + table.folder().resolve("failures.csv")));
    }
    result(
        console,
        document(
            "tables",
            outcome.tables().stream().map(EmbedVerb::described).toList(),
            "refused",
            outcome.refused()),
        String.join("\n", lines));
    return outcome.refused().isEmpty() ? Semblance.DONE : Semblance.FAILED;
  }

  private static Map<String, Object> described(EmbeddingRun.Result table) {
    var out = new LinkedHashMap<String, Object>();
    out.put("folder", table.folder().toString());
    out.put("images", table.images());
    out.put("rows", table.rows());
    out.put("failed", table.failed());
    out.put("resumedAt", table.resumedAt());
    return out;
  }

  private FileNamePattern labels() {
    try {
      return pattern == null ? null : FileNamePattern.parse(pattern);
    } catch (SemblanceException e) {
      throw usage(e.getMessage());
    }
  }

  /// A wrong name stops the job before it has run for an hour.
  private void requireKnown() {
    for (String model : models) {
      try {
        Models.card(model);
      } catch (SemblanceException e) {
        throw usage(e.getMessage());
      }
    }
  }

  /// Embeds with default options; every model must succeed.
  static void embed(
      Path images,
      FileNamePattern labels,
      List<String> models,
      Path out,
      int threads,
      Console console)
      throws IOException {
    var job =
        new Job(
            ImageCollection.ofFolder(images, labels),
            ExtractOptions.defaults().withThreads(threads),
            out,
            false,
            console);
    Outcome outcome = job.embed(models);
    if (!outcome.refused().isEmpty()) {
      throw new SemblanceException(outcome.refused().values().iterator().next());
    }
  }

  /// What a job left.
  ///
  /// @param tables one for each model that could be run
  /// @param refused the others, with the reason
  private record Outcome(List<EmbeddingRun.Result> tables, Map<String, String> refused) {}

  private record Job(
      ImageCollection collection,
      ExtractOptions options,
      Path out,
      boolean overwrite,
      Console console) {

    Outcome embed(List<String> models) throws IOException {
      var tables = new ArrayList<EmbeddingRun.Result>();
      var refused = new LinkedHashMap<String, String>();
      for (String model : models) {
        try {
          tables.add(embed(model));
        } catch (SemblanceException e) {
          console.say(e.getMessage());
          refused.put(model, e.getMessage());
        }
      }
      return new Outcome(tables, refused);
    }

    private EmbeddingRun.Result embed(String model) throws IOException {
      try (Extractor extractor = Models.open(model, collection, options)) {
        Path folder = out.resolve(extractor.card().id());
        if (overwrite) {
          TableWriter.discard(folder);
        }
        String id = extractor.card().id();
        EmbeddingRun.Result result =
            new EmbeddingRun(collection, extractor, options)
                .writeTo(folder, console.progress(id, "images"), console::say);
        if (result.nothingToDo()) {
          console.say(id + ": complete already, nothing to do");
        }
        return result;
      }
    }
  }
}

package io.semblance.app;

import io.semblance.core.collection.FileNamePattern;
import io.semblance.core.exchange.Conversion;
import io.semblance.core.exchange.TableFormats;
import io.semblance.core.exchange.TableReadOptions;
import io.semblance.core.exchange.TableSource;
import io.semblance.core.table.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `semblance convert`: tables from and to the formats people have.
@Command(
    name = "convert",
    description = {
      "Convert an embedding table, from any format that is read to any that is written.",
      "",
      "Read: table folders, clip-retrieval folders, folders of .npy or .parquet files, .npy, .npz,"
          + " .pth, .pkl, .safetensors, .csv, .parquet, .fvecs, .bvecs, .fbin, .u8bin, .i8bin."
          + " Written: table folders, .npy, .safetensors, .csv, .parquet."
    },
    footer = {
      "  semblance convert tables/efficientnet-lite0 vectors.csv",
      "  semblance convert tables/efficientnet-lite0 vectors.npy --precision float16",
      "  semblance convert DINO_IN1k.csv tables/DINO_IN1k --pattern"
          + " '{category}_{style}_{instance}'",
      "  semblance convert feats.npy tables/feats --ids names.txt",
      "  semblance convert laion_subset.pth tables/laion",
      "  semblance convert test.pth tables/synth --tensor synth_tensors.gpt --ids synth_paths.gpt",
    })
final class ConvertVerb extends Verb {

  @Parameters(index = "0", paramLabel = "SRC", description = "A table in any format.")
  private Path source;

  @Parameters(
      index = "1",
      paramLabel = "DST",
      description =
          "What to make: .npy, .safetensors, .csv or .parquet by its name, anything else is a table"
              + " folder.")
  private Path target;

  @Option(
      names = "--tensor",
      paramLabel = "NAME",
      description =
          "Which tensor of a file that holds several, e.g. synth_tensors.gpt; of a .parquet the"
              + " column.")
  private String tensor;

  @Option(
      names = "--ids",
      paramLabel = "FILE|NAME",
      description =
          "Ids of the rows: a text file with one a line, or a list of texts in the same file, e.g."
              + " synth_paths.gpt.")
  private String ids;

  @Option(
      names = "--part",
      paramLabel = "P",
      description = "image or text: which vectors of a clip-retrieval folder (image if not given).")
  private String part;

  @Option(
      names = "--pattern",
      paramLabel = "P",
      description = "Where labels are in the ids, e.g. '{category}_{style}_{instance}'.")
  private String pattern;

  @Option(
      names = "--model",
      paramLabel = "ID",
      description = "The model's name (the file's name if not given).")
  private String model;

  @Option(
      names = "--precision",
      paramLabel = "P",
      description = "float32 or float16 (float16 stays, all else becomes float32 if not given).")
  private Precision precision;

  @Option(
      names = "--overwrite",
      description = "Replace DST.",
      showDefaultValue = picocli.CommandLine.Help.Visibility.NEVER)
  private boolean overwrite;

  @Override
  int run(Console console) throws IOException {
    if (part != null
        && !part.equals(TableReadOptions.IMAGES)
        && !part.equals(TableReadOptions.TEXT)) {
      throw usage("--part is '" + part + "': choose image or text");
    }
    FileNamePattern labels = pattern == null ? null : FileNamePattern.parse(pattern);
    if (!overwrite) {
      Conversion.requireFree(target);
    }
    Conversion.Report report;
    try (TableSource table =
        TableFormats.open(source, new TableReadOptions(model, labels, tensor, ids, part))) {
      if (Files.exists(target) && Files.isSameFile(source, target)) {
        throw usage("SRC and DST are the same: choose another DST");
      }
      var progress = console.progress("convert", "rows");
      report = new Conversion(table, target, precision, overwrite, progress).run();
    } catch (CancellationException e) {
      throw TableFormats.isFileName(target)
          ? new CancellationException(
              "Stopped; nothing is written yet, the same command begins again.")
          : e;
    }
    report.notes().forEach(console::say);
    result(
        console,
        document(
            "source", source.toString(),
            "target", target.toString(),
            "rows", report.rows(),
            "dimension", report.dimension(),
            "precision", report.precision(),
            "notes", report.notes()),
        "%s -> %s (%d x %d)".formatted(source, target, report.rows(), report.dimension()));
    return Semblance.DONE;
  }
}

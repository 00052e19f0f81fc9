package io.semblance.app;

import io.semblance.core.SemblanceException;
import io.semblance.core.collection.FileNamePattern;
import io.semblance.core.table.EmbeddingTable;
import io.semblance.core.table.Precision;
import io.semblance.core.table.Provenance;
import io.semblance.core.table.TableCsv;
import io.semblance.core.table.TableFolder;
import io.semblance.core.table.TableNpy;
import io.semblance.core.table.TableWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `semblance convert`: tables from and to the formats people have.
@Command(
    name = "convert",
    description = {
      "Convert an embedding table.",
      "",
      "A name ending in .csv is comma-separated values (file name first, then numbers), one ending"
          + " in .npy a bare numpy array, any other a table folder."
    },
    footer = {
      "  semblance convert tables/efficientnet-lite0 vectors.csv",
      "  semblance convert tables/efficientnet-lite0 vectors.npy --precision float16",
      "  semblance convert DINO_IN1k.csv tables/DINO_IN1k --pattern"
          + " '{category}_{style}_{instance}'",
      "  semblance convert feats.npy tables/feats --ids names.txt",
    })
final class ConvertVerb extends Verb {

  @Parameters(index = "0", paramLabel = "SRC", description = "A table folder, .csv or .npy.")
  private Path source;

  @Parameters(
      index = "1",
      paramLabel = "DST",
      description = "What to make: a table folder, .csv or .npy.")
  private Path target;

  @Option(
      names = "--pattern",
      paramLabel = "P",
      description =
          "Where labels are in the names, e.g. '{category}_{style}_{instance}' (from .csv and"
              + " .npy).")
  private String pattern;

  @Option(
      names = "--model",
      paramLabel = "ID",
      description = "The model's name (from .csv and .npy; the file's name if not given).")
  private String model;

  @Option(
      names = "--ids",
      paramLabel = "FILE",
      description = "One id a line, for the rows of a .npy.")
  private Path ids;

  @Option(
      names = "--precision",
      paramLabel = "P",
      defaultValue = "float32",
      description = "float32 or float16 (to .npy and table folders).")
  private Precision precision;

  @Option(
      names = "--overwrite",
      description = "Replace DST.",
      showDefaultValue = picocli.CommandLine.Help.Visibility.NEVER)
  private boolean overwrite;

  @Override
  int run(Console console) throws IOException {
    boolean fromFolder = !is(source, ".csv") && !is(source, ".npy");
    if (fromFolder && (pattern != null || ids != null || model != null)) {
      throw usage(
          "--pattern, --model and --ids belong to a .csv or .npy source; "
              + source
              + " is a table folder that has its own");
    }
    if (Files.exists(target) && !overwrite) {
      throw new SemblanceException(target + " exists: choose another name, or add --overwrite.");
    }
    if (fromFolder) {
      write();
    } else {
      read();
    }
    result(
        console,
        document("source", source.toString(), "target", target.toString()),
        source + " -> " + target);
    return Semblance.DONE;
  }

  private void write() throws IOException {
    try (EmbeddingTable table = TableFolder.open(source)) {
      if (is(target, ".csv")) {
        TableCsv.write(table, target);
      } else if (is(target, ".npy")) {
        TableNpy.write(table, target, precision);
      } else {
        replace();
        TableWriter.copy(table, TableFolder.manifest(source), target, precision);
      }
    }
  }

  private void read() throws IOException {
    if (is(target, ".csv") || is(target, ".npy")) {
      throw usage(
          "from "
              + source
              + " a table folder is made first: give a folder as DST, then convert that");
    }
    FileNamePattern labels = pattern == null ? null : FileNamePattern.parse(pattern);
    String file = source.getFileName().toString();
    String name = model == null ? file.substring(0, file.lastIndexOf('.')) : model;
    replace();
    if (is(source, ".csv")) {
      TableCsv.read(source, target, Provenance.unknown(name), precision, labels);
    } else {
      List<String> names = ids == null ? null : Files.readAllLines(ids);
      TableNpy.read(source, names, target, Provenance.unknown(name), precision, labels);
    }
  }

  private void replace() throws IOException {
    if (overwrite) {
      TableWriter.discard(target);
    }
  }

  private static boolean is(Path file, String extension) {
    return file.getFileName() != null
        && file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(extension);
  }
}

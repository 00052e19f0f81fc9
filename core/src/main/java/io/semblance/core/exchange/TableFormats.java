package io.semblance.core.exchange;

import io.semblance.core.SemblanceException;
import io.semblance.core.array.NpyFile;
import io.semblance.core.array.NpzFile;
import io.semblance.core.array.Safetensors;
import io.semblance.core.array.VectorFile;
import io.semblance.core.array.pickle.PickleFile;
import io.semblance.core.array.pickle.TorchFile;
import io.semblance.core.table.Provenance;
import io.semblance.core.table.TableManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Opens a table in whatever format it is: the extension decides, a folder by what is in it.
public final class TableFormats {

  private TableFormats() {}

  /// Opens a table.
  ///
  /// @param path a folder (ours, clip-retrieval's, of `.npy` or Parquet files) or a file (`.npy`,
  ///   `.npz`, `.pth`, `.pt`, `.pkl`, `.safetensors`, `.csv`, `.parquet`, `.fvecs`, `.bvecs`,
  ///   `.ivecs`, `.fbin`, `.u8bin`, `.i8bin`, `.ibin`)
  /// @param options what the file does not say of itself
  /// @return the table; close it
  /// @throws SemblanceException if it is none of these, damaged, or holds several tables of which
  ///   none is named
  public static TableSource open(Path path, TableReadOptions options) throws IOException {
    Provenance provenance =
        Provenance.unknown(options.model() == null ? name(path) : options.model());
    if (Files.isDirectory(path)) {
      return folder(path, provenance, options);
    }
    if (options.part() != null) {
      throw new SemblanceException(
          "--part belongs to clip-retrieval folders; " + path + " is a file: leave it out.");
    }
    String extension = extension(path);
    return switch (extension) {
      case "csv" -> {
        requireNone(options.tensor(), "--tensor", path);
        requireNone(options.ids(), "--ids", path);
        yield CsvSource.open(path, provenance, options.pattern());
      }
      case "parquet" -> {
        requireNone(options.ids(), "--ids", path);
        yield ParquetSource.open(List.of(path), provenance, options);
      }
      case "npy", "npz", "pth", "pt", "pkl", "pickle", "safetensors" ->
          array(path, extension, provenance, options);
      default -> {
        if (VectorFile.Format.of(path).isPresent()) {
          yield vectors(path, provenance, options);
        }
        throw new SemblanceException(
            Files.exists(path)
                ? path
                    + " has no extension of a table: .npy, .npz, .pth, .pt, .pkl, .safetensors,"
                    + " .csv, .parquet, .fvecs, .bvecs, .fbin, .u8bin, .i8bin or a folder are read."
                : "There is no file or folder " + path + ": check the path.");
      }
    };
  }

  private static TableSource folder(Path path, Provenance provenance, TableReadOptions options)
      throws IOException {
    requireNone(options.tensor(), "--tensor", path);
    if (Files.isRegularFile(path.resolve(TableManifest.FILE))
        && !TableReadOptions.TEXT.equals(options.part())) {
      requireNone(options.ids(), "--ids", path);
      if (options.model() != null || options.pattern() != null) {
        throw new SemblanceException(
            "--model and --pattern are for files that do not say such things; "
                + path
                + " is a table folder that has its own: leave them out.");
      }
      return FolderSource.open(path);
    }
    return ArrayFolder.isClipRetrieval(path)
        ? ArrayFolder.clipRetrieval(path, provenance, options)
        : ArrayFolder.autofaiss(path, provenance, options);
  }

  private static TableSource array(
      Path path, String extension, Provenance provenance, TableReadOptions options)
      throws IOException {
    var owned = new ArrayList<AutoCloseable>();
    try {
      Contents contents;
      Provenance known = provenance;
      switch (extension) {
        case "npy" -> {
          NpyFile file = NpyFile.open(path);
          owned.add(file);
          contents = Contents.of(file.array());
        }
        case "npz" -> {
          NpzFile file = NpzFile.open(path);
          owned.add(file);
          contents = Contents.of(file);
        }
        case "safetensors" -> {
          Safetensors file = Safetensors.open(path);
          owned.add(file);
          contents = Contents.of(file);
          known = SavedProvenance.of(file.metadata(), provenance, options.model());
        }
        case "pkl", "pickle" -> {
          PickleFile file = PickleFile.open(path);
          owned.add(file);
          contents = Contents.of(file.root());
        }
        default -> {
          TorchFile file = TorchFile.open(path);
          owned.add(file);
          contents = Contents.of(file.root());
        }
      }
      TensorChoice choice = TensorChoice.of(contents, options, path);
      String where = choice.name().isEmpty() ? path.toString() : path + ", " + choice.name();
      Vectors vectors = Vectors.of(choice.array(), where, (_, _) -> {});
      return new StackedSource(
          known,
          vectors,
          names(path, choice.ids(), vectors.size(), options),
          List.of(path),
          extension + " " + choice.name() + " " + options.ids(),
          owned);
    } catch (IOException | RuntimeException e) {
      StackedSource.closeAll(owned);
      throw e;
    }
  }

  private static TableSource vectors(Path path, Provenance provenance, TableReadOptions options)
      throws IOException {
    requireNone(options.tensor(), "--tensor", path);
    VectorFile file = VectorFile.open(path, VectorFile.Format.of(path).orElseThrow());
    try {
      Contents contents = Contents.of(file.vectors());
      TensorChoice choice = TensorChoice.of(contents, options, path);
      Vectors vectors = Vectors.of(choice.array(), path.toString(), file::requireLengths);
      return new StackedSource(
          provenance,
          vectors,
          names(path, choice.ids(), vectors.size(), options),
          List.of(path),
          extension(path),
          List.of(file));
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private static RowNames names(Path path, List<String> ids, long rows, TableReadOptions options)
      throws IOException {
    Path beside = RowsCsv.beside(path);
    return ids == null && Files.isRegularFile(beside)
        ? RowsCsv.open(beside, rows)
        : RowNames.of(ids, options.pattern());
  }

  private static void requireNone(String value, String option, Path path)
      throws SemblanceException {
    if (value != null) {
      throw new SemblanceException(
          "%s names a part of a file that holds several; %s needs none: leave it out."
              .formatted(option, path));
    }
  }

  static String extension(Path path) {
    Path name = path.getFileName();
    String text = name == null ? "" : name.toString().toLowerCase(Locale.ROOT);
    return text.contains(".") ? text.substring(text.lastIndexOf('.') + 1) : "";
  }

  static String name(Path path) {
    Path last = path.toAbsolutePath().normalize().getFileName();
    String text = last == null ? "unknown" : last.toString();
    return Files.isDirectory(path) || text.lastIndexOf('.') < 1
        ? text
        : text.substring(0, text.lastIndexOf('.'));
  }

  /// @param path any path
  /// @return whether its name says that a file is meant and not a table folder
  public static boolean isFileName(Path path) {
    return List.of("csv", "npy", "safetensors", "parquet").contains(extension(path));
  }
}

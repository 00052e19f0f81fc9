package io.semblance.core.exchange;

import io.semblance.core.SemblanceException;
import io.semblance.core.array.NpyFile;
import io.semblance.core.array.NpzFile;
import io.semblance.core.array.Safetensors;
import io.semblance.core.array.VectorFile;
import io.semblance.core.array.pickle.PickleFile;
import io.semblance.core.array.pickle.TorchFile;
import io.semblance.core.table.TableFolder;
import io.semblance.core.table.TableManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Says what a file is and holds, without converting it.
public final class FileInspector {

  private FileInspector() {}

  /// @param path a file or folder of any format that [TableFormats] reads, or a pickle that is
  ///   refused
  /// @return what it is
  /// @throws SemblanceException if it is missing, damaged or of no known format
  public static FileSummary inspect(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      return folder(path);
    }
    return switch (TableFormats.extension(path)) {
      case "npy" -> {
        try (NpyFile file = NpyFile.open(path)) {
          yield summary(path, "numpy array", Contents.of(file.array()), Map.of());
        }
      }
      case "npz" -> {
        try (NpzFile file = NpzFile.open(path)) {
          yield summary(path, "numpy archive", Contents.of(file), Map.of());
        }
      }
      case "safetensors" -> {
        try (Safetensors file = Safetensors.open(path)) {
          yield summary(path, "safetensors", Contents.of(file), file.metadata());
        }
      }
      case "pth", "pt", "pkl", "pickle" -> pickle(path);
      case "csv" -> summary(path, "comma-separated values", Contents.none(), Map.of());
      case "parquet" -> parquet(path);
      default -> {
        VectorFile.Format format =
            VectorFile.Format.of(path)
                .orElseThrow(
                    () ->
                        new SemblanceException(
                            Files.exists(path)
                                ? path + " has no extension that is known: see docs/formats.md."
                                : "There is no file or folder " + path + ": check the path."));
        try (VectorFile file = VectorFile.open(path, format)) {
          yield summary(path, format.extension(), Contents.of(file.vectors()), Map.of());
        }
      }
    };
  }

  private static FileSummary pickle(Path path) throws IOException {
    boolean torch = TableFormats.extension(path).matches("pth|pt");
    String format = torch ? "torch file" : "pickle";
    try {
      if (torch) {
        try (TorchFile file = TorchFile.open(path)) {
          return summary(path, format, Contents.of(file.root()), Map.of());
        }
      }
      try (PickleFile file = PickleFile.open(path)) {
        return summary(path, format, Contents.of(file.root()), Map.of());
      }
    } catch (SemblanceException e) {
      List<String> refused = TorchFile.refusedNames(path);
      if (refused.isEmpty()) {
        throw e;
      }
      return new FileSummary(
          path.toString(), format, null, List.of(), List.of(), Map.of(), refused);
    }
  }

  private static FileSummary folder(Path path) throws IOException {
    var facts = new LinkedHashMap<String, String>();
    String format = "folder of arrays";
    if (Files.isRegularFile(path.resolve(TableManifest.FILE))) {
      TableManifest manifest = TableFolder.manifest(path);
      format = "table folder";
      facts.put("files", Integer.toString(manifest.shards().size()));
      facts.put("failures", Integer.toString(manifest.failures()));
      if (manifest.collection() != null && manifest.collection().root() != null) {
        facts.put("collection", manifest.collection().root());
      }
    } else if (ArrayFolder.isClipRetrieval(path)) {
      format = "clip-retrieval folder";
    }
    return summary(path, format, Contents.none(), facts);
  }

  private static FileSummary parquet(Path path) throws IOException {
    var facts = new LinkedHashMap<String, String>();
    try (ParquetFiles parquet = ParquetFiles.open(List.of(path))) {
      facts.put("rows", Long.toString(parquet.rows()));
      parquet.columns().forEach((name, type) -> facts.put("column " + name, type));
    }
    return summary(path, "Parquet", Contents.none(), facts);
  }

  private static FileSummary summary(
      Path path, String format, Contents contents, Map<String, String> metadata)
      throws IOException {
    boolean known = !contents.arrays().isEmpty() || !contents.texts().isEmpty();
    known |= !metadata.isEmpty();
    List<FileSummary.Tensor> tensors =
        contents.arrays().entrySet().stream()
            .map(
                e ->
                    new FileSummary.Tensor(
                        e.getKey(),
                        e.getValue().type().torch(),
                        Arrays.stream(e.getValue().shape()).boxed().toList()))
            .toList();
    List<FileSummary.Texts> texts =
        contents.texts().entrySet().stream()
            .map(
                e ->
                    new FileSummary.Texts(
                        e.getKey(),
                        e.getValue().size(),
                        e.getValue().isEmpty() ? null : e.getValue().getFirst()))
            .toList();
    return new FileSummary(
        path.toString(), format, table(path, known), tensors, texts, metadata, List.of());
  }

  /// @param known whether something else can be said of the file; if not, what keeps it from being
  ///   a table is the answer
  private static FileSummary.Table table(Path path, boolean known) throws IOException {
    try (TableSource source = TableFormats.open(path, TableReadOptions.defaults())) {
      RowBlock block = RowBlock.of(source);
      String first;
      try (TableSource.RowStream rows = source.rows(0)) {
        first = rows.read(block) ? block.row(0).id() : null;
      }
      return new FileSummary.Table(
          source.size(),
          source.dimension(),
          source.type().torch(),
          first,
          source.columns(),
          source.provenance());
    } catch (SemblanceException e) {
      if (known) {
        return null; // it holds something else, or several tables; what it holds is listed
      }
      throw e;
    }
  }
}

package io.semblance.core.exchange;

import io.semblance.core.SemblanceException;
import io.semblance.core.array.NpyFile;
import io.semblance.core.array.NumberArray;
import io.semblance.core.file.NumberedFiles;
import io.semblance.core.table.Provenance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Folders of vectors: clip-retrieval's (`img_emb` or `text_emb`, and `metadata`), and autofaiss's
/// (`.npy` or Parquet files side by side).
final class ArrayFolder {

  private static final String METADATA = "metadata";

  private ArrayFolder() {}

  static boolean isClipRetrieval(Path folder) {
    return Files.isDirectory(folder.resolve("img_emb"))
        || Files.isDirectory(folder.resolve("text_emb"));
  }

  static TableSource clipRetrieval(Path folder, Provenance provenance, TableReadOptions options)
      throws IOException {
    boolean text = TableReadOptions.TEXT.equals(options.part());
    Path vectors = folder.resolve(text ? "text_emb" : "img_emb");
    List<Path> files = NumberedFiles.in(vectors, ".npy");
    if (files.isEmpty()) {
      throw new SemblanceException(
          "%s holds no %s/*.npy: %s."
              .formatted(
                  folder,
                  vectors.getFileName(),
                  Files.isDirectory(folder.resolve("text_emb")) && !text
                      ? "add --part text for its captions"
                      : "copy the whole folder"));
    }
    List<Path> metadata = NumberedFiles.in(folder.resolve(METADATA), ".parquet");
    if (!metadata.isEmpty() && metadata.size() != files.size()) {
      throw new SemblanceException(
          "%s has %d files of vectors and %d of metadata: rows align by file number, so the numbers must be equal."
              .formatted(folder, files.size(), metadata.size()));
    }
    return stacked(files, metadata, provenance, options);
  }

  /// @throws SemblanceException if the folder holds neither `.npy` nor Parquet files
  static TableSource autofaiss(Path folder, Provenance provenance, TableReadOptions options)
      throws IOException {
    List<Path> arrays = NumberedFiles.in(folder, ".npy");
    if (!arrays.isEmpty()) {
      return stacked(arrays, List.of(), provenance, options);
    }
    List<Path> parquet = NumberedFiles.in(folder, ".parquet");
    if (!parquet.isEmpty()) {
      return ParquetSource.open(parquet, provenance, options);
    }
    throw new SemblanceException(
        folder
            + " is no table: it holds neither manifest.json, nor img_emb or text_emb, nor .npy or"
            + " .parquet files; check the path.");
  }

  private static TableSource stacked(
      List<Path> files, List<Path> metadata, Provenance provenance, TableReadOptions options)
      throws IOException {
    var owned = new ArrayList<AutoCloseable>();
    try {
      var arrays = new ArrayList<NumberArray>();
      for (Path file : files) {
        NpyFile npy = NpyFile.open(file);
        owned.add(npy);
        arrays.add(npy.numbers());
      }
      Vectors vectors = Vectors.stack(arrays, files.stream().map(Path::toString).toList());
      RowNames names =
          metadata.isEmpty()
              ? RowNames.of(ids(options, vectors.size(), files.getFirst()), options.pattern())
              : described(metadata, arrays, options, owned);
      return new StackedSource(provenance, vectors, names, files, "npy folder", owned);
    } catch (IOException | RuntimeException e) {
      StackedSource.closeAll(owned);
      throw e;
    }
  }

  private static List<String> ids(TableReadOptions options, long rows, Path file)
      throws IOException {
    if (options.ids() == null) {
      return null;
    }
    List<String> ids = TensorChoice.lines(Path.of(options.ids()));
    if (ids.size() != rows) {
      throw new SemblanceException(
          "%s and those beside it have %d rows, but there are %d ids: give one id a row, in the same order."
              .formatted(file, rows, ids.size()));
    }
    return ids;
  }

  /// @param owned receives what must be closed with the source
  private static RowNames described(
      List<Path> metadata,
      List<NumberArray> arrays,
      TableReadOptions options,
      List<AutoCloseable> owned)
      throws IOException {
    for (int i = 0; i < metadata.size(); i++) {
      try (ParquetFiles one = ParquetFiles.open(metadata.subList(i, i + 1))) {
        if (one.rows() != arrays.get(i).rows()) {
          throw new SemblanceException(
              "%s has %d rows, the vectors of that number %d: rows cannot be told apart; make the files again."
                  .formatted(metadata.get(i), one.rows(), arrays.get(i).rows()));
        }
      }
    }
    ParquetFiles all = ParquetFiles.open(metadata);
    owned.add(all);
    return new ParquetNames(all, all.columns(), null, options.pattern());
  }
}

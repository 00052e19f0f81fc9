package io.semblance.core.parquet;

import io.semblance.core.file.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

/// Results as Parquet: the tables that were written as CSV, with typed columns and the version of
/// their schema in the file's metadata (`semblance_schema`).
public final class ResultParquet {

  private ResultParquet() {}

  /// Writes every CSV of a folder as Parquet. Parquet files of an earlier result in the target are
  /// removed.
  ///
  /// @param csvs folder of `.csv` files with a header
  /// @param target folder for the `.parquet` files, made if missing
  /// @param schema version of the tables' columns
  /// @throws IOException if a file cannot be read or written
  public static void write(Path csvs, Path target, int schema) throws IOException {
    Files.createDirectories(target);
    for (Path old : files(target, ".parquet")) {
      Files.delete(old);
    }
    for (Path csv : files(csvs, ".csv")) {
      String name = csv.getFileName().toString();
      writeOne(csv, target.resolve(name.substring(0, name.length() - 4) + ".parquet"), schema);
    }
  }

  private static void writeOne(Path csv, Path file, int schema) throws IOException {
    Path temporary = file.resolveSibling("." + file.getFileName() + ".partial");
    try (var db = Parquet.connect();
        var statement = db.createStatement()) {
      // all lines decide the types: a label that only looks like a number in the first ones stays
      // text
      statement.execute(
          "COPY (SELECT * FROM read_csv(%s, header = true, sample_size = -1)) TO %s (FORMAT parquet, COMPRESSION zstd, KV_METADATA {semblance_schema: '%d'})"
              .formatted(Parquet.pattern(csv), Parquet.text(temporary), schema));
      AtomicFile.move(temporary, file);
    } catch (SQLException e) {
      throw Parquet.unwritable(file, e);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private static List<Path> files(Path folder, String ending) throws IOException {
    try (Stream<Path> list = Files.list(folder)) {
      return list.filter(p -> p.getFileName().toString().endsWith(ending))
          .filter(p -> !p.getFileName().toString().startsWith("."))
          .sorted()
          .toList();
    }
  }
}

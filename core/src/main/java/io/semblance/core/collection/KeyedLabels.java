package io.semblance.core.collection;

import io.semblance.core.parquet.Parquet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/// The Parquet file beside a tar or a folder of img2dataset: one row a sample, found by its key.
///
/// @param file the Parquet file
/// @param labels of the samples that have some, by key
record KeyedLabels(Path file, Map<String, Labels> labels) {

  /// @param place a tar or a folder
  /// @param stem its name without ending
  /// @return the file beside it, or null if there is none with a column `key`
  static KeyedLabels beside(Path place, String stem) throws IOException {
    Path file = place.resolveSibling(stem + ".parquet");
    if (!Files.isRegularFile(file)) {
      return null;
    }
    Map<String, String> columns = Parquet.columns(file);
    if (!columns.containsKey("key")) {
      return null;
    }
    var labels = new HashMap<String, Labels>();
    if (Labels.NAMES.stream().anyMatch(columns::containsKey)) {
      read(file, columns, labels);
    }
    return new KeyedLabels(file, labels);
  }

  private static void read(Path file, Map<String, String> columns, Map<String, Labels> labels)
      throws IOException {
    String query =
        "SELECT CAST(key AS VARCHAR), %s FROM %s"
            .formatted(ParquetListing.labels(columns), Parquet.read(file));
    try (var db = Parquet.connect();
        var statement = db.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        labels.put(
            rows.getString(1), Labels.of(rows.getString(2), rows.getString(3), rows.getString(4)));
      }
    } catch (SQLException e) {
      throw Parquet.unreadable(file, e);
    }
  }

  /// @param key of a sample
  /// @return its labels
  Labels of(String key) {
    return labels.getOrDefault(key, Labels.NONE);
  }
}

package io.semblance.core.table;

import io.semblance.core.collection.Labels;
import io.semblance.core.parquet.Parquet;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/// Ids, labels and hashes of a table's rows as Parquet, in clip-retrieval's columns: `image_path`
/// first, then ours, then whatever the collection's source said of its images.
final class RowParquet {

  /// Columns that this program writes and understands.
  static final List<String> OWN = List.of("image_path", "category", "style", "instance", "sha256");

  private static final List<String> ID_COLUMNS =
      List.of("image_path", "id", "file_name", "key", "url");

  private RowParquet() {}

  /// Reads the rows of one file.
  ///
  /// @param file the Parquet
  /// @param ours whether a column `sha256` is the hash of the image's file, as in the tables of
  ///   this program; elsewhere it may be the hash of something else
  /// @param rows receives them
  static void read(Path file, boolean ours, TableRows.Builder rows) throws IOException {
    Set<String> there = Parquet.columns(file).keySet();
    String id = ID_COLUMNS.stream().filter(there::contains).findFirst().orElse(null);
    String query =
        "SELECT %s, %s, %s, %s, %s FROM %s"
            .formatted(
                id == null ? "NULL" : "CAST(" + Parquet.name(id) + " AS VARCHAR)",
                text(there, "category"),
                text(there, "style"),
                text(there, "instance"),
                ours ? text(there, "sha256") : "NULL",
                Parquet.read(file));
    try (var db = Parquet.connect();
        var statement = db.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      while (result.next()) {
        String name = result.getString(1);
        Labels labels = Labels.of(result.getString(2), result.getString(3), result.getString(4));
        rows.add(name == null ? Integer.toString(rows.size()) : name, labels, result.getString(5));
      }
    } catch (SQLException e) {
      throw Parquet.unreadable(file, e);
    }
  }

  private static String text(Set<String> there, String name) {
    return there.contains(name) ? "CAST(" + Parquet.name(name) + " AS VARCHAR)" : "NULL";
  }
}

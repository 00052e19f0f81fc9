package io.semblance.core.table;

import io.semblance.core.column.TextColumn;
import io.semblance.core.parquet.Parquet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/// What was seen of a table's image files: size and time of change of each.
///
/// @param rows states by row, length n; null where unknown
/// @param failed states of the images without a row, by id
record SeenFiles(TextColumn rows, Map<String, String> failed) {

  /// Reads what a table folder says, which may be nothing: the file only saves reading images
  /// again.
  ///
  /// @param folder of a table
  /// @param size n
  static SeenFiles read(Path folder, int size) {
    Path file = folder.resolve(TableFiles.SEEN);
    var rows = new TextColumn.Builder();
    var failed = new HashMap<String, String>();
    if (Files.exists(file)) {
      try {
        read(file, size, rows, failed);
      } catch (IOException _) {
        return unknown(size); // damaged: as good as missing
      }
    }
    pad(rows, size);
    return new SeenFiles(rows.build(), failed);
  }

  private static void read(Path file, int size, TextColumn.Builder rows, Map<String, String> failed)
      throws IOException {
    Parquet.requireParquet(file);
    try (var db = Parquet.connect();
        var statement = db.createStatement();
        ResultSet result =
            statement.executeQuery(
                "SELECT row, image_path, state FROM "
                    + Parquet.read(file)
                    + " ORDER BY row NULLS LAST")) {
      while (result.next()) {
        long row = result.getLong(1);
        if (result.wasNull()) {
          failed.put(result.getString(2), result.getString(3));
        } else if (row < size) {
          pad(rows, row);
          rows.add(result.getString(3));
        }
      }
    } catch (SQLException e) {
      throw Parquet.unreadable(file, e);
    }
  }

  private static SeenFiles unknown(int size) {
    var rows = new TextColumn.Builder();
    pad(rows, size);
    return new SeenFiles(rows.build(), Map.of());
  }

  private static void pad(TextColumn.Builder rows, long size) {
    while (rows.size() < size) {
      rows.add(null);
    }
  }
}

package io.semblance.core.collection;

import io.semblance.core.column.TextColumn;
import io.semblance.core.parquet.Parquet;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.duckdb.DuckDBConnection;

/// A collection on disk: one Parquet row an image, in order, with `image_path`, `category`,
/// `style`, `instance` and whatever else its source said.
public final class Listing {

  private Listing() {}

  /// Writes a collection.
  ///
  /// @param collection any
  /// @param file the Parquet file
  /// @throws IOException if it cannot be written
  public static void write(ImageCollection collection, Path file) throws IOException {
    write(collection, null, file);
  }

  /// Writes a collection and, behind it, further rows.
  ///
  /// @param collection any
  /// @param behind SQL for further rows with a column `image_path`, or null
  /// @param file the Parquet file
  /// @throws IOException if it cannot be written
  public static void write(ImageCollection collection, String behind, Path file)
      throws IOException {
    try (var db = Parquet.connect();
        var statement = db.createStatement()) {
      load(collection, db);
      ExtraColumns extras = collection.extras();
      String rows =
          extras.isEmpty()
              ? "SELECT * FROM listing"
              : "SELECT * FROM listing POSITIONAL JOIN (" + extras.query() + ") x";
      if (behind != null) {
        rows = "(" + rows + ") UNION ALL BY NAME (" + behind + ")";
      }
      statement.execute(
          "COPY (" + rows + ") TO " + Parquet.text(file) + " (FORMAT parquet, COMPRESSION zstd)");
    } catch (SQLException e) {
      throw Parquet.unwritable(file, e);
    }
  }

  private static void load(ImageCollection collection, DuckDBConnection db) throws SQLException {
    try (var statement = db.createStatement()) {
      statement.execute(
          "CREATE TABLE listing (image_path VARCHAR, category VARCHAR, style VARCHAR, instance"
              + " VARCHAR)");
    }
    try (var appender = db.createAppender(DuckDBConnection.DEFAULT_SCHEMA, "listing")) {
      for (CollectionImage image : collection.images()) {
        Labels l = image.labels();
        appender.beginRow();
        appender.append(image.id());
        for (String label : new String[] {l.category(), l.style(), l.instance()}) {
          if (label == null) {
            appender.appendNull();
          } else {
            appender.append(label);
          }
        }
        appender.endRow();
      }
    }
  }

  /// Reads the ids of a listing.
  ///
  /// @param file as [#write] made it
  /// @return ids in order
  /// @throws IOException if it cannot be read
  public static TextColumn ids(Path file) throws IOException {
    Parquet.requireParquet(file);
    var ids = new TextColumn.Builder();
    try (var db = Parquet.connect();
        var statement = db.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT image_path FROM read_parquet(" + Parquet.text(file) + ")")) {
      while (rows.next()) {
        ids.add(rows.getString(1));
      }
      return ids.build();
    } catch (SQLException e) {
      throw Parquet.unreadable(file, e);
    }
  }
}

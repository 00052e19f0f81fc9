package io.semblance.core.collection;

import io.semblance.core.SemblanceException;
import io.semblance.core.column.TextColumn;
import io.semblance.core.file.AtomicFile;
import io.semblance.core.parquet.Parquet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.duckdb.DuckDBConnection;

/// A collection on disk: one Parquet row an image, in order, with `image_path`, `category`,
/// `style`, `instance` and whatever else its source said.
public final class Listing {

  private static final String ROOT = "semblance_root";

  private Listing() {}

  /// Writes a collection.
  ///
  /// @param collection any
  /// @param file the Parquet file
  /// @throws IOException if it cannot be written
  public static void write(ImageCollection collection, Path file) throws IOException {
    write(collection, null, file);
  }

  /// Writes a collection for people and later runs: as CSV or as Parquet that knows the folder its
  /// paths begin at.
  ///
  /// @param collection one of files or of members of tars
  /// @param file its name ends in `.csv` or `.parquet`
  /// @throws SemblanceException if the images lie in Parquet files, which no path leads into
  public static void writeManifest(ImageCollection collection, Path file) throws IOException {
    if (collection.image(0).source() instanceof ImageSource.InParquet) {
      throw new SemblanceException(
          "The images of %s lie in Parquet files, which are their own listing: give those to embed."
              .formatted(collection.root()));
    }
    Path root = collection.root().toAbsolutePath().normalize();
    String options =
        file.toString().endsWith(".csv")
            ? "(FORMAT csv, HEADER true)"
            : "(FORMAT parquet, COMPRESSION zstd, KV_METADATA {%s: %s})"
                .formatted(ROOT, Parquet.text(root.toString()));
    Path folder = file.toAbsolutePath().getParent();
    Path temporary = folder.resolve("." + file.getFileName() + ".partial");
    try {
      Files.createDirectories(folder);
      write(collection, null, temporary, options);
      AtomicFile.move(temporary, file);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /// @param file a Parquet file
  /// @return the folder its paths begin at, if this program wrote it, else null
  static Path root(Path file) throws IOException {
    try (var db = Parquet.connect();
        var statement = db.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT decode(value) FROM parquet_kv_metadata(%s) WHERE decode(key) = '%s'"
                    .formatted(Parquet.pattern(file), ROOT))) {
      return rows.next() ? Path.of(rows.getString(1)) : null;
    } catch (SQLException e) {
      throw Parquet.unreadable(file, e);
    }
  }

  /// Writes a collection and, behind it, further rows.
  ///
  /// @param collection any
  /// @param behind SQL for further rows with a column `image_path`, or null
  /// @param file the Parquet file
  /// @throws IOException if it cannot be written
  public static void write(ImageCollection collection, String behind, Path file)
      throws IOException {
    write(collection, behind, file, "(FORMAT parquet, COMPRESSION zstd)");
  }

  private static void write(ImageCollection collection, String behind, Path file, String options)
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
      statement.execute("COPY (" + rows + ") TO " + Parquet.text(file) + " " + options);
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
        ResultSet rows = statement.executeQuery("SELECT image_path FROM " + Parquet.read(file))) {
      while (rows.next()) {
        ids.add(rows.getString(1));
      }
      return ids.build();
    } catch (SQLException e) {
      throw Parquet.unreadable(file, e);
    }
  }
}

package io.semblance.core.collection;

import io.semblance.core.parquet.Parquet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;

/// What a collection's source says of its images beside id and labels: captions, addresses,
/// creators, licences and anything else. Lies in a Parquet file, one row an image, in the
/// collection's order.
///
/// @param file the Parquet file, or null where there are no such columns
/// @param names of the columns, in order
/// @param from row of the first image
/// @param to row behind the last image
/// @param temporary whether the file was made for the collection and goes with it
public record ExtraColumns(Path file, List<String> names, long from, long to, boolean temporary) {

  /// No further columns.
  public static final ExtraColumns NONE = new ExtraColumns(null, List.of(), 0, 0, false);

  /// Names that a table's own columns have, or DuckDB's; a source's column of that name, in small
  /// letters or capitals, is called `source_...`.
  static final List<String> RESERVED =
      List.of("image_path", "category", "style", "instance", "sha256", "file_row_number");

  /// Copies the names.
  public ExtraColumns {
    names = List.copyOf(names);
  }

  /// @return whether there are none
  public boolean isEmpty() {
    return names.isEmpty();
  }

  /// Removes the file if it was made for the collection.
  void discard() {
    if (temporary) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException _) {
        // it goes when the process ends
      }
    }
  }

  ExtraColumns slice(long begin, long end) {
    return isEmpty() ? this : new ExtraColumns(file, names, from + begin, from + end, false);
  }

  /// @return SQL for the columns, one row an image, in order
  public String query() {
    return "SELECT %s FROM %s LIMIT %d OFFSET %d"
        .formatted(Parquet.names(names), Parquet.read(file), to - from, from);
  }

  /// Feeds names and values to a hash.
  void feed(MessageDigest digest) throws IOException {
    if (isEmpty()) {
      return;
    }
    digest.update(String.join("\t", names).getBytes(StandardCharsets.UTF_8));
    try (var db = Parquet.connect();
        var statement = db.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT CAST(row(%s) AS VARCHAR) FROM (%s) t"
                    .formatted(Parquet.names(names), query()))) {
      while (rows.next()) {
        digest.update(rows.getString(1).getBytes(StandardCharsets.UTF_8));
        digest.update((byte) '\n');
      }
    } catch (SQLException e) {
      throw Parquet.unreadable(file, e);
    }
  }

  /// The name a source's column gets here.
  static String free(String name) {
    return RESERVED.contains(name.toLowerCase(Locale.ROOT)) ? "source_" + name : name;
  }
}

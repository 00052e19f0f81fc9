package io.semblance.core.table;

import io.semblance.core.column.TextColumn;
import io.semblance.core.parquet.Parquet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What a table's metadata says of its rows beside ids, labels and hashes: captions, addresses,
/// creators, licences and anything else the source of the images had.
///
/// Stays on disk; a column is read when it is asked for. Safe for use by several threads.
///
/// @param files Parquet files in the order of the rows
public record RowMetadata(List<Path> files) {

  /// No further columns.
  public static final RowMetadata NONE = new RowMetadata(List.of());

  /// Copies the list.
  public RowMetadata {
    files = List.copyOf(files);
  }

  /// @return names of the further columns, in order of first appearance
  /// @throws IOException if a file cannot be read
  public List<String> columns() throws IOException {
    Set<String> names = new LinkedHashSet<>();
    for (Path file : files) {
      names.addAll(Parquet.columns(file).keySet());
    }
    names.removeAll(RowParquet.OWN);
    return List.copyOf(names);
  }

  /// One column as text.
  ///
  /// @param name one of [#columns]
  /// @return length n; null where a row has no value
  /// @throws IOException if a file cannot be read
  /// @throws IllegalArgumentException if there is no such column; the message lists what there is
  public TextColumn column(String name) throws IOException {
    if (!columns().contains(name)) {
      throw new IllegalArgumentException(
          "the table has no column '%s': it has %s"
              .formatted(name, columns().isEmpty() ? "none" : String.join(", ", columns())));
    }
    var values = new TextColumn.Builder();
    for (Path file : files) {
      String cell =
          Parquet.columns(file).containsKey(name)
              ? "CAST(" + Parquet.name(name) + " AS VARCHAR)"
              : "NULL";
      try (var db = Parquet.connect();
          var statement = db.createStatement();
          ResultSet result =
              statement.executeQuery("SELECT " + cell + " FROM " + Parquet.read(file))) {
        while (result.next()) {
          values.add(result.getString(1));
        }
      } catch (SQLException e) {
        throw Parquet.unreadable(file, e);
      }
    }
    return values.build();
  }

  /// @param listing a relation with a column `image_path`
  /// @return SQL for all columns of the rows that the relation does not have, in order
  String rowsNotIn(String listing) {
    return "SELECT m.* EXCLUDE (semblance_row) FROM (SELECT *, row_number() OVER () AS"
        + " semblance_row FROM ("
        + query()
        + ")) m ANTI JOIN "
        + listing
        + " ON m.image_path = "
        + listing
        + ".image_path ORDER BY m.semblance_row";
  }

  /// All columns of all rows in one file.
  ///
  /// @return a temporary Parquet file; delete it
  /// @throws IOException if it cannot be written
  Path gathered() throws IOException {
    Path file = Files.createTempFile("semblance-", ".parquet");
    try (var db = Parquet.connect();
        var statement = db.createStatement()) {
      statement.execute(
          "COPY ("
              + query()
              + ") TO "
              + Parquet.text(file)
              + " (FORMAT parquet, COMPRESSION zstd)");
      return file;
    } catch (SQLException e) {
      Files.deleteIfExists(file);
      throw Parquet.unwritable(file, e);
    }
  }

  /// @return SQL for all columns of all rows, in order; columns that only some files have are null
  ///   elsewhere
  String query() {
    return "SELECT * FROM " + Parquet.read(files);
  }
}

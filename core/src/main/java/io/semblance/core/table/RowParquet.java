package io.semblance.core.table;

import io.semblance.core.SemblanceException;
import io.semblance.core.collection.Labels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.duckdb.DuckDBConnection;

/// Ids, labels and hashes of a table's rows as Parquet, in clip-retrieval's columns: `image_path`
/// first, then ours.
final class RowParquet {

  private static final List<String> ID_COLUMNS =
      List.of("image_path", "id", "file_name", "key", "url");

  private RowParquet() {}

  static void write(List<TableRow> rows, Path file) throws IOException {
    Files.deleteIfExists(file);
    try (DuckDBConnection db = connect();
        var statement = db.createStatement()) {
      statement.execute(
          "CREATE TABLE rows (image_path VARCHAR, category VARCHAR, style VARCHAR, instance"
              + " VARCHAR, sha256 VARCHAR)");
      try (var appender = db.createAppender(DuckDBConnection.DEFAULT_SCHEMA, "rows")) {
        for (TableRow row : rows) {
          appender.beginRow();
          for (String cell :
              new String[] {
                row.id(),
                row.labels().category(),
                row.labels().style(),
                row.labels().instance(),
                row.sha256()
              }) {
            if (cell == null) {
              appender.appendNull();
            } else {
              appender.append(cell);
            }
          }
          appender.endRow();
        }
      }
      statement.execute("COPY rows TO '" + quoted(file) + "' (FORMAT parquet, COMPRESSION zstd)");
    } catch (SQLException e) {
      throw new SemblanceException(
          "Cannot write " + file + " (" + firstLine(e) + "): check free space and permissions.", e);
    }
  }

  static List<TableRow> read(Path file) throws IOException {
    try (Connection db = connect();
        var statement = db.createStatement();
        ResultSet result =
            statement.executeQuery("SELECT * FROM read_parquet('" + quoted(file) + "')")) {
      Set<String> columns = new HashSet<>();
      for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
        columns.add(result.getMetaData().getColumnName(i));
      }
      String id = ID_COLUMNS.stream().filter(columns::contains).findFirst().orElse(null);
      var rows = new ArrayList<TableRow>();
      while (result.next()) {
        String name = id == null ? null : result.getString(id);
        rows.add(
            new TableRow(
                name == null ? Integer.toString(rows.size()) : name,
                new Labels(
                    cell(result, columns, "category"),
                    cell(result, columns, "style"),
                    cell(result, columns, "instance")),
                cell(result, columns, "sha256")));
      }
      return rows;
    } catch (SQLException e) {
      throw new SemblanceException(
          file + " is not readable as Parquet (" + firstLine(e) + "): copy or write it again.", e);
    }
  }

  private static String cell(ResultSet result, Set<String> columns, String name)
      throws SQLException {
    return columns.contains(name) ? result.getString(name) : null;
  }

  private static DuckDBConnection connect() throws SQLException {
    Connection connection = DriverManager.getConnection("jdbc:duckdb:");
    try (var statement = connection.createStatement()) {
      // One thread and kept order: the same rows make the same bytes.
      statement.execute("SET threads = 1");
      statement.execute("SET preserve_insertion_order = true");
    }
    return connection.unwrap(DuckDBConnection.class);
  }

  private static String quoted(Path file) {
    return file.toAbsolutePath().toString().replace("'", "''");
  }

  private static String firstLine(SQLException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("unknown");
  }
}

package io.semblance.core.exchange;

import io.semblance.core.Printable;
import io.semblance.core.SemblanceException;
import io.semblance.core.parquet.Parquet;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBPreparedStatement;

/// Parquet files through DuckDB: one thread, rows in the order of the files, results streamed, and
/// a limit on its memory, so that neither a large nor a lying file takes more.
final class ParquetFiles implements AutoCloseable {

  private final List<Path> files;
  private final DuckDBConnection db;

  private ParquetFiles(List<Path> files, DuckDBConnection db) {
    this.files = List.copyOf(files);
    this.db = db;
  }

  /// @param files in the order of their rows
  /// @return the files as one table; close it
  /// @throws SemblanceException if one of them is no Parquet
  static ParquetFiles open(List<Path> files) throws IOException {
    for (Path file : files) {
      Parquet.requireParquet(file);
    }
    try {
      return new ParquetFiles(files, Parquet.connect());
    } catch (SQLException e) {
      throw new SemblanceException(
          "Cannot start the reader of Parquet (" + firstLine(e) + "): free some memory.", e);
    }
  }

  /// Starts a query whose rows are streamed.
  ///
  /// @return a statement on a connection of its own; close both
  DuckDBPreparedStatement query(String sql) throws SQLException {
    DuckDBConnection another = db.duplicate().unwrap(DuckDBConnection.class);
    try {
      return (DuckDBPreparedStatement) another.prepareStatement(sql);
    } catch (SQLException e) {
      another.close();
      throw e;
    }
  }

  List<Path> files() {
    return files;
  }

  /// The files as a table of SQL.
  String from() {
    return Parquet.read(files);
  }

  /// @return SQL types by column, in order
  Map<String, String> columns() throws IOException {
    try (var statement = db.createStatement();
        ResultSet rows = statement.executeQuery("DESCRIBE SELECT * FROM " + from())) {
      var out = new LinkedHashMap<String, String>();
      while (rows.next()) {
        out.put(rows.getString(1), rows.getString(2));
      }
      return out;
    } catch (SQLException e) {
      throw unreadable(e);
    }
  }

  long rows() throws IOException {
    try (var statement = db.createStatement();
        ResultSet count = statement.executeQuery("SELECT count(*) FROM " + from())) {
      count.next();
      return count.getLong(1);
    } catch (SQLException e) {
      throw unreadable(e);
    }
  }

  /// @return the texts that the first file's writer left, by name
  Map<String, String> metadata() throws IOException {
    String first = Parquet.pattern(files.getFirst());
    try (var statement = db.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT decode(key), decode(value) FROM parquet_kv_metadata("
                    + first
                    + ")"
                    + " WHERE starts_with(decode(key), 'semblance.')")) {
      var out = new LinkedHashMap<String, String>();
      while (rows.next()) {
        out.put(rows.getString(1), rows.getString(2));
      }
      return out;
    } catch (SQLException _) {
      return Map.of(); // other writers keep bytes there that are no texts
    }
  }

  SemblanceException unreadable(SQLException e) {
    String which = files.size() == 1 ? files.getFirst().toString() : files + "";
    return new SemblanceException(
        which + " is not readable as Parquet (" + firstLine(e) + "): copy or write it again.", e);
  }

  static String firstLine(SQLException e) {
    return Printable.of(String.valueOf(e.getMessage()).lines().findFirst().orElse("unknown"));
  }

  @Override
  public void close() throws IOException {
    try {
      db.close();
    } catch (SQLException e) {
      throw unreadable(e);
    }
  }
}

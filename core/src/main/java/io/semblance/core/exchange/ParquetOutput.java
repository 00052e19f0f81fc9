package io.semblance.core.exchange;

import io.semblance.core.collection.Labels;
import io.semblance.core.parquet.Parquet;
import io.semblance.core.table.TableRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/// Writes rows as Parquet. They are collected in a database file in a folder of its own, because
/// DuckDB writes Parquet from a query and the rows need not fit the memory.
final class ParquetOutput implements AutoCloseable {

  private static final String MEMORY = "1GB";

  private final Path folder;
  private final DuckDBConnection db;
  private final DuckDBAppender appender;
  private final float[] vector; // null: rows without vectors

  /// @param folder for the database; made here and removed by [#close]
  /// @param id name of the id's column
  /// @param columns further columns
  /// @param dimension of the vectors, or 0 for rows without
  ParquetOutput(Path folder, String id, List<String> columns, int dimension)
      throws IOException, SQLException {
    this.folder = folder;
    delete(folder);
    Files.createDirectories(folder);
    var connection = DriverManager.getConnection("jdbc:duckdb:" + folder.resolve("rows.db"));
    this.db = connection.unwrap(DuckDBConnection.class);
    try (var statement = db.createStatement()) {
      statement.execute("SET threads = 1");
      statement.execute("SET memory_limit = '" + MEMORY + "'");
      statement.execute("CREATE TABLE rows (" + definition(id, columns, dimension) + ")");
    }
    this.appender = db.createAppender(DuckDBConnection.DEFAULT_SCHEMA, "rows");
    this.vector = dimension == 0 ? null : new float[dimension];
  }

  private static String definition(String id, List<String> columns, int dimension) {
    List<String> ours = List.of(id, "category", "style", "instance", "sha256");
    String texts =
        Stream.concat(ours.stream(), distinct(columns, ours).stream())
            .map(c -> Parquet.name(c) + " VARCHAR")
            .collect(Collectors.joining(", "));
    return dimension == 0 ? texts : texts + ", embedding FLOAT[]";
  }

  /// SQL knows no case in names, and a source may have a column called as one of ours.
  private static List<String> distinct(List<String> columns, List<String> ours) {
    Set<String> taken = new HashSet<>(ours);
    taken.add("embedding");
    var out = new ArrayList<String>();
    for (String column : columns) {
      String name = column.isEmpty() ? "column" : column;
      while (!taken.add(name.toLowerCase(Locale.ROOT))) {
        name += "_";
      }
      out.add(name);
    }
    return out;
  }

  void append(RowBlock block) throws SQLException {
    for (int i = 0; i < block.size(); i++) {
      TableRow row = block.row(i);
      Labels labels = row.labels();
      appender.beginRow();
      cell(row.id());
      cell(labels.category());
      cell(labels.style());
      cell(labels.instance());
      cell(row.sha256());
      for (String cell : block.cells(i)) {
        cell(cell);
      }
      if (vector != null) {
        System.arraycopy(block.vectors(), i * vector.length, vector, 0, vector.length);
        appender.append(vector);
      }
      appender.endRow();
    }
  }

  private void cell(String text) throws SQLException {
    if (text == null) {
      appender.appendNull();
    } else {
      appender.append(text);
    }
  }

  /// @param metadata texts to keep in the file, by name
  void copyTo(Path file, Map<String, String> metadata) throws SQLException {
    appender.close();
    int rows = vector == null ? 122_880 : Math.clamp((1 << 26) / vector.length, 2048, 122_880);
    String texts =
        metadata.entrySet().stream()
            .map(e -> Parquet.text(e.getKey()) + ": " + Parquet.text(e.getValue()))
            .collect(Collectors.joining(", "));
    try (var statement = db.createStatement()) {
      statement.execute(
          "COPY rows TO %s (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE %d%s)"
              .formatted(
                  Parquet.text(file),
                  rows,
                  metadata.isEmpty() ? "" : ", KV_METADATA {" + texts + "}"));
    }
  }

  @Override
  public void close() throws SQLException, IOException {
    try (db) {
      if (!appender.isClosed()) {
        appender.close();
      }
    } finally {
      delete(folder);
    }
  }

  private static void delete(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      try (Stream<Path> inside = Files.list(folder)) {
        for (Path file : inside.toList()) {
          if (Files.isDirectory(file)) {
            delete(file);
          }
          Files.deleteIfExists(file);
        }
      }
    }
    Files.deleteIfExists(folder);
  }
}

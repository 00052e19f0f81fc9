package io.semblance.core.exchange;

import io.semblance.core.SemblanceException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBPreparedStatement;

/// Parquet files through DuckDB: one thread, rows in the order of the files, results streamed, and
/// a limit on its memory, so that neither a large nor a lying file takes more.
final class Parquet implements AutoCloseable {

  private static final String MEMORY_LIMIT = "1GB";

  private final List<Path> files;
  private final DuckDBConnection db;

  private Parquet(List<Path> files, DuckDBConnection db) {
    this.files = List.copyOf(files);
    this.db = db;
  }

  /// @param files in the order of their rows
  /// @return the files as one table; close it
  /// @throws SemblanceException if one of them is no Parquet
  static Parquet open(List<Path> files) throws IOException {
    for (Path file : files) {
      requireFrame(file);
    }
    try {
      return new Parquet(files, connect(":memory:"));
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

  /// @param place `:memory:`, or a file for what does not fit the memory
  static DuckDBConnection connect(String place) throws SQLException {
    var properties = new Properties();
    properties.setProperty("jdbc_stream_results", "true");
    Connection connection =
        DriverManager.getConnection(
            "jdbc:duckdb:" + (place.equals(":memory:") ? "" : place), properties);
    try (var statement = connection.createStatement()) {
      statement.execute("SET threads = 1");
      statement.execute("SET preserve_insertion_order = true");
      statement.execute("SET memory_limit = '" + MEMORY_LIMIT + "'");
    }
    return connection.unwrap(DuckDBConnection.class);
  }

  /// The files as a table of SQL.
  String from() {
    return files.stream()
        .map(f -> literal(pattern(f.toAbsolutePath().toString())))
        .collect(Collectors.joining(", ", "read_parquet([", "])"));
  }

  /// DuckDB takes every name for a pattern.
  private static String pattern(String path) {
    return path.replace("[", "[[]").replace("*", "[*]").replace("?", "[?]");
  }

  static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  static String identifier(String name) {
    return "\"" + name.replace("\"", "\"\"") + "\"";
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
    String first = literal(pattern(files.getFirst().toAbsolutePath().toString()));
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

  /// Parquet has its mark at both ends. Told here, the sentence names the file and not an engine.
  private static void requireFrame(Path file) throws IOException {
    try (var channel = Files.newByteChannel(file, StandardOpenOption.READ)) {
      if (channel.size() < 12 || !mark(channel, 0) || !mark(channel, channel.size() - 4)) {
        throw new SemblanceException(
            "%s is no Parquet file (of its %d bytes the first and the last four should be PAR1): it is truncated or of another format; copy or write it again."
                .formatted(file, channel.size()));
      }
    } catch (NoSuchFileException e) {
      throw new SemblanceException("There is no file " + file + ": check the path.", e);
    }
  }

  private static boolean mark(SeekableByteChannel in, long at) throws IOException {
    var four = ByteBuffer.allocate(4);
    in.position(at);
    in.read(four);
    return new String(four.array(), StandardCharsets.ISO_8859_1).equals("PAR1");
  }

  SemblanceException unreadable(SQLException e) {
    String which = files.size() == 1 ? files.getFirst().toString() : files + "";
    return new SemblanceException(
        which + " is not readable as Parquet (" + firstLine(e) + "): copy or write it again.", e);
  }

  static String firstLine(SQLException e) {
    String line = String.valueOf(e.getMessage()).lines().findFirst().orElse("unknown");
    String plain = line.replaceAll("\\p{C}", "?");
    return plain.length() > 200 ? plain.substring(0, 200) + "..." : plain;
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

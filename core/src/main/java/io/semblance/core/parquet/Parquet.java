package io.semblance.core.parquet;

import io.semblance.core.SemblanceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.duckdb.DuckDBConnection;

/// How this program talks to DuckDB: in memory, on one thread and in a kept order, so that the same
/// rows make the same bytes; what does not fit goes to a temporary folder.
public final class Parquet {

  private static final String MEMORY = "2GB";
  private static final List<String> SYSTEM =
      List.of("No space left on device", "Permission denied", "Read-only file system");

  private Parquet() {}

  /// Opens an empty database. Loads a native library at the first call.
  ///
  /// @return a connection; close it
  /// @throws SQLException if the library cannot be loaded
  public static DuckDBConnection connect() throws SQLException {
    var properties = new Properties();
    properties.setProperty("jdbc_stream_results", "true"); // else a result is held as a whole
    Connection connection = DriverManager.getConnection("jdbc:duckdb:", properties);
    try (var statement = connection.createStatement()) {
      statement.execute("SET threads = 1");
      statement.execute("SET preserve_insertion_order = true");
      statement.execute("SET memory_limit = '" + MEMORY + "'");
      statement.execute(
          "SET temp_directory = "
              + text(System.getProperty("java.io.tmpdir") + "/semblance-duckdb"));
    }
    return connection.unwrap(DuckDBConnection.class);
  }

  /// The columns of a Parquet file.
  ///
  /// @param file the file
  /// @return names and DuckDB's types, in the file's order
  /// @throws SemblanceException if the file is missing or no Parquet
  public static Map<String, String> columns(Path file) throws IOException {
    requireParquet(file);
    try (var db = connect();
        var statement = db.createStatement();
        ResultSet result = statement.executeQuery("DESCRIBE SELECT * FROM " + read(file))) {
      var columns = new LinkedHashMap<String, String>();
      while (result.next()) {
        columns.put(result.getString("column_name"), result.getString("column_type"));
      }
      return columns;
    } catch (SQLException e) {
      throw unreadable(file, e);
    }
  }

  /// Looks at the first and last bytes, before anything else reads the file.
  ///
  /// @param file a file
  /// @throws SemblanceException if it is missing, or does not begin and end as Parquet does
  public static void requireParquet(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new SemblanceException("There is no file " + file + ": check the path.");
    }
    ParquetFooter.require(file);
  }

  /// SQL that reads a file.
  ///
  /// @param file Parquet
  /// @return a relation with its columns, rows in order
  public static String read(Path file) {
    return "read_parquet(" + pattern(file) + ")";
  }

  /// SQL that reads a file with the numbers of its rows.
  ///
  /// @param file Parquet, without a column `file_row_number`
  /// @return a relation with its columns and `file_row_number`, from 0
  public static String readNumbered(Path file) {
    return "read_parquet(" + pattern(file) + ", file_row_number = true)";
  }

  /// SQL that reads files as one, one behind the other.
  ///
  /// @param files Parquet
  /// @return a relation with the columns of all; null where a file lacks one
  public static String read(Collection<Path> files) {
    return "read_parquet([" + patterns(files) + "], union_by_name = true)";
  }

  /// @param files that are to be read
  /// @return SQL literals with commas between, each of which finds that file alone
  public static String patterns(Collection<Path> files) {
    return files.stream().map(Parquet::pattern).collect(Collectors.joining(", "));
  }

  /// What finds a file and no other: where DuckDB reads, it takes every name for a pattern.
  ///
  /// @param file that is to be read
  /// @return an SQL literal
  public static String pattern(Path file) {
    String path = file.toAbsolutePath().toString();
    return text(path.replace("[", "[[]").replace("*", "[*]").replace("?", "[?]"));
  }

  /// @param file that is to be written
  /// @return an SQL literal that names it
  public static String text(Path file) {
    return text(file.toAbsolutePath().toString());
  }

  /// @param value any text
  /// @return an SQL literal
  public static String text(String value) {
    return "'" + value.replace("'", "''") + "'";
  }

  /// @param name of a column
  /// @return an SQL identifier
  public static String name(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /// @param names of columns
  /// @return SQL identifiers with commas between
  public static String names(Iterable<String> names) {
    List<String> quoted = new ArrayList<>();
    names.forEach(n -> quoted.add(name(n)));
    return quoted.stream().collect(Collectors.joining(", "));
  }

  /// @param relation whose columns they are
  /// @param names of columns
  /// @return SQL for them, quoted and qualified
  public static String names(String relation, Iterable<String> names) {
    List<String> quoted = new ArrayList<>();
    names.forEach(n -> quoted.add(relation + "." + name(n)));
    return String.join(", ", quoted);
  }

  /// @param file that was read
  /// @param failure what DuckDB said
  /// @return the same for the person at the keyboard
  public static SemblanceException unreadable(Path file, SQLException failure) {
    return new SemblanceException(
        file + " is not readable as Parquet (" + firstLine(failure) + "): copy or write it again.",
        failure);
  }

  /// @param file that was written
  /// @param failure what DuckDB said
  /// @return the same for the person at the keyboard
  public static SemblanceException unwritable(Path file, SQLException failure) {
    return new SemblanceException(
        "Cannot write " + file + " (" + firstLine(failure) + "): check free space and permissions.",
        failure);
  }

  // DuckDB wraps what the system said in text and JSON of its own.
  private static String firstLine(SQLException e) {
    String message = String.valueOf(e.getMessage());
    for (String known : SYSTEM) {
      if (message.contains(known)) {
        return known.toLowerCase(Locale.ROOT);
      }
    }
    return message.lines().findFirst().orElse("unknown");
  }
}

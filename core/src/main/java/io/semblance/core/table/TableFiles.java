package io.semblance.core.table;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.semblance.core.file.AtomicFile;
import io.semblance.core.parquet.Parquet;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/// Writes what lies beside a table's vectors, from its journal: metadata, failures, duplicates, and
/// what was seen of the image files.
///
/// The journal's rows are read once into a database that spills to disk, so that millions of them
/// need no heap.
final class TableFiles implements AutoCloseable {

  /// Images without a row, with the reason; only where there are some.
  static final String FAILURES = "failures.csv";

  /// Images whose files are equal, by hash; only where there are some.
  static final String DUPLICATES = "duplicates.csv";

  /// Size and time of change of every image file as last seen. Holds times, so no hash covers it;
  /// without it, a later run has to read the images to see whether they changed.
  static final String SEEN = "seen.parquet";

  private final Path folder;
  private final DuckDBConnection db;

  /// @param folder of the table
  /// @param journal of the table in the making, complete
  TableFiles(Path folder, Path journal) throws IOException {
    this.folder = folder;
    try {
      this.db = Parquet.connect();
    } catch (SQLException e) {
      throw Parquet.unwritable(folder, e);
    }
    try {
      load(journal);
    } catch (SQLException e) {
      close();
      throw Parquet.unwritable(folder, e);
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  private void load(Path journal) throws IOException, SQLException {
    try (var statement = db.createStatement()) {
      statement.execute(
          "CREATE TABLE entries (n BIGINT, listed BIGINT, image_path VARCHAR, category VARCHAR,"
              + " style VARCHAR, instance VARCHAR, sha256 VARCHAR, state VARCHAR, reason VARCHAR)");
    }
    long[] rows = {0};
    try (DuckDBAppender appender = db.createAppender(DuckDBConnection.DEFAULT_SCHEMA, "entries")) {
      Journal.each(
          journal,
          entry -> {
            try {
              append(appender, entry, rows);
            } catch (SQLException e) {
              throw Parquet.unwritable(folder, e);
            }
          });
    }
  }

  // n is the number of a row in the table, and null for a failure
  private static void append(DuckDBAppender appender, Journal.Entry entry, long[] rows)
      throws SQLException {
    appender.beginRow();
    switch (entry) {
      case Journal.Row(TableRow row, long listed, String state) -> {
        appender.append(rows[0]++);
        appender.append(listed);
        for (String cell :
            new String[] {
              row.id(),
              row.labels().category(),
              row.labels().style(),
              row.labels().instance(),
              row.sha256(),
              state,
              null
            }) {
          append(appender, cell);
        }
      }
      case Journal.Failure(String id, String reason, String state) -> {
        appender.appendNull();
        appender.appendNull();
        for (String cell : new String[] {id, null, null, null, null, state, reason}) {
          append(appender, cell);
        }
      }
    }
    appender.endRow();
  }

  private static void append(DuckDBAppender appender, String cell) throws SQLException {
    if (cell == null) {
      appender.appendNull();
    } else {
      appender.append(cell);
    }
  }

  /// Writes one file of metadata.
  ///
  /// @param file below the folder
  /// @param from first row of the table in it
  /// @param to row behind the last
  /// @param listing Parquet whose further columns are carried over, or null
  void metadata(Path file, long from, long to, Path listing) throws IOException {
    String extra = "";
    String join = "";
    if (listing != null) {
      List<String> names = new ArrayList<>(Parquet.columns(listing).keySet());
      names.removeAll(RowParquet.OWN);
      if (!names.isEmpty()) {
        extra = ", " + Parquet.names("l", names);
        join =
            " LEFT JOIN (SELECT file_row_number AS semblance_row, %s FROM %s) l ON l.semblance_row = e.listed"
                .formatted(Parquet.names(names), Parquet.readNumbered(listing));
      }
    }
    copy(
        "SELECT %s%s FROM (SELECT * FROM entries WHERE n >= %d AND n < %d) e%s ORDER BY e.n"
            .formatted(Parquet.names("e", RowParquet.OWN), extra, from, to, join),
        file);
  }

  /// Writes what was seen of the image files, if anything was.
  void seen() throws IOException {
    if (count("SELECT count(state) FROM entries") > 0) {
      copy(
          "SELECT n AS row, image_path, state FROM entries WHERE state IS NOT NULL ORDER BY n NULLS"
              + " LAST, rowid",
          folder.resolve(SEEN));
    }
  }

  /// Writes the images without a row.
  ///
  /// @return how many there are
  int failures() throws IOException {
    long count = count("SELECT count(*) FROM entries WHERE n IS NULL");
    if (count > 0) {
      csv(
          FAILURES,
          List.of("image", "reason"),
          "SELECT image_path, reason FROM entries WHERE n IS NULL ORDER BY rowid");
    }
    return Math.toIntExact(count);
  }

  /// Writes the images whose files are equal, group by group.
  ///
  /// @return how many images equal one before them
  int duplicates() throws IOException {
    long extra =
        count(
            "SELECT coalesce(sum(c - 1), 0) FROM (SELECT count(*) c FROM entries WHERE sha256 IS"
                + " NOT NULL GROUP BY sha256 HAVING count(*) > 1)");
    if (extra > 0) {
      csv(
          DUPLICATES,
          List.of("sha256", "image"),
          "SELECT sha256, image_path FROM (SELECT *, min(n) OVER (PARTITION BY sha256) first,"
              + " count(*) OVER (PARTITION BY sha256) c FROM entries WHERE sha256 IS NOT NULL)"
              + " WHERE c > 1 ORDER BY first, n");
    }
    return Math.toIntExact(extra);
  }

  private void copy(String query, Path file) throws IOException {
    Files.createDirectories(file.getParent());
    Files.deleteIfExists(file);
    try (var statement = db.createStatement()) {
      statement.execute(
          "COPY (" + query + ") TO " + Parquet.text(file) + " (FORMAT parquet, COMPRESSION zstd)");
    } catch (SQLException e) {
      throw Parquet.unwritable(file, e);
    }
  }

  private void csv(String name, List<String> header, String query) throws IOException {
    Path file = folder.resolve(name);
    AtomicFile.write(
        file,
        out -> {
          try (var csv =
                  CsvWriter.builder().build(new OutputStreamWriter(out, StandardCharsets.UTF_8));
              var statement = db.createStatement();
              ResultSet rows = statement.executeQuery(query)) {
            csv.writeRecord(header);
            while (rows.next()) {
              csv.writeRecord(rows.getString(1), rows.getString(2));
            }
          } catch (SQLException e) {
            throw Parquet.unwritable(file, e);
          }
        });
  }

  private long count(String query) throws IOException {
    try (var statement = db.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getLong(1);
    } catch (SQLException e) {
      throw Parquet.unwritable(folder, e);
    }
  }

  @Override
  public void close() {
    try {
      db.close();
    } catch (SQLException _) {
      // an in-memory database has nothing to lose
    }
  }
}

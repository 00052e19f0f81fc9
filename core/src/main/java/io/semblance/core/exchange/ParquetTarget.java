package io.semblance.core.exchange;

import io.semblance.core.SemblanceException;
import io.semblance.core.collection.Labels;
import io.semblance.core.file.AtomicFile;
import io.semblance.core.table.TableRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

/// Writes a table as Parquet: id, labels, hash, further columns, and the vector as a list of
/// float32 called `embedding`.
///
/// Rows are collected in a database file in a hidden folder beside the target, because DuckDB
/// writes Parquet from a query and the table need not fit the memory.
final class ParquetTarget {

  private static final List<String> OURS =
      List.of("id", "category", "style", "instance", "sha256", "embedding");

  private ParquetTarget() {}

  static void write(Conversion job) throws IOException {
    Path target = job.target().toAbsolutePath();
    Path work = target.resolveSibling("." + target.getFileName() + ".partial");
    delete(work);
    try {
      Files.createDirectories(work);
      Path finished = work.resolve("finished.parquet");
      collect(job, work.resolve("rows.db"), finished);
      AtomicFile.move(finished, target);
    } catch (SQLException e) {
      throw new SemblanceException(
          "Cannot write %s (%s): check free space and permissions, then run the same command again."
              .formatted(job.target(), Parquet.firstLine(e)),
          e);
    } catch (SemblanceException e) {
      throw e;
    } catch (IOException e) {
      throw new SemblanceException(
          "Cannot write %s (%s): check free space and permissions, then run the same command again."
              .formatted(job.target(), AtomicFile.reason(e)),
          e);
    } finally {
      delete(work);
    }
  }

  private static void collect(Conversion job, Path database, Path file)
      throws SQLException, IOException {
    List<String> columns = distinct(job.source().columns());
    String names =
        Stream.concat(OURS.subList(0, 5).stream(), columns.stream())
            .map(c -> Parquet.identifier(c) + " VARCHAR")
            .collect(Collectors.joining(", "));
    try (DuckDBConnection db = Parquet.connect(database.toString());
        var statement = db.createStatement()) {
      statement.execute("CREATE TABLE rows (" + names + ", embedding FLOAT[])");
      try (DuckDBAppender appender = db.createAppender(DuckDBConnection.DEFAULT_SCHEMA, "rows")) {
        float[] vector = new float[job.source().dimension()];
        job.each(
            0,
            block -> {
              try {
                append(block, vector, appender);
              } catch (SQLException e) {
                throw new IOException(Parquet.firstLine(e), e);
              }
            });
      }
      statement.execute(
          "COPY rows TO %s (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE %d, KV_METADATA {%s})"
              .formatted(
                  Parquet.literal(file.toString()),
                  Math.clamp((1 << 26) / job.source().dimension(), 2048, 122_880),
                  metadata(job)));
    }
  }

  private static void append(RowBlock block, float[] vector, DuckDBAppender appender)
      throws SQLException {
    for (int i = 0; i < block.size(); i++) {
      TableRow row = block.row(i);
      Labels labels = row.labels();
      appender.beginRow();
      cell(row.id(), appender);
      cell(labels.category(), appender);
      cell(labels.style(), appender);
      cell(labels.instance(), appender);
      cell(row.sha256(), appender);
      for (String cell : block.cells(i)) {
        cell(cell, appender);
      }
      System.arraycopy(block.vectors(), i * vector.length, vector, 0, vector.length);
      appender.append(vector);
      appender.endRow();
    }
  }

  private static void cell(String text, DuckDBAppender appender) throws SQLException {
    if (text == null) {
      appender.appendNull();
    } else {
      appender.append(text);
    }
  }

  /// SQL knows no case in names, and a source may have a column called as one of ours.
  private static List<String> distinct(List<String> columns) {
    Set<String> taken = new HashSet<>(OURS);
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

  private static String metadata(Conversion job) {
    Map<String, String> texts = SavedProvenance.texts(job.source().provenance());
    return texts.entrySet().stream()
        .map(e -> Parquet.literal(e.getKey()) + ": " + Parquet.literal(e.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static void delete(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      try (Stream<Path> inside = Files.list(folder)) {
        for (Path file : inside.toList()) {
          Files.delete(file);
        }
      }
    }
    Files.deleteIfExists(folder);
  }
}

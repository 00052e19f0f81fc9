package io.semblance.core.exchange;

import io.semblance.core.Printable;
import io.semblance.core.SemblanceException;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import org.duckdb.DuckDBChunkedResult;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBPreparedStatement;
import org.duckdb.DuckDBReadableVector;

/// The rows of a query on Parquet files, streamed. It stands on one row at a time, on none at
/// first; close it.
final class ParquetRows implements AutoCloseable {

  private final ParquetFiles parquet;
  private final DuckDBPreparedStatement statement;
  private final DuckDBChunkedResult result;
  private DuckDBReadableVector[] columns = {};
  private long rows;
  private long row;

  /// @param sql of the query
  /// @throws IOException if the files do not have what it asks for
  ParquetRows(ParquetFiles parquet, String sql) throws IOException {
    this.parquet = parquet;
    try {
      this.statement = parquet.query(sql);
      this.result = statement.query();
    } catch (SQLException e) {
      throw parquet.unreadable(e);
    }
  }

  /// @return whether there is another row; if so, this stands on it
  /// @throws SemblanceException if the files are damaged
  boolean next() throws SemblanceException {
    row++;
    while (row >= rows) {
      try {
        if (!result.nextChunk()) {
          return false;
        }
        open(result.chunk());
      } catch (RuntimeException e) {
        throw broken(e);
      }
    }
    return true;
  }

  private void open(DuckDBDataChunkReader chunk) {
    rows = chunk.rowCount();
    row = 0;
    columns = new DuckDBReadableVector[(int) chunk.columnCount()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = chunk.vector(i);
    }
  }

  /// @param column from 0
  boolean isNull(int column) {
    return columns[column].isNull(row);
  }

  /// @param column of type FLOAT, not null here
  float number(int column) {
    return columns[column].getFloat(row);
  }

  /// @param column of type VARCHAR
  /// @return its text, or null
  String text(int column) {
    return isNull(column) ? null : columns[column].getString(row);
  }

  /// @param e thrown by one of the above, or inside them
  /// @return what to tell of it
  SemblanceException broken(RuntimeException e) {
    return new SemblanceException(
        "%s is not readable as Parquet (%s): copy or write it again."
            .formatted(parquet.files(), Printable.of(String.valueOf(e.getMessage()))),
        e);
  }

  @Override
  public void close() throws IOException {
    try (Connection _ = statement.getConnection();
        statement;
        result) {
      // closed in reverse
    } catch (SQLException e) {
      throw parquet.unreadable(e);
    }
  }
}

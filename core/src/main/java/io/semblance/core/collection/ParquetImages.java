package io.semblance.core.collection;

import io.semblance.core.SemblanceException;
import io.semblance.core.parquet.Parquet;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;
import org.duckdb.DuckDBConnection;

/// Image bytes in a column of a Parquet file.
///
/// Rows are best asked for in about their order: a reader goes through the file once and keeps the
/// few rows it passes; another order makes it begin again at the row asked for. Safe for use by
/// several threads; close it.
public final class ParquetImages implements AutoCloseable {

  // rows that may be asked for out of order, by threads that work on one batch
  private static final int WINDOW = 256;
  private static final long WINDOW_BYTES = 256L << 20;

  private final Path file;
  private final String bytes;
  private final TreeMap<Long, byte[]> passed = new TreeMap<>();
  private long passedBytes;
  private DuckDBConnection db;
  private Statement statement;
  private ResultSet rows;
  private long next;

  /// @param file the Parquet file
  /// @param bytes SQL of the bytes in a row
  ParquetImages(Path file, String bytes) {
    this.file = file;
    this.bytes = bytes;
  }

  /// @return the Parquet file
  public Path file() {
    return file;
  }

  /// @param row from 0
  /// @return the bytes of the image in it, a fresh array
  /// @throws IOException if the file cannot be read or the cell is empty
  synchronized byte[] read(long row) throws IOException {
    byte[] known = passed.remove(row);
    if (known != null) {
      passedBytes -= known.length;
      return known;
    }
    try {
      if (rows == null || row < next || row > next + WINDOW) {
        begin(row);
      }
      while (next < row) {
        keep(next, advance());
      }
      byte[] found = advance();
      if (found == null) {
        throw new SemblanceException("%s has no image in row %d.".formatted(file, row));
      }
      return found;
    } catch (SQLException e) {
      release();
      throw Parquet.unreadable(file, e);
    }
  }

  private byte[] advance() throws SQLException, SemblanceException {
    if (!rows.next()) {
      throw new SemblanceException(
          "%s has fewer rows than when it was listed: it changed; run the same command again."
              .formatted(file));
    }
    next++;
    return rows.getBytes(1);
  }

  private void keep(long row, byte[] image) {
    if (image == null) {
      return;
    }
    passed.put(row, image);
    passedBytes += image.length;
    while (passed.size() > WINDOW || passedBytes > WINDOW_BYTES) {
      Map.Entry<Long, byte[]> oldest = passed.pollFirstEntry();
      passedBytes -= oldest.getValue().length;
    }
  }

  private void begin(long row) throws SQLException {
    release();
    db = Parquet.connect();
    statement = db.createStatement();
    rows =
        statement.executeQuery(
            "SELECT %s FROM %s WHERE file_row_number >= %d"
                .formatted(bytes, Parquet.readNumbered(file), row));
    next = row;
  }

  private void release() {
    try {
      if (db != null) {
        rows.close();
        statement.close();
        db.close();
      }
    } catch (SQLException _) {
      // nothing of the user's is lost
    } finally {
      rows = null;
      db = null;
    }
  }

  /// Lets go of the file.
  @Override
  public synchronized void close() {
    release();
    passed.clear();
  }
}

package io.semblance.core.exchange;

import io.semblance.core.collection.FileNamePattern;
import io.semblance.core.collection.Labels;
import io.semblance.core.table.TableRow;
import java.io.IOException;
import java.util.List;

/// What is known of each row beside its vector, from a place of its own.
interface RowNames {

  /// @return names of the columns beside id, labels and hash
  List<String> columns();

  /// @param from first row
  /// @return a cursor in front of that row; close it
  Cursor open(long from) throws IOException;

  /// Goes through the rows in order.
  interface Cursor extends AutoCloseable {

    /// Sets row and cells of the block's first `count` places to the next rows.
    ///
    /// @throws io.semblance.core.SemblanceException if there are fewer rows
    void fill(RowBlock block, int count) throws IOException;

    @Override
    void close() throws IOException;
  }

  /// All rows without vectors.
  ///
  /// @param rows how many there are
  default TableSource.RowStream descriptions(long rows) throws IOException {
    return new NamedRows(open(0), 0, rows, (_, _, _) -> {});
  }

  /// Row numbers for ids.
  static RowNames numbers() {
    return of(null, null);
  }

  /// @param ids one a row, or null for row numbers
  /// @param pattern where labels are in them, or null
  static RowNames of(List<String> ids, FileNamePattern pattern) {
    return new RowNames() {
      @Override
      public List<String> columns() {
        return List.of();
      }

      @Override
      public Cursor open(long from) {
        long[] at = {from};
        return new Cursor() {
          @Override
          public void fill(RowBlock block, int count) {
            for (int i = 0; i < count; i++) {
              String id = ids == null ? Long.toString(at[0]) : ids.get((int) at[0]);
              block.row(i, named(id, pattern));
              at[0]++;
            }
          }

          @Override
          public void close() {
            // nothing is held
          }
        };
      }
    };
  }

  /// @param pattern where labels are in the id, or null
  static TableRow named(String id, FileNamePattern pattern) {
    return new TableRow(
        id, pattern == null ? Labels.NONE : pattern.match(id).orElse(Labels.NONE), null);
  }
}

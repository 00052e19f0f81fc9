package io.semblance.core.exchange;

import io.semblance.core.SemblanceException;
import io.semblance.core.collection.Labels;
import io.semblance.core.table.TableRow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Ids, labels, hashes and further columns of a table whose format holds none, in a
/// `<name>.rows.csv` beside it.
final class RowsCsv implements RowNames {

  static final List<String> COLUMNS = List.of("id", "category", "style", "instance", "sha256");

  private final Path file;
  private final List<String> columns;

  private RowsCsv(Path file, List<String> columns) {
    this.file = file;
    this.columns = columns;
  }

  /// @param table a file with an extension
  /// @return where its rows are described
  static Path beside(Path table) {
    String name = table.getFileName().toString();
    return table.resolveSibling(name.substring(0, name.lastIndexOf('.')) + ".rows.csv");
  }

  /// @param rows rows of the table
  /// @throws SemblanceException if the file has another number of rows, or other columns
  static RowsCsv open(Path file, long rows) throws IOException {
    try (CsvRecords records = CsvRecords.open(file)) {
      var header = new ArrayList<String>();
      if (records.next()) {
        for (int j = 0; j < records.fields(); j++) {
          header.add(records.text(j));
        }
      }
      if (header.size() < COLUMNS.size() || !header.subList(0, COLUMNS.size()).equals(COLUMNS)) {
        throw new SemblanceException(
            "%s does not begin with the columns %s: write it again, or name the ids with --ids."
                .formatted(file, String.join(",", COLUMNS)));
      }
      long count = 0;
      while (records.next()) {
        if (records.fields() != header.size()) {
          throw new SemblanceException(
              "%s, line %d: %d cells, the header has %d: write it again, or name the ids with --ids."
                  .formatted(file, records.line(), records.fields(), header.size()));
        }
        count++;
      }
      if (count != rows) {
        throw new SemblanceException(
            "%s describes %d rows, the vectors beside it have %d: write it again, or name the ids with --ids."
                .formatted(file, count, rows));
      }
      return new RowsCsv(file, List.copyOf(header.subList(COLUMNS.size(), header.size())));
    }
  }

  @Override
  public List<String> columns() {
    return columns;
  }

  @Override
  public Cursor open(long from) throws IOException {
    CsvRecords records = CsvRecords.open(file);
    for (long i = -1; i < from; i++) {
      records.next();
    }
    return new Cursor() {
      @Override
      public void fill(RowBlock block, int count) throws IOException {
        for (int i = 0; i < count; i++) {
          if (!records.next()) {
            throw new SemblanceException(file + " changed while it was read: try again.");
          }
          var labels = new Labels(cell(records, 1), cell(records, 2), cell(records, 3));
          block.row(i, new TableRow(records.text(0), labels, cell(records, 4)));
          for (int j = 0; j < columns.size(); j++) {
            block.cells(i)[j] = cell(records, COLUMNS.size() + j);
          }
        }
      }

      @Override
      public void close() throws IOException {
        records.close();
      }
    };
  }

  private static String cell(CsvRecords records, int field) throws SemblanceException {
    String text = records.text(field);
    return text.isEmpty() ? null : text;
  }
}

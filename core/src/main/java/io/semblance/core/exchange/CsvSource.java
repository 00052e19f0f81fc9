package io.semblance.core.exchange;

import io.semblance.core.Printable;
import io.semblance.core.SemblanceException;
import io.semblance.core.array.NumberType;
import io.semblance.core.collection.FileNamePattern;
import io.semblance.core.table.Provenance;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// A table as comma-separated values, the layout of the fruit-SALAD record: the file name first,
/// then d numbers.
///
/// A header is sniffed: a first line whose cells behind the first are no numbers, or count 0, 1, 2,
/// ... as pandas writes them.
final class CsvSource implements TableSource {

  private final Path file;
  private final Provenance provenance;
  private final FileNamePattern pattern;
  private final boolean header;
  private final int rows;
  private final int dimension;

  private CsvSource(
      Path file,
      Provenance provenance,
      FileNamePattern pattern,
      boolean header,
      int rows,
      int dimension) {
    this.file = file;
    this.provenance = provenance;
    this.pattern = pattern;
    this.header = header;
    this.rows = rows;
    this.dimension = dimension;
  }

  /// Counts the rows and checks their lengths and ids.
  ///
  /// @throws SemblanceException if a row is of another length or an id comes twice; the message
  ///   names the line
  static CsvSource open(Path file, Provenance provenance, FileNamePattern pattern)
      throws IOException {
    var ids = new IdSet();
    int dimension = -1;
    boolean header = false;
    try (CsvRecords records = CsvRecords.open(file)) {
      for (boolean first = true; records.next(); first = false) {
        if (first && isHeader(records)) {
          header = true;
          continue;
        }
        int d = records.fields() - 1;
        dimension = dimension < 0 ? d : dimension;
        if (d < 1) {
          throw new SemblanceException(
              "%s, line %d: no number behind the file name: separate cells by commas."
                  .formatted(file, records.line()));
        }
        if (d != dimension) {
          throw new SemblanceException(
              "%s, line %d: %d numbers behind the file name, the first row has %d: every row needs the same number."
                  .formatted(file, records.line(), d, dimension));
        }
        if (!ids.add(records.text(0))) {
          throw new SemblanceException(
              "%s, line %d: %s comes twice: remove one of the rows."
                  .formatted(file, records.line(), Printable.of(records.text(0))));
        }
      }
    }
    if (ids.size() == 0) {
      throw new SemblanceException(
          file + " has no rows: the file name first, then numbers, separated by commas.");
    }
    return new CsvSource(file, provenance, pattern, header, ids.size(), dimension);
  }

  private static boolean isHeader(CsvRecords first) throws SemblanceException {
    boolean counts = first.fields() > 1;
    for (int j = 1; j < first.fields(); j++) {
      try {
        float value = first.number(j);
        counts &= value == j - 1 && first.text(j).strip().equals(Integer.toString(j - 1));
      } catch (NumberFormatException _) {
        return true;
      }
    }
    return counts && !first.text(0).contains(".");
  }

  @Override
  public Provenance provenance() {
    return provenance;
  }

  @Override
  public long size() {
    return rows;
  }

  @Override
  public int dimension() {
    return dimension;
  }

  @Override
  public NumberType type() {
    return NumberType.FLOAT32;
  }

  @Override
  public boolean mayOverflow() {
    return true; // a text can say any number
  }

  @Override
  public List<String> columns() {
    return List.of();
  }

  @Override
  public Origin origin() throws IOException {
    return StackedSource.origin(List.of(file), "csv", rows);
  }

  @Override
  public RowStream descriptions() throws IOException {
    return rows(0);
  }

  @Override
  public RowStream rows(long from) throws IOException {
    CsvRecords records = CsvRecords.open(file);
    for (long i = header ? -1 : 0; i < from; i++) {
      records.next();
    }
    return new RowStream() {
      @Override
      public boolean read(RowBlock block) throws IOException {
        int count = 0;
        while (count < block.capacity() && records.next()) {
          parse(records, block.vectors(), count * dimension);
          block.row(count++, RowNames.named(records.text(0), pattern));
        }
        block.size(count);
        return count > 0;
      }

      @Override
      public void close() throws IOException {
        records.close();
      }
    };
  }

  private void parse(CsvRecords records, float[] target, int offset) throws SemblanceException {
    for (int j = 0; j < dimension; j++) {
      try {
        target[offset + j] = records.number(j + 1);
      } catch (NumberFormatException e) {
        throw new SemblanceException(
            "%s, line %d, column %d: '%s' is no number."
                .formatted(file, records.line(), j + 2, Printable.of(records.text(j + 1))),
            e);
      }
    }
  }

  @Override
  public void close() {
    // nothing is held between readings
  }
}

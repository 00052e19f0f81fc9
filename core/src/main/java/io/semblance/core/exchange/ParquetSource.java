package io.semblance.core.exchange;

import io.semblance.core.Printable;
import io.semblance.core.SemblanceException;
import io.semblance.core.array.NumberType;
import io.semblance.core.parquet.Parquet;
import io.semblance.core.table.Provenance;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A table in one or more Parquet files: a column of number lists, and further columns. Column
/// names are those of autofaiss, `embedding` or `embeddings`, or the only list of numbers there is.
final class ParquetSource implements TableSource {

  private static final List<String> VECTOR_COLUMNS = List.of("embedding", "embeddings", "vector");

  private final Provenance provenance;
  private final ParquetFiles parquet;
  private final String column;
  private final String type;
  private final ParquetNames names;
  private final long rows;
  private final int dimension;

  private ParquetSource(
      Provenance provenance,
      ParquetFiles parquet,
      String column,
      String type,
      ParquetNames names,
      long rows,
      int dimension) {
    this.provenance = provenance;
    this.parquet = parquet;
    this.column = column;
    this.type = type;
    this.names = names;
    this.rows = rows;
    this.dimension = dimension;
  }

  static ParquetSource open(List<Path> files, Provenance provenance, TableReadOptions options)
      throws IOException {
    ParquetFiles parquet = ParquetFiles.open(files);
    try {
      return of(parquet, provenance, options);
    } catch (IOException | RuntimeException e) {
      parquet.close();
      throw e;
    }
  }

  private static ParquetSource of(
      ParquetFiles parquet, Provenance provenance, TableReadOptions options) throws IOException {
    Map<String, String> types = parquet.columns();
    String column = vectorColumn(types, options.tensor(), parquet.files());
    long rows = parquet.rows();
    if (rows < 1 || rows > Integer.MAX_VALUE) {
      throw new SemblanceException(
          parquet.files().getFirst() + " has " + rows + " rows: 1 to 2^31 of them are read.");
    }
    var names = new ParquetNames(parquet, types, column, options.pattern());
    Provenance known = SavedProvenance.of(parquet.metadata(), provenance, options.model());
    var unchecked = new ParquetSource(known, parquet, column, types.get(column), names, rows, 0);
    return new ParquetSource(
        known, parquet, column, types.get(column), names, rows, unchecked.firstLength());
  }

  private static String vectorColumn(Map<String, String> types, String asked, List<Path> files)
      throws SemblanceException {
    List<String> lists = types.keySet().stream().filter(c -> isNumberList(types.get(c))).toList();
    if (asked != null ? lists.contains(asked) : lists.size() == 1) {
      return asked != null ? asked : lists.getFirst();
    }
    var usual = VECTOR_COLUMNS.stream().filter(lists::contains).findFirst();
    if (asked == null && usual.isPresent()) {
      return usual.get();
    }
    if (asked == null && lists.size() > 1) {
      throw new SemblanceException(
          "%s has several columns of number lists (%s): name one with --tensor."
              .formatted(files.getFirst(), Printable.of(String.join(", ", lists))));
    }
    throw new SemblanceException(
        "%s has no column of number lists %s: its columns are %s; write an 'embedding' column, or name one with --tensor."
            .formatted(
                files.getFirst(),
                asked == null ? "to take for the embedding" : asked,
                Printable.of(types.toString())));
  }

  private static boolean isNumberList(String type) {
    return type.matches(
        "(FLOAT|DOUBLE|TINYINT|SMALLINT|INTEGER|BIGINT|UTINYINT|USMALLINT|UINTEGER|UBIGINT)\\[\\d*\\]");
  }

  /// Length of the first row's list.
  private int firstLength() throws IOException {
    try (var values = new Values(0)) {
      int count = values.next(null, 0, Integer.MAX_VALUE);
      if (count < 1) {
        throw wrongLength(0, count, "1 or more");
      }
      return count;
    }
  }

  private SemblanceException wrongLength(long row, int count, Object wanted) {
    return new SemblanceException(
        "%s, row %d: %s where the embedding should have %s numbers: every row needs the same number."
            .formatted(
                parquet.files().getFirst(),
                row,
                count == 0 ? "no embedding" : count + " numbers",
                wanted));
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
    return type.startsWith("DOUBLE")
        ? NumberType.FLOAT64
        : type.startsWith("FLOAT") ? NumberType.FLOAT32 : NumberType.INT64;
  }

  @Override
  public List<String> columns() {
    return names.columns();
  }

  @Override
  public Origin origin() throws IOException {
    return StackedSource.origin(parquet.files(), "parquet " + column, rows);
  }

  @Override
  public RowStream descriptions() throws IOException {
    return names.descriptions(rows);
  }

  @Override
  public RowStream rows(long from) throws IOException {
    var values = new Values(from);
    RowNames.Cursor cursor;
    try {
      cursor = names.open(from);
    } catch (IOException e) {
      values.close();
      throw e;
    }
    return new NamedRows(cursor, from, rows, values);
  }

  @Override
  public void close() throws IOException {
    parquet.close();
  }

  /// The numbers of all lists one behind the other; after each list stands a null, so that one pass
  /// both reads the numbers and finds where rows end.
  private final class Values implements NamedRows.Numbers {

    private final ParquetRows numbers;

    Values(long from) throws IOException {
      String rowsFrom =
          from == 0
              ? parquet.from()
              : "(SELECT * FROM %s OFFSET %d)".formatted(parquet.from(), from);
      numbers =
          new ParquetRows(
              parquet,
              "SELECT unnest(list_append(%s::FLOAT[], NULL)) FROM %s"
                  .formatted(Parquet.name(column), rowsFrom));
    }

    @Override
    public void fill(RowBlock block, long from, int count) throws IOException {
      for (int i = 0; i < count; i++) {
        int length = next(block.vectors(), i * dimension, dimension);
        if (length != dimension) {
          throw wrongLength(from + i, length, dimension);
        }
      }
    }

    /// Copies the next list.
    ///
    /// @param target receives it, or null
    /// @param most numbers to copy; further ones are counted
    /// @return its length up to the first null in it
    int next(float[] target, int offset, int most) throws IOException {
      try {
        int count = 0;
        for (; numbers.next() && !numbers.isNull(0); count++) {
          if (target != null && count < most) {
            target[offset + count] = numbers.number(0);
          }
        }
        return count;
      } catch (RuntimeException e) {
        throw numbers.broken(e);
      }
    }

    @Override
    public void close() throws IOException {
      numbers.close();
    }
  }
}

package io.semblance.core.exchange;

import io.semblance.core.SemblanceException;
import io.semblance.core.collection.FileNamePattern;
import io.semblance.core.collection.Labels;
import io.semblance.core.parquet.Parquet;
import io.semblance.core.table.TableRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Ids, labels, hashes and further columns of rows in Parquet files, as texts.
final class ParquetNames implements RowNames {

  private static final List<String> ID_COLUMNS =
      List.of("image_path", "id", "file_name", "key", "path", "url");
  private static final List<String> OURS = List.of("category", "style", "instance", "sha256");

  private final ParquetFiles parquet;
  private final String id; // null: rows are numbered
  private final Set<String> known;
  private final List<String> columns;
  private final FileNamePattern pattern;

  /// @param types SQL types by column; the columns in `left out` are not looked at
  /// @param pattern where labels are in the ids, where no column has them; or null
  ParquetNames(
      ParquetFiles parquet, Map<String, String> types, String leftOut, FileNamePattern pattern) {
    this.parquet = parquet;
    this.pattern = pattern;
    var names = new ArrayList<>(types.keySet());
    names.remove(leftOut);
    this.id = ID_COLUMNS.stream().filter(names::contains).findFirst().orElse(null);
    this.known = Set.copyOf(names.stream().filter(OURS::contains).toList());
    names.remove(id);
    names.removeAll(OURS);
    this.columns = List.copyOf(names);
  }

  @Override
  public List<String> columns() {
    return columns;
  }

  @Override
  public Cursor open(long from) throws IOException {
    var selected = new ArrayList<String>();
    selected.add(id == null ? "NULL::VARCHAR" : text(id));
    OURS.forEach(c -> selected.add(known.contains(c) ? text(c) : "NULL::VARCHAR"));
    columns.forEach(c -> selected.add(text(c)));
    String sql =
        selected.stream().collect(Collectors.joining(", ", "SELECT ", " FROM " + parquet.from()))
            + (from == 0 ? "" : " OFFSET " + from);
    return new Names(new ParquetRows(parquet, sql), from);
  }

  private static String text(String column) {
    return Parquet.name(column) + "::VARCHAR";
  }

  private final class Names implements Cursor {

    private final ParquetRows rows;
    private long at;

    Names(ParquetRows rows, long from) {
      this.rows = rows;
      this.at = from;
    }

    @Override
    public void fill(RowBlock block, int count) throws IOException {
      try {
        for (int i = 0; i < count; i++) {
          if (!rows.next()) {
            throw new SemblanceException(
                "%s ends at row %d, before the vectors do: copy or write it again."
                    .formatted(parquet.files(), at));
          }
          row(block, i);
          at++;
        }
      } catch (RuntimeException e) {
        throw rows.broken(e);
      }
    }

    private void row(RowBlock block, int i) {
      String name = rows.text(0);
      var labels = new Labels(rows.text(1), rows.text(2), rows.text(3));
      String numbered = name == null ? Long.toString(at) : name;
      if (labels.equals(Labels.NONE)) {
        labels = RowNames.named(numbered, pattern).labels();
      }
      block.row(i, new TableRow(numbered, labels, rows.text(4)));
      for (int j = 0; j < columns.size(); j++) {
        block.cells(i)[j] = rows.text(5 + j);
      }
    }

    @Override
    public void close() throws IOException {
      rows.close();
    }
  }
}

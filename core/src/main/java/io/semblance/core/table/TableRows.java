package io.semblance.core.table;

import io.semblance.core.collection.Labels;
import io.semblance.core.column.CodeColumn;
import io.semblance.core.column.HashColumn;
import io.semblance.core.column.TextColumn;
import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;

/// The rows of a table, packed: about a hundred bytes each, and a [TableRow] made when asked for.
public final class TableRows extends AbstractList<TableRow> implements RandomAccess {

  private final TextColumn ids;
  private final CodeColumn categories;
  private final CodeColumn styles;
  private final TextColumn instances;
  private final HashColumn hashes;

  private TableRows(Builder builder) {
    this.ids = builder.ids.build();
    this.categories = builder.categories.build();
    this.styles = builder.styles.build();
    this.instances = builder.instances.build();
    this.hashes = builder.hashes.build();
  }

  /// @param rows any rows; copied
  /// @return the same, packed
  public static TableRows of(List<TableRow> rows) {
    if (rows instanceof TableRows packed) {
      return packed;
    }
    var builder = new Builder();
    rows.forEach(builder::add);
    return builder.build();
  }

  @Override
  public int size() {
    return ids.size();
  }

  @Override
  public TableRow get(int index) {
    return new TableRow(
        ids.get(index),
        Labels.of(categories.get(index), styles.get(index), instances.get(index)),
        hashes.get(index));
  }

  /// @return the ids in the table's order
  public TextColumn ids() {
    return ids;
  }

  /// Fills the rows. Not safe for several threads.
  public static final class Builder {

    private final TextColumn.Builder ids = new TextColumn.Builder();
    private final CodeColumn.Builder categories = new CodeColumn.Builder();
    private final CodeColumn.Builder styles = new CodeColumn.Builder();
    private final TextColumn.Builder instances = new TextColumn.Builder();
    private final HashColumn.Builder hashes = new HashColumn.Builder();

    /// @param row the next row
    /// @return this
    public Builder add(TableRow row) {
      return add(row.id(), row.labels(), row.sha256());
    }

    /// @param id of the next row
    /// @param labels of it
    /// @param sha256 of its image, or null
    /// @return this
    public Builder add(String id, Labels labels, String sha256) {
      ids.add(id);
      categories.add(labels.category());
      styles.add(labels.style());
      instances.add(labels.instance());
      hashes.add(sha256);
      return this;
    }

    /// @return number of rows so far
    public int size() {
      return ids.size();
    }

    /// @return the rows; the builder is spent
    public TableRows build() {
      return new TableRows(this);
    }
  }
}

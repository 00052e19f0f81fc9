package io.semblance.core.exchange;

import io.semblance.core.table.TableRow;

/// Some consecutive rows of a source, reused from one block to the next.
public final class RowBlock {

  private static final int FLOATS = 1 << 18;
  private static final int MOST_ROWS = 4096;

  private final TableRow[] rows;
  private final String[][] cells;
  private final float[] vectors;
  private final int dimension;
  private int size;

  private RowBlock(int capacity, int dimension, int columns) {
    this.rows = new TableRow[capacity];
    this.cells = new String[capacity][columns];
    this.vectors = new float[Math.multiplyExact(capacity, dimension)];
    this.dimension = dimension;
  }

  /// @param source whose rows it is to hold
  /// @return an empty block of about a megabyte
  public static RowBlock of(TableSource source) {
    int capacity = Math.clamp(FLOATS / source.dimension(), 1, MOST_ROWS);
    return new RowBlock(capacity, source.dimension(), source.columns().size());
  }

  /// @return rows it can hold
  public int capacity() {
    return rows.length;
  }

  /// @return rows it holds
  public int size() {
    return size;
  }

  void size(int rowsRead) {
    size = rowsRead;
  }

  /// @param row from 0 to `size() - 1`
  /// @return id, labels and hash
  public TableRow row(int row) {
    return rows[row];
  }

  void row(int row, TableRow value) {
    rows[row] = value;
  }

  /// @param row from 0 to `size() - 1`
  /// @return texts of the source's further columns, in their order, null where unknown; not a copy
  public String[] cells(int row) {
    return cells[row];
  }

  /// @return the vectors one behind the other, `size() x d` and perhaps more; not a copy
  public float[] vectors() {
    return vectors;
  }

  /// @return d
  public int dimension() {
    return dimension;
  }
}

package io.semblance.core.linalg;

import io.semblance.core.table.EmbeddingTable;
import java.util.Arrays;
import java.util.Objects;

/// A dense matrix of doubles on the heap, row-major. Mutable through [#data]; not safe for writing
/// from several threads.
public final class Matrix {

  private final int rows;
  private final int columns;
  private final double[] data;

  private Matrix(int rows, int columns, double[] data) {
    this.rows = rows;
    this.columns = columns;
    this.data = data;
  }

  /// @param rows at least 0
  /// @param columns at least 0
  /// @return a matrix of zeros
  public static Matrix zeros(int rows, int columns) {
    return new Matrix(rows, columns, new double[Math.multiplyExact(rows, columns)]);
  }

  /// @param rows at least 0
  /// @param columns at least 0
  /// @param data `rows x columns`, row-major; not copied
  /// @return a matrix on that array
  /// @throws IllegalArgumentException if the length does not fit
  public static Matrix of(int rows, int columns, double[] data) {
    if (data.length != (long) rows * columns) {
      throw new IllegalArgumentException(
          "a "
              + rows
              + " x "
              + columns
              + " matrix needs "
              + (long) rows * columns
              + " numbers, got "
              + data.length);
    }
    return new Matrix(rows, columns, data);
  }

  /// @param rows of equal length; copied
  /// @return a matrix of these rows
  public static Matrix ofRows(double[][] rows) {
    int columns = rows.length == 0 ? 0 : rows[0].length;
    Matrix out = zeros(rows.length, columns);
    for (int i = 0; i < rows.length; i++) {
      if (rows[i].length != columns) {
        throw new IllegalArgumentException(
            "row " + i + " has " + rows[i].length + " numbers, row 0 has " + columns);
      }
      System.arraycopy(rows[i], 0, out.data, i * columns, columns);
    }
    return out;
  }

  /// All vectors of a table in double precision.
  ///
  /// @param table n x d, n * d below 2^31
  /// @return n x d
  public static Matrix of(EmbeddingTable table) {
    int n = table.size();
    int d = table.dimension();
    Matrix out = zeros(n, d);
    float[] row = new float[d];
    for (int i = 0; i < n; i++) {
      table.copyRows(i, 1, row, 0);
      for (int j = 0; j < d; j++) {
        out.data[i * d + j] = row[j];
      }
    }
    return out;
  }

  /// @return number of rows
  public int rows() {
    return rows;
  }

  /// @return number of columns
  public int columns() {
    return columns;
  }

  /// @return the numbers themselves, `rows x columns`, row-major, not a copy
  public double[] data() {
    return data;
  }

  /// @param row from 0
  /// @param column from 0
  /// @return one number
  public double get(int row, int column) {
    return data[row * columns + Objects.checkIndex(column, columns)];
  }

  /// @param row from 0
  /// @param column from 0
  /// @param value the number to put there
  public void set(int row, int column, double value) {
    data[row * columns + Objects.checkIndex(column, columns)] = value;
  }

  /// @param row from 0
  /// @return a copy of that row
  public double[] row(int row) {
    return Arrays.copyOfRange(data, row * columns, (row + 1) * columns);
  }

  /// @param from first row
  /// @param count number of rows
  /// @return a copy of these rows
  public Matrix rowRange(int from, int count) {
    return of(count, columns, Arrays.copyOfRange(data, from * columns, (from + count) * columns));
  }

  /// @param indices rows to take, in this order
  /// @return a copy of those rows
  public Matrix select(int[] indices) {
    Matrix out = zeros(indices.length, columns);
    for (int i = 0; i < indices.length; i++) {
      System.arraycopy(data, indices[i] * columns, out.data, i * columns, columns);
    }
    return out;
  }

  /// @return columns x rows
  public Matrix transpose() {
    Matrix out = zeros(columns, rows);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        out.data[j * rows + i] = data[i * columns + j];
      }
    }
    return out;
  }

  /// @return the mean of each column, summed in row order, length `columns`
  public double[] columnMeans() {
    double[] mean = new double[columns];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        mean[j] += data[i * columns + j];
      }
    }
    for (int j = 0; j < columns; j++) {
      mean[j] /= rows;
    }
    return mean;
  }

  /// @param center subtracted from every row, length `columns`
  /// @return a new matrix of the differences
  public Matrix minusRow(double[] center) {
    Matrix out = zeros(rows, columns);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        out.data[i * columns + j] = data[i * columns + j] - center[j];
      }
    }
    return out;
  }

  /// @return a new matrix whose rows have Euclidean norm 1; a row of zeros stays
  public Matrix normalizeRows() {
    Matrix out = zeros(rows, columns);
    for (int i = 0; i < rows; i++) {
      double sum = 0;
      for (int j = 0; j < columns; j++) {
        sum += data[i * columns + j] * data[i * columns + j];
      }
      double scale = sum > 0 ? 1 / Math.sqrt(sum) : 0;
      for (int j = 0; j < columns; j++) {
        out.data[i * columns + j] = data[i * columns + j] * scale;
      }
    }
    return out;
  }
}

package io.semblance.core.exchange;

import java.io.IOException;

/// Rows whose names lie in one place and whose numbers, if they are asked for, in another.
final class NamedRows implements TableSource.RowStream {

  private final RowNames.Cursor names;
  private final Numbers numbers;
  private final long size;
  private long at;

  /// Where the numbers of rows lie.
  interface Numbers extends AutoCloseable {

    /// @param block receives them
    /// @param from first row
    /// @param count rows
    void fill(RowBlock block, long from, int count) throws IOException;

    @Override
    default void close() throws IOException {}
  }

  /// @param names in front of the first row; closed with this
  /// @param from first row
  /// @param size row behind the last
  /// @param numbers closed with this
  NamedRows(RowNames.Cursor names, long from, long size, Numbers numbers) {
    this.names = names;
    this.numbers = numbers;
    this.size = size;
    this.at = from;
  }

  @Override
  public boolean read(RowBlock block) throws IOException {
    int count = (int) Math.min(block.capacity(), size - at);
    numbers.fill(block, at, count);
    names.fill(block, count);
    block.size(count);
    at += count;
    return count > 0;
  }

  @Override
  public void close() throws IOException {
    try (numbers) {
      names.close();
    }
  }
}

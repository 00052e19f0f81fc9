package io.semblance.core.image.jpeg;

/// The samples of one channel for the current row of units and the one before it, a sample an
/// `int`.
///
/// Rows are kept whole, or split into samples of even and of odd columns, as the loops want them
/// that work on pixels of even and odd columns separately.
final class SampleRows {

  private final Component channel;
  private final boolean split;
  private final int[][] even;
  private final int[][] odd;

  /// @param channel whose samples
  /// @param blocksWide blocks a row, with those that only fill up the last unit
  /// @param split whether rows are kept split
  SampleRows(Component channel, int blocksWide, boolean split) {
    this.channel = channel;
    this.split = split;
    int rows = 2 * 8 * channel.v;
    this.even = new int[rows][8 * blocksWide / (split ? 2 : 1)];
    this.odd = split ? new int[rows][4 * blocksWide] : even;
  }

  /// @return whose samples
  Component channel() {
    return channel;
  }

  /// @param y row of the channel; below 0 and from its height on, the nearest row counts
  /// @return its samples of even columns, or all of them where rows are kept whole
  int[] even(int y) {
    return even[Math.clamp(y, 0, channel.height - 1) % even.length];
  }

  /// @param y as for [#even]
  /// @return its samples of odd columns, or all of them where rows are kept whole
  int[] odd(int y) {
    return odd[Math.clamp(y, 0, channel.height - 1) % odd.length];
  }

  /// Takes over what [InverseDct] made.
  ///
  /// @param samples of a group of blocks
  /// @param y first row of the group
  /// @param block first block of the group, counted from the left
  /// @param count how many blocks of the group are wanted
  void store(int[] samples, int y, int block, int count) {
    for (int r = 0; r < 8; r++) {
      int row = (y + r) % even.length;
      if (split) {
        storeSplit(samples, r * BlockRow.LANES, even[row], odd[row], 4 * block, count);
      } else {
        storeWhole(samples, r * BlockRow.LANES, even[row], 8 * block, count);
      }
    }
  }

  private static void storeSplit(
      int[] samples, int from, int[] even, int[] odd, int at, int count) {
    for (int lane = from, to = at; lane < from + count; lane++, to += 4) {
      even[to] = samples[lane];
      odd[to] = samples[lane + InverseDct.ROW];
      even[to + 1] = samples[lane + 2 * InverseDct.ROW];
      odd[to + 1] = samples[lane + 3 * InverseDct.ROW];
      even[to + 2] = samples[lane + 4 * InverseDct.ROW];
      odd[to + 2] = samples[lane + 5 * InverseDct.ROW];
      even[to + 3] = samples[lane + 6 * InverseDct.ROW];
      odd[to + 3] = samples[lane + 7 * InverseDct.ROW];
    }
  }

  private static void storeWhole(int[] samples, int from, int[] row, int at, int count) {
    for (int lane = from, to = at; lane < from + count; lane++, to += 8) {
      row[to] = samples[lane];
      row[to + 1] = samples[lane + InverseDct.ROW];
      row[to + 2] = samples[lane + 2 * InverseDct.ROW];
      row[to + 3] = samples[lane + 3 * InverseDct.ROW];
      row[to + 4] = samples[lane + 4 * InverseDct.ROW];
      row[to + 5] = samples[lane + 5 * InverseDct.ROW];
      row[to + 6] = samples[lane + 6 * InverseDct.ROW];
      row[to + 7] = samples[lane + 7 * InverseDct.ROW];
    }
  }
}

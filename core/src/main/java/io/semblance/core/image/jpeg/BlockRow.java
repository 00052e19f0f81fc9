package io.semblance.core.image.jpeg;

/// Coefficients of one channel in one row of units, multiplied by their quantisation, laid out for
/// [InverseDct]: groups of [#LANES] neighbouring blocks, in each group coefficient by coefficient.
///
/// The coefficient at row r and column c of the block in lane l of a group is at `(8 r + c) * LANES
/// + l`.
final class BlockRow {

  /// Blocks of a group.
  static final int LANES = 32;

  /// Places of a group.
  static final int GROUP = 64 * LANES;

  private final int groupsWide;
  private final int[][] groups;

  /// @param blocksWide blocks a row, with those that only fill up the last unit
  /// @param blocksHigh rows of blocks a row of units has
  BlockRow(int blocksWide, int blocksHigh) {
    this.groupsWide = Math.ceilDiv(blocksWide, LANES);
    this.groups = new int[groupsWide * blocksHigh][GROUP];
  }

  /// @return groups a row of blocks has
  int groupsWide() {
    return groupsWide;
  }

  /// @param row row of blocks
  /// @param group which group of it
  /// @return its coefficients, to be written and cleared
  int[] group(int row, int group) {
    return groups[row * groupsWide + group];
  }
}

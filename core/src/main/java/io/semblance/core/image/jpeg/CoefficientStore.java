package io.semblance.core.image.jpeg;

import java.util.List;

/// All coefficients of a picture that comes in several scans, as decoded, not multiplied.
///
/// Each channel has 64 places a block, rows of the block one after the other; blocks row by row,
/// with those that only fill up units at the right and at the bottom.
final class CoefficientStore {

  private final short[][] coefficients;
  private final int[] blocksWide;

  CoefficientStore(Frame frame) {
    List<Component> components = frame.components();
    this.coefficients = new short[components.size()][];
    this.blocksWide = new int[components.size()];
    for (int c = 0; c < components.size(); c++) {
      blocksWide[c] = frame.size().unitsWide() * components.get(c).h;
      int blocksHigh = frame.size().unitsHigh() * components.get(c).v;
      coefficients[c] = new short[Math.multiplyExact(64, blocksWide[c] * blocksHigh)];
    }
  }

  /// @param component which channel
  /// @return its coefficients
  short[] of(int component) {
    return coefficients[component];
  }

  /// @param component which channel
  /// @param row row of blocks
  /// @param column block of that row
  /// @return where the block begins
  int at(int component, int row, int column) {
    return 64 * (row * blocksWide[component] + column);
  }

  /// Multiplies the coefficients of one row of units and hands them over.
  ///
  /// @param component which channel
  /// @param channel the same as an object
  /// @param unitRow which row of units
  /// @param target receives them; all zero before
  void load(int component, Component channel, int unitRow, BlockRow target) {
    short[] from = coefficients[component];
    int[] factors = new int[64];
    for (int k = 0; k < 64; k++) {
      factors[ZigZag.rowMajor(k)] = channel.quantisation[k];
    }
    for (int row = 0; row < channel.v; row++) {
      int at = at(component, unitRow * channel.v + row, 0);
      for (int column = 0; column < blocksWide[component]; column++, at += 64) {
        int[] group = target.group(row, column / BlockRow.LANES);
        int lane = column % BlockRow.LANES;
        for (int i = 0, to = lane; i < 64; i++, to += BlockRow.LANES) {
          group[to] = from[at + i] * factors[i];
        }
      }
    }
  }
}

package io.semblance.core.image.jpeg;

/// One channel of a frame: how it is sampled, and the quantisation that its first scan found.
final class Component {

  final int id;
  final int h;
  final int v;
  final int quantTable;

  /// Blocks a row and rows of blocks that hold pixels; more are stored where channels are
  /// interleaved.
  final int blocksWide;

  final int blocksHigh;

  /// Samples a row and rows that belong to the picture.
  final int width;

  final int height;

  /// Multipliers of the 64 coefficients in stored order; null until a scan of this channel begins.
  int[] quantisation;

  /// @param id as the file names it
  /// @param h samples a row for each of the widest channel's `maxH`
  /// @param v rows for each of the highest channel's `maxV`
  /// @param quantTable which table quantises it
  /// @param frame the frame's size and maxima
  Component(int id, int h, int v, int quantTable, Geometry frame) {
    this.id = id;
    this.h = h;
    this.v = v;
    this.quantTable = quantTable;
    this.width = Math.ceilDiv(frame.width * h, frame.maxH);
    this.height = Math.ceilDiv(frame.height * v, frame.maxV);
    this.blocksWide = Math.ceilDiv(width, 8);
    this.blocksHigh = Math.ceilDiv(height, 8);
  }

  /// The frame's size in pixels and its largest sampling factors.
  ///
  /// @param width pixels a row
  /// @param height rows
  /// @param maxH largest horizontal factor
  /// @param maxV largest vertical factor
  record Geometry(int width, int height, int maxH, int maxV) {

    /// @return units a row of interleaved blocks has
    int unitsWide() {
      return Math.ceilDiv(width, 8 * maxH);
    }

    /// @return rows of such units
    int unitsHigh() {
      return Math.ceilDiv(height, 8 * maxV);
    }
  }
}

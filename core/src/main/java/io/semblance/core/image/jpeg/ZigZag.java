package io.semblance.core.image.jpeg;

/// The order in which the coefficients of a block are stored. Source: T.81, figure 5.
final class ZigZag {

  private static final byte[] ROW_MAJOR = {
    0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20,
    13, 6, 7, 14, 21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59,
    52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63
  };

  private ZigZag() {}

  /// @param k place in the stored order, 0 to 63
  /// @return place in the block, 8 * row + column
  static int rowMajor(int k) {
    return ROW_MAJOR[k];
  }
}

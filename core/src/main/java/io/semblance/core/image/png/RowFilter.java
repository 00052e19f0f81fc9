package io.semblance.core.image.png;

/// Undoes the prediction of a row's bytes from their neighbours. Source: W3C PNG specification,
/// third edition, section 9.
final class RowFilter {

  private RowFilter() {}

  /// @param row filter byte, then samples; samples as stored before, as they were after
  /// @param above the row above after this, or zeros
  /// @param p bytes a pixel, at least 1
  /// @return whether the filter is known
  static boolean undo(byte[] row, byte[] above, int p) {
    switch (row[0]) {
      case 0 -> {}
      case 1 -> undoSub(row, p);
      case 2 -> undoUp(row, above);
      case 3 -> undoAverage(row, above, p);
      case 4 -> {
        if (p == 3) {
          undoPaethOfThree(row, above);
        } else {
          undoPaeth(row, above, p);
        }
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private static void undoSub(byte[] row, int p) {
    for (int i = p + 1; i < row.length; i++) {
      row[i] += row[i - p];
    }
  }

  private static void undoUp(byte[] row, byte[] above) {
    for (int i = 1; i < row.length; i++) {
      row[i] += above[i];
    }
  }

  private static void undoAverage(byte[] row, byte[] above, int p) {
    for (int i = 1; i < row.length; i++) {
      int left = i > p ? row[i - p] & 0xFF : 0;
      row[i] += (byte) ((left + (above[i] & 0xFF)) >> 1);
    }
  }

  private static void undoPaeth(byte[] row, byte[] above, int p) {
    for (int i = 1; i <= p && i < row.length; i++) {
      row[i] += above[i];
    }
    for (int i = p + 1; i < row.length; i++) {
      row[i] += (byte) nearest(row[i - p] & 0xFF, above[i] & 0xFF, above[i - p] & 0xFF);
    }
  }

  // The commonest case. The left pixel stays in registers: read back from the row it would be
  // waited
  // for at every byte.
  private static void undoPaethOfThree(byte[] row, byte[] above) {
    int a0 = 0;
    int a1 = 0;
    int a2 = 0;
    int c0 = 0;
    int c1 = 0;
    int c2 = 0;
    for (int i = 3; i < row.length; i += 3) {
      int b0 = above[i - 2] & 0xFF;
      int b1 = above[i - 1] & 0xFF;
      int b2 = above[i] & 0xFF;
      a0 = (row[i - 2] + nearest(a0, b0, c0)) & 0xFF;
      a1 = (row[i - 1] + nearest(a1, b1, c1)) & 0xFF;
      a2 = (row[i] + nearest(a2, b2, c2)) & 0xFF;
      row[i - 2] = (byte) a0;
      row[i - 1] = (byte) a1;
      row[i] = (byte) a2;
      c0 = b0;
      c1 = b1;
      c2 = b2;
    }
  }

  /// Of a, b and c the nearest to a + b - c, the first of them where equal: Paeth's predictor,
  /// without branches, which would be mispredicted.
  ///
  /// @param a the byte to the left, 0 to 255
  /// @param b the byte above
  /// @param c the byte above that to the left
  /// @return one of them
  static int nearest(int a, int b, int c) {
    // c is between a and b, and nearest, just where 3 c - (a + b) is
    int low = Math.min(a, b);
    int high = Math.max(a, b);
    int place = 3 * c - (a + b);
    int unlessHigh = high <= place ? low : c;
    return place <= low ? high : unlessHigh;
  }
}

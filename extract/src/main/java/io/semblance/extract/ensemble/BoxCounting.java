package io.semblance.extract.ensemble;

import java.util.function.IntPredicate;

/// Box-counting dimension of a mask: minus the slope of the logarithm of how many boxes are neither
/// empty nor full over the logarithm of their side. Sides are 2^k from 4 up to the shorter side.
///
/// Boxes begin at the upper left; those cut off by the border count as full only where all of `side
/// * side` pixels are set, that is never. Sides without such a box are left out; where fewer than
///   two are left, the dimension is 0.
final class BoxCounting {

  private static final int SMALLEST = 4;

  private BoxCounting() {}

  /// @param gray one channel
  /// @param set which values belong to the mask
  /// @return the dimension, finite
  static double dimension(Raster gray, IntPredicate set) {
    boolean[] mask = new boolean[gray.samples().length];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = set.test(gray.samples()[i] & 0xFF);
    }
    int n = 0;
    double x = 0;
    double y = 0;
    double xx = 0;
    double xy = 0;
    int side = Integer.highestOneBit(Math.min(gray.width(), gray.height()));
    for (; side >= SMALLEST; side /= 2) {
      int count = boxes(mask, gray.width(), gray.height(), side);
      if (count > 0) {
        double logSide = Math.log(side);
        double logCount = Math.log(count);
        n++;
        x += logSide;
        y += logCount;
        xx += logSide * logSide;
        xy += logSide * logCount;
      }
    }
    return n < 2 ? 0 : -(n * xy - x * y) / (n * xx - x * x) + 0.0;
  }

  private static int boxes(boolean[] mask, int width, int height, int side) {
    int across = (width + side - 1) / side;
    int count = 0;
    for (int top = 0; top < height; top += side) {
      int[] sums = new int[across];
      for (int y = top; y < Math.min(top + side, height); y++) {
        for (int x = 0; x < width; x++) {
          if (mask[y * width + x]) {
            sums[x / side]++;
          }
        }
      }
      for (int sum : sums) {
        if (sum > 0 && sum < side * side) {
          count++;
        }
      }
    }
    return count;
  }
}

package io.semblance.salad;

import java.util.Arrays;

/// Ranks of weighted numbers; numbers equal but for rounding share their mean rank.
final class Ranks {

  private static final double UNIT = 1e-9;
  private static final int INDEX_BITS = 23;
  private static final double OFFSET = 500;

  private Ranks() {}

  /// @param z numbers between -500 and 500, fewer than 2^23
  /// @param times how often each occurs, at least 0
  /// @param tie neighbours in the order that differ by no more than this tie, at least 1e-9
  /// @return mean rank of each number among all occurrences, from 1
  static double[] of(double[] z, double[] times, double tie) {
    long[] keys = new long[z.length];
    for (int i = 0; i < z.length; i++) {
      double value = Math.clamp(z[i], -OFFSET, OFFSET) + OFFSET;
      keys[i] = ((long) Math.rint(value / UNIT) << INDEX_BITS) | i;
    }
    Arrays.sort(keys);
    long gap = Math.round(tie / UNIT);
    double[] ranks = new double[z.length];
    double before = 0;
    for (int from = 0; from < keys.length; ) {
      int to = from;
      double members = 0;
      do {
        members += times[index(keys[to++])];
      } while (to < keys.length && (keys[to] >> INDEX_BITS) - (keys[to - 1] >> INDEX_BITS) <= gap);
      for (int i = from; i < to; i++) {
        ranks[index(keys[i])] = before + (members + 1) / 2;
      }
      before += members;
      from = to;
    }
    return ranks;
  }

  private static int index(long key) {
    return (int) (key & ((1 << INDEX_BITS) - 1));
  }
}

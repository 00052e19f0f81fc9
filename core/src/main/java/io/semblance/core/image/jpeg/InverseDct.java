package io.semblance.core.image.jpeg;

import java.util.Arrays;

/// Coefficients to samples, 32 blocks at a time. For use by one thread.
///
/// Integer arithmetic of 13 bits, columns before rows, rounded between to 2 bits more than a
/// sample. Source: libjpeg-turbo, `jidctint.c` (`jpeg_idct_islow`), after Loeffler, Ligtenberg and
/// Moschytz, "Practical fast 1-D DCT algorithms with 11 multiplications", ICASSP 1989. The sums are
/// those of that code, in 32 bits, but multiplied out: more multiplications, fewer passes over
/// memory, each over all blocks.
final class InverseDct {

  /// Places that a row of a group of blocks takes: 8 coefficients of [BlockRow#LANES] blocks.
  static final int ROW = 8 * BlockRow.LANES;

  private static final int BITS = 13;
  private static final int FIRST_SHIFT = BITS - 2;
  private static final int FIRST_HALF = 1 << (FIRST_SHIFT - 1);
  private static final int LAST_SHIFT = BITS + 2 + 3;
  // rounds, and moves samples from -128..127 to 0..255
  private static final int LAST_HALF = (1 << (LAST_SHIFT - 1)) + (128 << LAST_SHIFT);

  // cosines and their sums, in 1/8192
  private static final int F0298 = 2446;
  private static final int F0390 = 3196;
  private static final int F0541 = 4433;
  private static final int F0765 = 6270;
  private static final int F0899 = 7373;
  private static final int F1175 = 9633;
  private static final int F1501 = 12299;
  private static final int F1847 = 15137;
  private static final int F1961 = 16069;
  private static final int F2053 = 16819;
  private static final int F2562 = 20995;
  private static final int F3072 = 25172;

  // what the rows 1, 3, 5 and 7 (A, B, C, D) give to the four sums of odd rows
  private static final int A1 = F1175 + F1501 - F0899 - F0390;
  private static final int C1 = F1175 - F0390;
  private static final int D1 = F1175 - F0899;
  private static final int B2 = F1175 + F3072 - F2562 - F1961;
  private static final int C2 = F1175 - F2562;
  private static final int D2 = F1175 - F1961;
  private static final int C3 = F1175 + F2053 - F2562 - F0390;
  private static final int D4 = F1175 + F0298 - F0899 - F1961;

  private final int[] columns = new int[BlockRow.GROUP];
  private final int[] turned = new int[BlockRow.GROUP];

  /// Transforms a group of blocks and clears it.
  ///
  /// @param group coefficients as [BlockRow] lays them out; zeros afterwards
  /// @param samples receives 0 to 255: that at row r and column c of the block in lane l goes to
  ///   `(8 c + r) * LANES + l`
  void transform(int[] group, int[] samples) {
    columns(group, columns, FIRST_HALF, FIRST_SHIFT);
    Arrays.fill(group, 0);
    for (int i = 0; i < 64; i++) {
      int from = (i % 8 * 8 + i / 8) * BlockRow.LANES;
      System.arraycopy(columns, from, turned, i * BlockRow.LANES, BlockRow.LANES);
    }
    columns(turned, samples, LAST_HALF, LAST_SHIFT);
    for (int i = 0; i < BlockRow.GROUP; i++) {
      samples[i] = Math.max(0, Math.min(255, samples[i]));
    }
  }

  // Two results a loop, and all loops in one method, on purpose: HotSpot compiles a long method by
  // itself and then finds the vectors in each loop; more results a loop, or pieces inlined into a
  // caller, were seen to stay scalar.
  private static void columns(int[] in, int[] out, int half, int shift) {
    for (int i = 0; i < ROW; i++) {
      int t = (in[i] << BITS) + (in[i + 4 * ROW] << BITS) + half;
      int e = t + in[i + 2 * ROW] * (F0541 + F0765) + in[i + 6 * ROW] * F0541;
      int o =
          in[i + ROW] * A1 + in[i + 3 * ROW] * F1175 + in[i + 5 * ROW] * C1 + in[i + 7 * ROW] * D1;
      out[i] = (e + o) >> shift;
      out[i + 7 * ROW] = (e - o) >> shift;
    }
    for (int i = 0; i < ROW; i++) {
      int t = (in[i] << BITS) - (in[i + 4 * ROW] << BITS) + half;
      int e = t + in[i + 2 * ROW] * F0541 + in[i + 6 * ROW] * (F0541 - F1847);
      int o =
          in[i + ROW] * F1175 + in[i + 3 * ROW] * B2 + in[i + 5 * ROW] * C2 + in[i + 7 * ROW] * D2;
      out[i + ROW] = (e + o) >> shift;
      out[i + 6 * ROW] = (e - o) >> shift;
    }
    for (int i = 0; i < ROW; i++) {
      int t = (in[i] << BITS) - (in[i + 4 * ROW] << BITS) + half;
      int e = t - in[i + 2 * ROW] * F0541 - in[i + 6 * ROW] * (F0541 - F1847);
      int o =
          in[i + ROW] * C1 + in[i + 3 * ROW] * C2 + in[i + 5 * ROW] * C3 + in[i + 7 * ROW] * F1175;
      out[i + 2 * ROW] = (e + o) >> shift;
      out[i + 5 * ROW] = (e - o) >> shift;
    }
    for (int i = 0; i < ROW; i++) {
      int t = (in[i] << BITS) + (in[i + 4 * ROW] << BITS) + half;
      int e = t - in[i + 2 * ROW] * (F0541 + F0765) - in[i + 6 * ROW] * F0541;
      int o =
          in[i + ROW] * D1 + in[i + 3 * ROW] * D2 + in[i + 5 * ROW] * F1175 + in[i + 7 * ROW] * D4;
      out[i + 3 * ROW] = (e + o) >> shift;
      out[i + 4 * ROW] = (e - o) >> shift;
    }
  }
}

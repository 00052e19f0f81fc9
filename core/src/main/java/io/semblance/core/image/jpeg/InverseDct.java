package io.semblance.core.image.jpeg;

import java.util.Arrays;

/// Coefficients to samples, 32 blocks at a time. For use by one thread.
///
/// Integer arithmetic of 13 bits, columns before rows, rounded between to 2 bits more than a
/// sample. Source: libjpeg-turbo, `jidctint.c` (`jpeg_idct_islow`), after Loeffler, Ligtenberg and
/// Moschytz, "Practical fast 1-D DCT algorithms with 11 multiplications", ICASSP 1989. Each loop
/// here does one step for all blocks; the sums are those of that code, in 32 bits.
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

  // what the odd inputs a, b, c, d (rows 1, 3, 5, 7) give to the four odd sums
  private static final int A1 = F1175 + F1501 - F0899 - F0390;
  private static final int C1 = F1175 - F0390;
  private static final int D1 = F1175 - F0899;
  private static final int B2 = F1175 + F3072 - F2562 - F1961;
  private static final int C2 = F1175 - F2562;
  private static final int D2 = F1175 - F1961;
  private static final int C3 = F1175 + F2053 - F2562 - F0390;
  private static final int D4 = F1175 + F0298 - F0899 - F1961;

  private final int[] even = new int[4 * ROW];
  private final int[] odd = new int[4 * ROW];
  private final int[] columns = new int[BlockRow.GROUP];
  private final int[] turned = new int[BlockRow.GROUP];

  /// Transforms a group of blocks and clears it.
  ///
  /// @param group coefficients as [BlockRow] lays them out; zeros afterwards
  /// @param samples receives 0 to 255: that at row r and column c of the block in lane l goes to
  ///   `(8 c + r) * LANES + l`
  void transform(int[] group, int[] samples) {
    columns(group, even, odd, columns, FIRST_HALF, FIRST_SHIFT);
    Arrays.fill(group, 0);
    for (int i = 0; i < 64; i++) {
      int from = (i % 8 * 8 + i / 8) * BlockRow.LANES;
      System.arraycopy(columns, from, turned, i * BlockRow.LANES, BlockRow.LANES);
    }
    columns(turned, even, odd, samples, LAST_HALF, LAST_SHIFT);
    for (int i = 0; i < BlockRow.GROUP; i++) {
      samples[i] = Math.max(0, Math.min(255, samples[i]));
    }
  }

  // In one method on purpose: HotSpot compiles a long one by itself, and then finds the vectors in
  // each loop; pieces inlined into a caller were seen to stay scalar.
  private static void columns(int[] in, int[] even, int[] odd, int[] out, int half, int shift) {
    for (int i = 0; i < ROW; i++) {
      int z = in[i + 2 * ROW] * (F0541 + F0765) + in[i + 6 * ROW] * F0541;
      int t = (in[i] << BITS) + (in[i + 4 * ROW] << BITS) + half;
      even[i] = t + z;
      even[i + 3 * ROW] = t - z;
    }
    for (int i = 0; i < ROW; i++) {
      int z = in[i + 2 * ROW] * F0541 + in[i + 6 * ROW] * (F0541 - F1847);
      int t = (in[i] << BITS) - (in[i + 4 * ROW] << BITS) + half;
      even[i + ROW] = t + z;
      even[i + 2 * ROW] = t - z;
    }
    for (int i = 0; i < ROW; i++) {
      int a = in[i + ROW];
      int b = in[i + 3 * ROW];
      int c = in[i + 5 * ROW];
      int d = in[i + 7 * ROW];
      odd[i] = a * A1 + b * F1175 + c * C1 + d * D1;
      odd[i + ROW] = a * F1175 + b * B2 + c * C2 + d * D2;
    }
    for (int i = 0; i < ROW; i++) {
      int a = in[i + ROW];
      int b = in[i + 3 * ROW];
      int c = in[i + 5 * ROW];
      int d = in[i + 7 * ROW];
      odd[i + 2 * ROW] = a * C1 + b * C2 + c * C3 + d * F1175;
      odd[i + 3 * ROW] = a * D1 + b * D2 + c * F1175 + d * D4;
    }
    for (int i = 0; i < ROW; i++) {
      out[i] = (even[i] + odd[i]) >> shift;
      out[i + 7 * ROW] = (even[i] - odd[i]) >> shift;
    }
    for (int i = 0; i < ROW; i++) {
      out[i + ROW] = (even[i + ROW] + odd[i + ROW]) >> shift;
      out[i + 6 * ROW] = (even[i + ROW] - odd[i + ROW]) >> shift;
    }
    for (int i = 0; i < ROW; i++) {
      out[i + 2 * ROW] = (even[i + 2 * ROW] + odd[i + 2 * ROW]) >> shift;
      out[i + 5 * ROW] = (even[i + 2 * ROW] - odd[i + 2 * ROW]) >> shift;
    }
    for (int i = 0; i < ROW; i++) {
      out[i + 3 * ROW] = (even[i + 3 * ROW] + odd[i + 3 * ROW]) >> shift;
      out[i + 4 * ROW] = (even[i + 3 * ROW] - odd[i + 3 * ROW]) >> shift;
    }
  }
}

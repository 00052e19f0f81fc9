package io.semblance.core.image;

/// Which source pixels make each target pixel of one direction, and with which weights. Source:
/// Pillow, `Resample.c`, `precompute_coeffs` and `normalize_coeffs_8bpc`.
final class ResampleWeights {

  private static final int PRECISION_BITS = 32 - 8 - 2;

  /// What a sum starts with, so that dropping the fraction rounds.
  static final int HALF = 1 << (PRECISION_BITS - 1);

  private final int[] first;
  private final int[] count;
  private final int[] fixed;
  private final int stride;

  private ResampleWeights(int length, int stride) {
    this.first = new int[length];
    this.count = new int[length];
    this.fixed = new int[Math.multiplyExact(length, stride)];
    this.stride = stride;
  }

  static ResampleWeights of(int from, int to, Resampler.Filter filter) {
    double scale = (double) from / to;
    double widening = Math.max(scale, 1.0);
    double support = filter.radius() * widening;
    var weights = new ResampleWeights(to, (int) Math.ceil(support) * 2 + 1);
    double[] row = new double[weights.stride];
    for (int x = 0; x < to; x++) {
      double center = (x + 0.5) * scale;
      int begin = Math.max(0, (int) (center - support + 0.5));
      int end = Math.min(from, (int) (center + support + 0.5));
      double sum = 0;
      for (int i = begin; i < end; i++) {
        row[i - begin] = filter.at((i - center + 0.5) * (1.0 / widening));
        sum += row[i - begin];
      }
      weights.first[x] = begin;
      weights.count[x] = end - begin;
      for (int i = 0; i < end - begin; i++) {
        weights.fixed[x * weights.stride + i] = fixed(sum == 0 ? row[i] : row[i] / sum);
      }
    }
    return weights;
  }

  private static int fixed(double weight) {
    double scaled = weight * (1 << PRECISION_BITS);
    return (int) (weight < 0 ? scaled - 0.5 : scaled + 0.5);
  }

  /// @param sum fixed-point sum that began at [#HALF]
  /// @return its integer part, limited to 0..255, as an unsigned byte
  static byte round(int sum) {
    return (byte) Math.clamp(sum >> PRECISION_BITS, 0, 255);
  }

  /// @return number of target pixels
  int length() {
    return first.length;
  }

  /// @return places reserved for each target pixel in [#fixed]
  int stride() {
    return stride;
  }

  /// @return first source pixel of target pixel `x`
  int first(int x) {
    return first[x];
  }

  /// @return how many source pixels make target pixel `x`
  int count(int x) {
    return count[x];
  }

  /// @return weights, `length x stride`, shared: do not write
  int[] fixed() {
    return fixed;
  }
}

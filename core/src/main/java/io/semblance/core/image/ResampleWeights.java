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

  private ResampleWeights(int[] first, int[] count, int[] fixed, int stride) {
    this.first = first;
    this.count = count;
    this.fixed = fixed;
    this.stride = stride;
  }

  /// @param size source pixels in this direction
  /// @param begin where the part to be resized begins, in source pixels; single precision, as in
  ///   Pillow
  /// @param end where it ends
  /// @param to target pixels
  /// @param filter how pixels are weighed
  /// @return the weights
  static ResampleWeights of(int size, float begin, float end, int to, Resampler.Filter filter) {
    double scale = (double) (end - begin) / to;
    double widening = Math.max(scale, 1.0);
    double support = filter.radius() * widening;
    int stride = (int) Math.ceil(support) * 2 + 1;
    int[] fixed = new int[Math.multiplyExact(to, stride)];
    var weights = new ResampleWeights(new int[to], new int[to], fixed, stride);
    double[] row = new double[stride];
    for (int x = 0; x < to; x++) {
      double center = begin + (x + 0.5) * scale;
      int from = Math.max(0, (int) (center - support + 0.5));
      int until = Math.min(size, (int) (center + support + 0.5));
      double sum = 0;
      for (int i = from; i < until; i++) {
        row[i - from] = filter.at((i - center + 0.5) * (1.0 / widening));
        sum += row[i - from];
      }
      weights.first[x] = from;
      weights.count[x] = Math.max(0, until - from);
      for (int i = 0; i < until - from; i++) {
        fixed[x * stride + i] = fixed(sum == 0 ? row[i] : row[i] / sum);
      }
    }
    return weights;
  }

  private static int fixed(double weight) {
    double scaled = weight * (1 << PRECISION_BITS);
    return (int) (weight < 0 ? scaled - 0.5 : scaled + 0.5);
  }

  /// @param sum fixed-point sum that began at [#HALF]
  /// @return its integer part, limited to 0..255
  static int round(int sum) {
    return Math.max(0, Math.min(255, sum >> PRECISION_BITS));
  }

  /// @return number of target pixels
  int length() {
    return first.length;
  }

  /// @return places reserved for each target pixel in [#fixed]; no target pixel has more source
  ///   pixels
  int stride() {
    return stride;
  }

  /// @param x target pixel
  /// @return its first source pixel; does not fall from one target pixel to the next
  int first(int x) {
    return first[x];
  }

  /// @param x target pixel
  /// @return how many source pixels make it
  int count(int x) {
    return count[x];
  }

  /// @return the first source pixel that any target pixel needs
  int begin() {
    return first[0];
  }

  /// @return behind the last source pixel that any target pixel needs
  int end() {
    return first[first.length - 1] + count[count.length - 1];
  }

  /// @return weights, `length x stride`, shared: do not write
  int[] fixed() {
    return fixed;
  }

  /// @param begin a source pixel
  /// @return the same weights for a source that begins with that pixel
  ResampleWeights from(int begin) {
    int[] moved = first.clone();
    for (int x = 0; x < moved.length; x++) {
      moved[x] -= begin;
    }
    return new ResampleWeights(moved, count, fixed, stride);
  }
}

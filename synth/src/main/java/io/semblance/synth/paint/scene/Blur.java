package io.semblance.synth.paint.scene;

/// Box blur, which three passes bring close to a Gaussian. Edges repeat.
public final class Blur {
  private Blur() {}

  /// Blurs a plane in place.
  ///
  /// @param plane size x size, row by row
  /// @param size width and height
  /// @param radius of the box, in pixels; below 1 nothing happens
  /// @param passes 1 = box, 3 = close to a Gaussian of deviation about `radius`
  public static void soften(float[] plane, int size, int radius, int passes) {
    if (radius < 1) {
      return;
    }
    int held = Math.min(radius, Math.max(1, size / 2 - 1));
    float[] other = new float[plane.length];
    for (int pass = 0; pass < passes; pass++) {
      line(plane, other, size, size, size, 1, held);
      transposed(other, plane, size, held);
    }
  }

  private static void transposed(float[] from, float[] to, int size, int radius) {
    float[] sum = new float[size];
    float k = 1f / (2 * radius + 1);
    for (int y = -radius; y <= radius; y++) {
      int row = Math.max(0, Math.min(size - 1, y)) * size;
      for (int x = 0; x < size; x++) {
        sum[x] += from[row + x];
      }
    }
    for (int y = 0; y < size; y++) {
      int out = Math.max(0, y - radius) * size;
      int in = Math.min(size - 1, y + radius + 1) * size;
      for (int x = 0; x < size; x++) {
        to[y * size + x] = sum[x] * k;
        sum[x] += from[in + x] - from[out + x];
      }
    }
  }

  /// One pass along lines: `lines` of them, each of `n` values `step` apart, their starts `stride`
  /// apart.
  static void line(float[] from, float[] to, int lines, int n, int stride, int step, int radius) {
    float k = 1f / (2 * radius + 1);
    for (int l = 0; l < lines; l++) {
      int base = l * stride;
      float sum = 0;
      for (int j = -radius; j <= radius; j++) {
        sum += from[base + step * Math.max(0, Math.min(n - 1, j))];
      }
      for (int j = 0; j < n; j++) {
        to[base + step * j] = sum * k;
        int in = Math.min(n - 1, j + radius + 1);
        int out = Math.max(0, j - radius);
        sum += from[base + step * in] - from[base + step * out];
      }
    }
  }
}

package io.semblance.core.image.jpeg;

/// Turns the channels of a row into pixels. For use by one thread.
///
/// Source: libjpeg-turbo, `jdcolor.c` (16-bit integer arithmetic); for four channels, Pillow, which
/// takes them as inverted inks, as Adobe writes them, and `Convert.c`, `cmyk2rgb`.
final class ColorConversion {

  private static final int BITS = 16;
  private static final int HALF = 1 << (BITS - 1);
  private static final int RED_BY_CR = fixed(1.40200);
  private static final int GREEN_BY_CR = fixed(0.71414);
  private static final int GREEN_BY_CB = fixed(0.34414);
  private static final int BLUE_BY_CB = fixed(1.77200);

  private final int channels;
  private final boolean transformed;
  private final int[] red;
  private final int[] green;
  private final int[] blue;

  /// @param channels 1, 3 or 4
  /// @param transformed whether the first three are luma and chroma rather than colours
  /// @param length most pixels of a row
  ColorConversion(int channels, boolean transformed, int length) {
    this.channels = channels;
    this.transformed = transformed;
    this.red = new int[length];
    this.green = new int[length];
    this.blue = new int[length];
  }

  /// @param samples one row a channel
  /// @param count pixels
  /// @param pixels receives red + 256 green + 65536 blue
  void convert(int[][] samples, int count, int[] pixels) {
    if (channels == 1) {
      pack(samples[0], samples[0], samples[0], pixels, count);
      return;
    }
    int[] r = samples[0];
    int[] g = samples[1];
    int[] b = samples[2];
    if (transformed) {
      addChroma(samples[0], samples[2], RED_BY_CR, red, count);
      subtractChroma(samples[0], samples[1], samples[2], green, count);
      addChroma(samples[0], samples[1], BLUE_BY_CB, blue, count);
      r = red;
      g = green;
      b = blue;
    }
    if (channels == 4) {
      int inverted = transformed ? 0 : 255; // the transform leaves the inks as they print
      cover(r, inverted, samples[3], red, count);
      cover(g, inverted, samples[3], green, count);
      cover(b, inverted, samples[3], blue, count);
      r = red;
      g = green;
      b = blue;
    }
    pack(r, g, b, pixels, count);
  }

  private static void addChroma(int[] luma, int[] chroma, int factor, int[] out, int count) {
    int half = HALF - 128 * factor;
    for (int i = 0; i < count; i++) {
      int v = luma[i] + ((factor * chroma[i] + half) >> BITS);
      out[i] = Math.max(0, Math.min(255, v));
    }
  }

  private static void subtractChroma(int[] luma, int[] cb, int[] cr, int[] out, int count) {
    int half = HALF + 128 * (GREEN_BY_CB + GREEN_BY_CR);
    for (int i = 0; i < count; i++) {
      int v = luma[i] + ((half - GREEN_BY_CB * cb[i] - GREEN_BY_CR * cr[i]) >> BITS);
      out[i] = Math.max(0, Math.min(255, v));
    }
  }

  // light - ink * light / 255, rounded as Pillow rounds it; `inverted` is 255 where 255 means no
  // ink
  private static void cover(int[] inks, int inverted, int[] light, int[] out, int count) {
    for (int i = 0; i < count; i++) {
      int product = (inks[i] ^ inverted) * light[i] + 128;
      out[i] = Math.max(0, light[i] - (((product >> 8) + product) >> 8));
    }
  }

  private static void pack(int[] red, int[] green, int[] blue, int[] pixels, int count) {
    for (int i = 0; i < count; i++) {
      pixels[i] = red[i] | green[i] << 8 | blue[i] << 16;
    }
  }

  private static int fixed(double x) {
    return (int) (x * (1 << BITS) + 0.5);
  }
}

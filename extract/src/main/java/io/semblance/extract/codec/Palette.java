package io.semblance.extract.codec;

import io.semblance.core.image.RgbImage;
import java.util.Arrays;

/// An image as at most 256 colours and an index for each pixel.
///
/// @param colors RGB, `0xRRGGBB`, length 1 to 256
/// @param indices `height x width`, row-major, unsigned bytes
@SuppressWarnings("ArrayRecordComponent") // handed over once
record Palette(int[] colors, byte[] indices) {

  static final int MAX_COLORS = 256;
  private static final int SLOTS = 1024;

  /// Reduces an image without dithering: an image of up to 256 colours keeps exactly these, in
  /// order of appearance; another is reduced by [MedianCut].
  static Palette of(RgbImage image) {
    byte[] indices = new byte[image.pixels().length / 3];
    int[] colors = new int[MAX_COLORS];
    int count = exact(image.pixels(), colors, indices);
    return count > 0
        ? new Palette(Arrays.copyOf(colors, count), indices)
        : reduced(image, MAX_COLORS);
  }

  /// Reduces an image by [MedianCut], however few its colours are.
  static Palette reduced(RgbImage image, int maxColors) {
    byte[] pixels = image.pixels();
    byte[] indices = new byte[pixels.length / 3];
    int[] colors = new int[new MedianCut().reduce(pixels, maxColors, indices)];
    long[] sums = new long[3 * colors.length];
    long[] counts = new long[colors.length];
    for (int i = 0; i < indices.length; i++) {
      int b = indices[i] & 0xFF;
      counts[b]++;
      for (int c = 0; c < 3; c++) {
        sums[3 * b + c] += pixels[3 * i + c] & 0xFF;
      }
    }
    for (int b = 0; b < colors.length; b++) {
      for (int c = 0; c < 3; c++) {
        colors[b] = colors[b] << 8 | (int) ((sums[3 * b + c] + counts[b] / 2) / counts[b]);
      }
    }
    return new Palette(colors, indices);
  }

  /// Looks for up to 256 colours.
  ///
  /// @param pixels RGB, interleaved, length 3n
  /// @param colors receives the colours in order of appearance, length 256
  /// @param indices receives the index of each pixel's colour, length at least n
  /// @return how many colours there are, 0 for more than 256
  static int exact(byte[] pixels, int[] colors, byte[] indices) {
    int[] slotColor = new int[SLOTS];
    short[] slotIndex = new short[SLOTS]; // index + 1, 0 for a free slot
    int count = 0;
    for (int i = 0; i < pixels.length / 3; i++) {
      int color = color(pixels, 3 * i);
      int slot = (color * 0x9E3779B1) >>> 22;
      while (slotIndex[slot] != 0 && slotColor[slot] != color) {
        slot = (slot + 1) % SLOTS;
      }
      if (slotIndex[slot] == 0) {
        if (count == MAX_COLORS) {
          return 0;
        }
        colors[count++] = color;
        slotColor[slot] = color;
        slotIndex[slot] = (short) count;
      }
      indices[i] = (byte) (slotIndex[slot] - 1);
    }
    return count;
  }

  static int color(byte[] pixels, int at) {
    return (pixels[at] & 0xFF) << 16 | (pixels[at + 1] & 0xFF) << 8 | (pixels[at + 2] & 0xFF);
  }
}

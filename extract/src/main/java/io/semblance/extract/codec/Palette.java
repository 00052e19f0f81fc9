package io.semblance.extract.codec;

import io.semblance.core.image.RgbImage;

/// An image as at most 256 colours and an index for each pixel.
///
/// @param colors RGB, `0xRRGGBB`, length 1 to 256
/// @param indices `height x width`, row-major, unsigned bytes
@SuppressWarnings("ArrayRecordComponent") // handed over once
record Palette(int[] colors, byte[] indices) {

  private static final int MAX_COLORS = 256;
  private static final int SLOTS = 1024;

  /// Reduces an image without dithering: an image of up to 256 colours keeps exactly these, in
  /// order of appearance; another is reduced by [MedianCut].
  static Palette of(RgbImage image) {
    Palette exact = exact(image);
    return exact != null ? exact : MedianCut.reduce(image, MAX_COLORS);
  }

  private static Palette exact(RgbImage image) {
    byte[] pixels = image.pixels();
    byte[] indices = new byte[pixels.length / 3];
    int[] colors = new int[MAX_COLORS];
    int[] slotColor = new int[SLOTS];
    short[] slotIndex = new short[SLOTS]; // index + 1, 0 for a free slot
    int count = 0;
    for (int i = 0; i < indices.length; i++) {
      int color = color(pixels, 3 * i);
      int slot = (color * 0x9E3779B1) >>> 22;
      while (slotIndex[slot] != 0 && slotColor[slot] != color) {
        slot = (slot + 1) % SLOTS;
      }
      if (slotIndex[slot] == 0) {
        if (count == MAX_COLORS) {
          return null;
        }
        colors[count++] = color;
        slotColor[slot] = color;
        slotIndex[slot] = (short) count;
      }
      indices[i] = (byte) (slotIndex[slot] - 1);
    }
    return new Palette(java.util.Arrays.copyOf(colors, count), indices);
  }

  static int color(byte[] pixels, int at) {
    return (pixels[at] & 0xFF) << 16 | (pixels[at + 1] & 0xFF) << 8 | (pixels[at + 2] & 0xFF);
  }
}

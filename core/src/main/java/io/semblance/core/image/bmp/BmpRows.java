package io.semblance.core.image.bmp;

import io.semblance.core.image.White;

/// Turns the rows of a bitmap into RGB.
final class BmpRows {

  private final BmpFile bmp;
  private final byte[] bytes;
  private final int stride;

  BmpRows(BmpFile bmp, byte[] bytes) {
    this.bmp = bmp;
    this.bytes = bytes;
    this.stride = (int) BmpFile.rowBytes(bmp.width(), bmp.bits());
  }

  /// @param row which, as stored
  /// @param rgb receives its pixels
  /// @param to where the first goes
  void convert(int row, byte[] rgb, int to) {
    int at = bmp.data() + row * stride;
    if (bmp.palette() != null) {
      convertIndices(at, rgb, to);
    } else if (bmp.bits() == 16) {
      convertShorts(at, rgb, to);
    } else {
      convertBytes(at, rgb, to);
    }
  }

  /// @param indices one a byte
  /// @param from the first of the row
  /// @param rgb receives its pixels
  /// @param to where the first goes
  void look(byte[] indices, int from, byte[] rgb, int to) {
    for (int x = 0; x < bmp.width(); x++) {
      System.arraycopy(bmp.palette(), 3 * (indices[from + x] & 0xFF), rgb, to + 3 * x, 3);
    }
  }

  private void convertIndices(int at, byte[] rgb, int to) {
    int bits = bmp.bits();
    for (int x = 0; x < bmp.width(); x++) {
      int bit = x * bits;
      int shifted = (bytes[at + (bit >> 3)] & 0xFF) >> (8 - bits - (bit & 7));
      System.arraycopy(bmp.palette(), 3 * (shifted & (1 << bits) - 1), rgb, to + 3 * x, 3);
    }
  }

  private void convertShorts(int at, byte[] rgb, int to) {
    boolean sixGreen = bmp.layout() == PixelLayout.BITS_565;
    for (int x = 0; x < bmp.width(); x++) {
      int pixel = bytes[at + 2 * x] & 0xFF | (bytes[at + 2 * x + 1] & 0xFF) << 8;
      int red = sixGreen ? pixel >> 11 : pixel >> 10;
      int green = pixel >> 5;
      rgb[to + 3 * x] = (byte) ((red & 31) * 255 / 31);
      rgb[to + 3 * x + 1] = (byte) (sixGreen ? (green & 63) * 255 / 63 : (green & 31) * 255 / 31);
      rgb[to + 3 * x + 2] = (byte) ((pixel & 31) * 255 / 31);
    }
  }

  private void convertBytes(int at, byte[] rgb, int to) {
    PixelLayout layout = bmp.layout();
    int step = bmp.bits() / 8;
    for (int x = 0, from = at; x < bmp.width(); x++, from += step) {
      int alpha = layout.alpha() < 0 ? 255 : bytes[from + layout.alpha()] & 0xFF;
      rgb[to + 3 * x] = White.behind(bytes[from + layout.red()] & 0xFF, alpha);
      rgb[to + 3 * x + 1] = White.behind(bytes[from + layout.green()] & 0xFF, alpha);
      rgb[to + 3 * x + 2] = White.behind(bytes[from + layout.blue()] & 0xFF, alpha);
    }
  }
}

package io.semblance.core.image;

/// Turns and mirrors pixels upright, as Pillow's `ImageOps.exif_transpose`.
final class Turn {

  private Turn() {}

  /// @param image pixels as stored
  /// @param orientation EXIF orientation, 1 to 8: where the stored first row and column belong
  /// @return the image upright; the image itself for 1
  static RgbImage upright(RgbImage image, int orientation) {
    if (orientation == 1) {
      return image;
    }
    boolean swapped = orientation >= 5;
    int width = swapped ? image.height() : image.width();
    int height = swapped ? image.width() : image.height();
    // 2, 3, 6, 7: the stored picture runs against the upright columns; 3, 4, 7, 8: against the rows
    boolean mirrored = orientation == 2 || orientation == 3 || orientation == 6 || orientation == 7;
    boolean flipped = orientation == 3 || orientation == 4 || orientation == 7 || orientation == 8;
    byte[] in = image.pixels();
    byte[] out = new byte[in.length];
    for (int y = 0, to = 0; y < height; y++) {
      int v = flipped ? height - 1 - y : y;
      for (int x = 0; x < width; x++, to += 3) {
        int u = mirrored ? width - 1 - x : x;
        int from = 3 * (swapped ? u * image.width() + v : v * image.width() + u);
        out[to] = in[from];
        out[to + 1] = in[from + 1];
        out[to + 2] = in[from + 2];
      }
    }
    return new RgbImage(width, height, out);
  }
}

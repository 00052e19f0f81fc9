package io.semblance.core.image.bmp;

/// Where the channels of a pixel of 16, 24 or 32 bits lie.
enum PixelLayout {
  /// Five bits each.
  BITS_555(-1, -1, -1, -1),
  /// Five, six and five bits.
  BITS_565(-1, -1, -1, -1),
  BGR(2, 1, 0, -1),
  BGXR(3, 1, 0, -1),
  XBGR(3, 2, 1, -1),
  ABGR(3, 2, 1, 0),
  RGBA(0, 1, 2, 3),
  BGRA(2, 1, 0, 3),
  BGAR(3, 1, 0, 2);

  private final int red;
  private final int green;
  private final int blue;
  private final int alpha;

  PixelLayout(int red, int green, int blue, int alpha) {
    this.red = red;
    this.green = green;
    this.blue = blue;
    this.alpha = alpha;
  }

  /// @param bits a pixel, 16, 24 or 32
  /// @param masks of red, green, blue and alpha
  /// @return the layout, or null if it is none that Pillow reads
  static PixelLayout of(int bits, int[] masks) {
    int red = masks[0];
    int green = masks[1];
    int blue = masks[2];
    int alpha = masks[3];
    if (bits == 16) {
      if (blue != 0x1F) {
        return null;
      }
      boolean fives = red == 0x7C00 && green == 0x3E0;
      return fives ? BITS_555 : red == 0xF800 && green == 0x7E0 ? BITS_565 : null;
    }
    if (bits == 24) {
      return red == 0xFF0000 && green == 0xFF00 && blue == 0xFF ? BGR : null;
    }
    if (red == 0 && green == 0 && blue == 0 && alpha == 0) {
      return BGRA;
    }
    for (PixelLayout layout : values()) {
      if (layout.red >= 0
          && red == mask(layout.red)
          && green == mask(layout.green)
          && blue == mask(layout.blue)
          && alpha == mask(layout.alpha)) {
        return layout;
      }
    }
    return null;
  }

  private static int mask(int place) {
    return place < 0 ? 0 : 0xFF << (8 * place);
  }

  /// @return byte of a pixel that holds red, or below 0 where channels are no whole bytes
  int red() {
    return red;
  }

  /// @return byte of a pixel that holds green
  int green() {
    return green;
  }

  /// @return byte of a pixel that holds blue
  int blue() {
    return blue;
  }

  /// @return byte of a pixel that holds alpha, or below 0 for none
  int alpha() {
    return alpha;
  }
}

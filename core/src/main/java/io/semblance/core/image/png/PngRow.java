package io.semblance.core.image.png;

import io.semblance.core.image.Grey16;
import io.semblance.core.image.White;

/// Turns the samples of a PNG row into RGB, transparency composited on white.
final class PngRow {

  private final PngFile png;
  private final byte[] palette = new byte[768];
  private final int scale;
  private final int[] key;
  private final boolean saturated;

  PngRow(PngFile png, Grey16 grey16) {
    this.png = png;
    this.scale = png.depth() < 8 ? 255 / ((1 << png.depth()) - 1) : 1;
    this.saturated = png.depth() == 16 && grey16 == Grey16.SATURATE;
    this.key = png.color() == 0 || png.color() == 2 ? key(png.transparency()) : null;
    if (png.color() == 3) {
      fillPalette();
    }
  }

  // Entries beyond the file's own stay black, as in Pillow.
  private void fillPalette() {
    System.arraycopy(png.palette(), 0, palette, 0, png.palette().length);
    byte[] alpha = png.transparency() == null ? new byte[0] : png.transparency();
    for (int i = 0; i < 3 * Math.min(256, alpha.length); i++) {
      palette[i] = White.behind(palette[i] & 0xFF, alpha[i / 3] & 0xFF);
    }
  }

  private static int[] key(byte[] transparency) {
    if (transparency == null) {
      return null;
    }
    int[] out = new int[transparency.length / 2];
    for (int i = 0; i < out.length; i++) {
      out[i] = (transparency[2 * i] & 0xFF) << 8 | (transparency[2 * i + 1] & 0xFF);
    }
    return out;
  }

  /// @param row filter byte, then samples
  /// @param columns pixels in the row
  /// @param rgb receives them
  /// @param at where the first goes
  /// @param step bytes from one to the next
  void convert(byte[] row, int columns, byte[] rgb, int at, int step) {
    if (png.color() == 2 && png.depth() == 8 && key == null && step == 3) {
      System.arraycopy(row, 1, rgb, at, 3 * columns);
      return;
    }
    for (int x = 0, to = at; x < columns; x++, to += step) {
      switch (png.color()) {
        case 0 -> grey(row, x, rgb, to);
        case 2 -> color(row, 3 * x, rgb, to);
        case 3 -> System.arraycopy(palette, 3 * sample(row, x), rgb, to, 3);
        case 4 -> {
          byte v = White.behind(high(row, 2 * x), high(row, 2 * x + 1));
          set(rgb, to, v, v, v);
        }
        default -> {
          int alpha = high(row, 4 * x + 3);
          for (int c = 0; c < 3; c++) {
            rgb[to + c] = White.behind(high(row, 4 * x + c), alpha);
          }
        }
      }
    }
  }

  private void grey(byte[] row, int x, byte[] rgb, int to) {
    int value = saturated ? Math.min(255, sample(row, x)) : high(row, x) * scale;
    boolean clear = key != null && isKey(row, x, value);
    byte v = clear ? (byte) 255 : (byte) value;
    set(rgb, to, v, v, v);
  }

  // Pillow compares 8 bits of what it shows with the lower 8 bits that the file says, which only
  // fits
  // samples of 1 and 8 bits; by its high byte, 16-bit grey is compared as the standard wants it.
  private boolean isKey(byte[] row, int x, int value) {
    return switch (png.depth()) {
      case 1 -> value == 255 * Math.min(1, key[0]);
      case 16 -> saturated ? value == (key[0] & 0xFF) : sample(row, x) == key[0];
      default -> value == (key[0] & 0xFF);
    };
  }

  private void color(byte[] row, int i, byte[] rgb, int to) {
    boolean clear =
        key != null
            && high(row, i) == (key[0] & 0xFF)
            && high(row, i + 1) == (key[1] & 0xFF)
            && high(row, i + 2) == (key[2] & 0xFF);
    byte white = (byte) 255;
    if (clear) {
      set(rgb, to, white, white, white);
    } else {
      set(rgb, to, (byte) high(row, i), (byte) high(row, i + 1), (byte) high(row, i + 2));
    }
  }

  private static void set(byte[] rgb, int to, byte red, byte green, byte blue) {
    rgb[to] = red;
    rgb[to + 1] = green;
    rgb[to + 2] = blue;
  }

  // The sample as stored, 0 to 2^depth - 1.
  private int sample(byte[] row, int i) {
    return switch (png.depth()) {
      case 8 -> row[1 + i] & 0xFF;
      case 16 -> (row[1 + 2 * i] & 0xFF) << 8 | (row[2 + 2 * i] & 0xFF);
      default -> {
        int bit = i * png.depth();
        int shifted = (row[1 + (bit >> 3)] & 0xFF) >> (8 - png.depth() - (bit & 7));
        yield shifted & ((1 << png.depth()) - 1);
      }
    };
  }

  // The sample's upper 8 bits; those of depth 1, 2 and 4 as stored.
  private int high(byte[] row, int i) {
    return png.depth() == 16 ? row[1 + 2 * i] & 0xFF : sample(row, i);
  }
}

package io.semblance.core.image.tiff;

import io.semblance.core.image.Grey16;
import io.semblance.core.image.White;
import io.semblance.core.image.tiff.TiffFile.Alpha;
import io.semblance.core.image.tiff.TiffFile.Color;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Turns the samples of a TIFF row into RGB, as Pillow's `convert("RGB")`, transparency on white.
/// For use by one thread.
final class TiffRow {

  private final TiffFile page;
  private final boolean saturated;
  private final boolean highBytesFirst;
  private final int[] color = new int[4];

  TiffRow(TiffFile page, Grey16 grey16) {
    this.page = page;
    this.saturated = grey16 == Grey16.SATURATE;
    this.highBytesFirst = page.order() == ByteOrder.BIG_ENDIAN;
  }

  /// @param rows one row a plane
  /// @param columns pixels wanted of it
  /// @param rgb receives them
  /// @param at where the first goes
  void convert(byte[][] rows, int columns, byte[] rgb, int at) {
    boolean plain = page.bits() == 8 && page.planes() == 1 && page.samples() == 3;
    if (plain && page.kind().color() == Color.RGB) {
      System.arraycopy(rows[0], 0, rgb, at, 3 * columns);
      return;
    }
    int channels = page.kind().color().channels();
    for (int x = 0, to = at; x < columns; x++, to += 3) {
      if (channels == 1) {
        grey(rows, x, rgb, to);
      } else {
        for (int c = 0; c < channels; c++) {
          color[c] = high(rows, x, c);
        }
        color(rows, x, rgb, to);
      }
    }
  }

  private void grey(byte[][] rows, int x, byte[] rgb, int to) {
    if (page.kind().color() == Color.PALETTE) {
      int index = high(rows, x, 0);
      for (int c = 0; c < 3; c++) {
        rgb[to + c] = behind(rows, x, page.palette()[3 * index + c] & 0xFF);
      }
      return;
    }
    byte value = behind(rows, x, grey(rows, x));
    rgb[to] = value;
    rgb[to + 1] = value;
    rgb[to + 2] = value;
  }

  private int grey(byte[][] rows, int x) {
    boolean inverted = page.kind().color() == Color.WHITE_IS_ZERO;
    return switch (page.bits()) {
      case 1, 2, 4 -> {
        int value = high(rows, x, 0) * (255 / ((1 << page.bits()) - 1));
        yield inverted ? 255 - value : value;
      }
      case 8 -> inverted ? 255 - high(rows, x, 0) : high(rows, x, 0);
      case 12 -> twelveBits(rows[0], x);
      case 16 -> sixteenBits(rows[0], x, inverted);
      default -> thirtyTwoBits(rows[0], x);
    };
  }

  private int twelveBits(byte[] row, int x) {
    int at = x / 2 * 3;
    int value =
        x % 2 == 0
            ? (row[at] & 0xFF) << 4 | (row[at + 1] & 0xFF) >> 4
            : (row[at + 1] & 15) << 8 | (row[at + 2] & 0xFF);
    return saturated ? Math.min(255, value) : value >> 4;
  }

  // Pillow does not turn white and black around here; it saturates nearly all to white, anyway.
  private int sixteenBits(byte[] row, int x, boolean inverted) {
    short value = ByteBuffer.wrap(row).order(page.order()).getShort(2 * x);
    if (page.format() == TiffFile.SIGNED) {
      return Math.clamp(value, 0, 255);
    }
    int unsigned = value & 0xFFFF;
    return saturated ? Math.min(255, unsigned) : (inverted ? 0xFFFF - unsigned : unsigned) >> 8;
  }

  private int thirtyTwoBits(byte[] row, int x) {
    ByteBuffer buffer = ByteBuffer.wrap(row).order(page.order());
    return page.format() == TiffFile.FLOAT
        ? (int) Math.clamp(buffer.getFloat(4 * x), 0f, 255f)
        : Math.clamp(buffer.getInt(4 * x), 0, 255);
  }

  private void color(byte[][] rows, int x, byte[] rgb, int to) {
    switch (page.kind().color()) {
      case CMYK -> {
        int light = 255 - color[3];
        for (int c = 0; c < 3; c++) {
          int product = color[c] * light + 128;
          color[c] = Math.max(0, light - (((product >> 8) + product) >> 8));
        }
      }
      case YCBCR -> {
        if (page.compression() == Segments.STORED) {
          toRgb();
        } else if (page.compression() != Segments.JPEG || page.separate()) {
          toRgbAsLibtiff();
        } // else the JPEG decoder has done it
      }
      default -> {}
    }
    for (int c = 0; c < 3; c++) {
      rgb[to + c] = behind(rows, x, color[c]);
    }
  }

  // Pillow, `ConvertYCbCr.c`: 6-bit fixed point
  private void toRgb() {
    int y = color[0];
    int cb = color[1] - 128;
    int cr = color[2] - 128;
    color[0] = Math.clamp(y + (rounded(1.40200, cr) >> 6), 0, 255);
    color[1] = Math.clamp(y + ((rounded(-0.34414, cb) + rounded(-0.71414, cr)) >> 6), 0, 255);
    color[2] = Math.clamp(y + (rounded(1.77200, cb) >> 6), 0, 255);
  }

  private static int rounded(double factor, int chroma) {
    return (int) (factor * chroma * 64 + 0.5);
  }

  // libtiff, `tif_color.c`, which reads what is compressed: 16-bit fixed point
  private void toRgbAsLibtiff() {
    int y = color[0];
    int cb = color[1] - 128;
    int cr = color[2] - 128;
    int half = 1 << 15;
    color[0] = Math.clamp(y + ((91881 * cr + half) >> 16), 0, 255);
    color[1] = Math.clamp(y + ((half - 22553 * cb - 46802 * cr) >> 16), 0, 255);
    color[2] = Math.clamp(y + ((116130 * cb + half) >> 16), 0, 255);
  }

  private byte behind(byte[][] rows, int x, int value) {
    Alpha kind = page.kind().alpha();
    if (kind == Alpha.NONE) {
      return (byte) value;
    }
    int alpha = high(rows, x, page.kind().color().channels());
    int own =
        kind == Alpha.UNASSOCIATED || alpha == 0 || alpha == 255
            ? value
            : Math.min(255, 255 * value / alpha);
    return White.behind(own, alpha);
  }

  // The sample's upper 8 bits; those of fewer bits as stored.
  private int high(byte[][] rows, int x, int channel) {
    byte[] row = page.separate() ? rows[channel] : rows[0];
    int i = page.separate() ? x : x * page.samples() + channel;
    return switch (page.bits()) {
      case 8 -> row[i] & 0xFF;
      case 16 -> row[highBytesFirst ? 2 * i : 2 * i + 1] & 0xFF;
      default -> {
        int bit = i * page.bits();
        int shifted = (row[bit >> 3] & 0xFF) >> (8 - page.bits() - (bit & 7));
        yield shifted & ((1 << page.bits()) - 1);
      }
    };
  }
}

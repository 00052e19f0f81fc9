package io.semblance.extract.codec;

import io.semblance.core.image.RgbImage;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// Encodes an image as a GIF file: one frame, a global palette by [Palette], no dithering, no
/// interlacing, no extension blocks. Source: "Graphics Interchange Format, version 89a", CompuServe
/// 1990.
public final class GifEncoder {

  private static final int MAX_SIDE = 65_535;
  private static final int MAX_BLOCK = 255;

  private GifEncoder() {}

  /// @param image sides up to 65,535
  /// @return the complete file
  /// @throws IllegalArgumentException if a side is longer
  public static byte[] encode(RgbImage image) {
    if (image.width() > MAX_SIDE || image.height() > MAX_SIDE) {
      throw new IllegalArgumentException(
          "%d x %d pixels do not fit a GIF file: sides go up to %d"
              .formatted(image.width(), image.height(), MAX_SIDE));
    }
    Palette palette = Palette.of(image);
    int bits = paletteBits(palette.colors().length);
    var out = new ByteArrayOutputStream(1 << 16);
    out.writeBytes("GIF89a".getBytes(StandardCharsets.US_ASCII));
    twoBytes(out, image.width());
    twoBytes(out, image.height());
    out.write(0x80 | (bits - 1) << 4 | (bits - 1));
    out.write(0); // background colour
    out.write(0); // pixels are square
    for (int i = 0; i < 1 << bits; i++) {
      int color = i < palette.colors().length ? palette.colors()[i] : 0;
      out.write(color >> 16);
      out.write(color >> 8);
      out.write(color);
    }
    out.write(',');
    twoBytes(out, 0);
    twoBytes(out, 0);
    twoBytes(out, image.width());
    twoBytes(out, image.height());
    out.write(0); // no palette of its own, not interlaced
    int codeSize = Math.max(2, bits);
    out.write(codeSize);
    blocks(out, new LzwCoder(codeSize).encode(palette.indices()));
    out.write(';');
    return out.toByteArray();
  }

  /// @param colors of the palette, 1 to 256
  /// @return bits of an index into it, at least 1
  static int paletteBits(int colors) {
    return Math.max(1, 32 - Integer.numberOfLeadingZeros(colors - 1));
  }

  private static void blocks(ByteArrayOutputStream out, byte[] data) {
    for (int from = 0; from < data.length; from += MAX_BLOCK) {
      int length = Math.min(MAX_BLOCK, data.length - from);
      out.write(length);
      out.write(data, from, length);
    }
    out.write(0);
  }

  private static void twoBytes(ByteArrayOutputStream out, int value) {
    out.write(value);
    out.write(value >> 8);
  }
}

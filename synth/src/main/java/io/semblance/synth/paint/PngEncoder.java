package io.semblance.synth.paint;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/// Writes opaque 8-bit RGB images as PNG: fixed compression level, no time stamp, no text, so that
/// equal pixels give equal bytes with one and the same zlib. Each row takes the filter (none, sub,
/// up) of least absolute sum. Source: PNG specification, third edition, sections 9 and 10.
final class PngEncoder {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10};
  private static final int LEVEL = 4;
  private static final int FILTERS = 3;

  private PngEncoder() {}

  /// The complete file.
  static byte[] encode(BufferedImage image) {
    int w = image.getWidth();
    int h = image.getHeight();
    ByteArrayOutputStream out = new ByteArrayOutputStream(w * h);
    out.writeBytes(SIGNATURE);
    chunk(
        out,
        "IHDR",
        ByteBuffer.allocate(13).putInt(w).putInt(h).put(new byte[] {8, 2, 0, 0, 0}).array());
    chunk(out, "IDAT", deflated(filtered(image, w, h)));
    chunk(out, "IEND", new byte[0]);
    return out.toByteArray();
  }

  private static byte[] filtered(BufferedImage image, int w, int h) {
    byte[] all = new byte[h * (1 + 3 * w)];
    int[] argb = new int[w];
    byte[] above = new byte[3 * w];
    byte[] row = new byte[3 * w];
    for (int y = 0; y < h; y++) {
      image.getRGB(0, y, w, 1, argb, 0, w);
      for (int x = 0; x < w; x++) {
        row[3 * x] = (byte) (argb[x] >> 16);
        row[3 * x + 1] = (byte) (argb[x] >> 8);
        row[3 * x + 2] = (byte) argb[x];
      }
      filter(row, above, all, y * (1 + 3 * w));
      byte[] swap = above;
      above = row;
      row = swap;
    }
    return all;
  }

  private static void filter(byte[] row, byte[] above, byte[] all, int at) {
    int best = 0;
    long least = Long.MAX_VALUE;
    for (int f = 0; f < FILTERS; f++) {
      long sum = 0;
      for (int k = 0; k < row.length; k++) {
        sum += Math.abs(value(row, above, k, f));
      }
      if (sum < least) {
        least = sum;
        best = f;
      }
    }
    all[at] = (byte) best;
    for (int k = 0; k < row.length; k++) {
      all[at + 1 + k] = value(row, above, k, best);
    }
  }

  private static byte value(byte[] row, byte[] above, int k, int filter) {
    int from = filter == 0 ? 0 : filter == 2 ? above[k] : k < 3 ? 0 : row[k - 3];
    return (byte) (row[k] - from);
  }

  private static byte[] deflated(byte[] raw) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(raw.length / 2);
    try (Deflater deflater = new Deflater(LEVEL)) {
      deflater.setInput(raw);
      deflater.finish();
      byte[] part = new byte[1 << 16];
      while (!deflater.finished()) {
        out.write(part, 0, deflater.deflate(part));
      }
    }
    return out.toByteArray();
  }

  private static void chunk(ByteArrayOutputStream out, String type, byte[] data) {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 crc = new CRC32();
    crc.update(name);
    crc.update(data);
    out.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
    out.writeBytes(name);
    out.writeBytes(data);
    out.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
  }
}

package io.semblance.extract.codec;

import io.semblance.core.image.RgbImage;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/// Encodes an image as a PNG file: 8-bit RGB, one data block, Java's Deflater at level 6; each row
/// takes the filter with the smallest sum of absolute differences, the first of equal ones. Source:
/// W3C PNG specification, third edition, sections 9 and 12.7.
public final class PngEncoder {

  private static final int LEVEL = 6;
  private static final int FILTERS = 5;
  private static final int PIXEL = 3;

  private PngEncoder() {}

  /// @param image any image
  /// @return the complete file
  public static byte[] encode(RgbImage image) {
    return encode(image, Map.of());
  }

  /// An image with texts beside it, as international textual data (`iTXt`), not compressed.
  ///
  /// @param image any image
  /// @param texts by keyword: 1 to 79 letters of ASCII
  /// @return the complete file
  public static byte[] encode(RgbImage image, Map<String, String> texts) {
    var out = new ByteArrayOutputStream(image.pixels().length / 2 + 100);
    out.writeBytes("\u0089PNG\r\n\u001a\n".getBytes(StandardCharsets.ISO_8859_1));
    ByteBuffer header = ByteBuffer.allocate(13).putInt(image.width()).putInt(image.height());
    header.put((byte) 8).put((byte) 2);
    block(out, "IHDR", header.array());
    texts.forEach((keyword, text) -> block(out, PngTexts.TYPE, PngTexts.bytes(keyword, text)));
    block(out, "IDAT", data(image));
    block(out, "IEND", new byte[0]);
    return out.toByteArray();
  }

  private static byte[] data(RgbImage image) {
    int stride = PIXEL * image.width();
    byte[][] filtered = new byte[FILTERS][stride + 1];
    var out = new ByteArrayOutputStream(image.pixels().length / 2);
    byte[] chunk = new byte[1 << 16];
    var deflater = new Deflater(LEVEL);
    try {
      for (int y = 0; y < image.height(); y++) {
        deflater.setInput(best(image.pixels(), y * stride, stride, filtered));
        drain(deflater, chunk, out);
      }
      deflater.finish();
      drain(deflater, chunk, out);
      return out.toByteArray();
    } finally {
      deflater.end();
    }
  }

  private static void drain(Deflater deflater, byte[] chunk, ByteArrayOutputStream out) {
    for (int n = deflater.deflate(chunk); n > 0; n = deflater.deflate(chunk)) {
      out.write(chunk, 0, n);
    }
  }

  private static byte[] best(byte[] pixels, int row, int stride, byte[][] filtered) {
    int best = 0;
    long least = Long.MAX_VALUE;
    for (int filter = 0; filter < FILTERS; filter++) {
      filtered[filter][0] = (byte) filter;
      long sum = filter(pixels, row, stride, filter, filtered[filter]);
      if (sum < least) {
        least = sum;
        best = filter;
      }
    }
    return filtered[best];
  }

  private static long filter(byte[] pixels, int row, int stride, int filter, byte[] out) {
    long sum = 0;
    for (int i = 0; i < stride; i++) {
      int left = i < PIXEL ? 0 : pixels[row + i - PIXEL] & 0xFF;
      int up = row == 0 ? 0 : pixels[row + i - stride] & 0xFF;
      int corner = i < PIXEL || row == 0 ? 0 : pixels[row + i - stride - PIXEL] & 0xFF;
      int predicted =
          switch (filter) {
            case 0 -> 0;
            case 1 -> left;
            case 2 -> up;
            case 3 -> (left + up) >> 1;
            default -> paeth(left, up, corner);
          };
      byte difference = (byte) (pixels[row + i] - predicted);
      out[i + 1] = difference;
      sum += Math.abs(difference);
    }
    return sum;
  }

  private static int paeth(int left, int up, int corner) {
    int toLeft = Math.abs(up - corner);
    int toUp = Math.abs(left - corner);
    int toCorner = Math.abs(left + up - 2 * corner);
    // the nearest of the three, in this order where equal; masks, as branches would be mispredicted
    int nearerUp = (toUp - toLeft) >> 31;
    int nearest = left ^ ((left ^ up) & nearerUp);
    int distance = toLeft ^ ((toLeft ^ toUp) & nearerUp);
    return nearest ^ ((nearest ^ corner) & ((toCorner - distance) >> 31));
  }

  private static void block(ByteArrayOutputStream out, String type, byte[] content) {
    byte[] typed = new byte[4 + content.length];
    System.arraycopy(type.getBytes(StandardCharsets.US_ASCII), 0, typed, 0, 4);
    System.arraycopy(content, 0, typed, 4, content.length);
    var crc = new CRC32();
    crc.update(typed);
    out.writeBytes(ByteBuffer.allocate(4).putInt(content.length).array());
    out.writeBytes(typed);
    out.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
  }
}

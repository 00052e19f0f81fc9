package io.semblance.core.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/// Makes unfiltered PNG files of every kind, sample by sample. Nothing is checked.
final class PngWriter {

  private static final int[][] ADAM7 = {
    {0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}
  };

  private final ByteArrayOutputStream file = new ByteArrayOutputStream();
  private final ByteArrayOutputStream rows = new ByteArrayOutputStream();

  PngWriter(int width, int height, int depth, int color) {
    this(width, height, depth, color, false);
  }

  private PngWriter(int width, int height, int depth, int color, boolean interlaced) {
    file.writeBytes("\u0089PNG\r\n\u001a\n".getBytes(StandardCharsets.ISO_8859_1));
    ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height);
    header.put((byte) depth).put((byte) color).put((byte) 0).put((byte) 0);
    write("IHDR", header.put((byte) (interlaced ? 1 : 0)).array());
  }

  static byte[] interlaced(RgbImage image) {
    var writer = new PngWriter(image.width(), image.height(), 8, 2, true);
    for (int[] pass : ADAM7) {
      for (int y = pass[1]; y < image.height() && pass[0] < image.width(); y += pass[3]) {
        writer.rows.write(0);
        for (int x = pass[0]; x < image.width(); x += pass[2]) {
          writer.rows.write(image.pixels(), 3 * (y * image.width() + x), 3);
        }
      }
    }
    return writer.bytes();
  }

  PngWriter chunk(String type, int... content) {
    write(type, bytes(content));
    return this;
  }

  PngWriter row(int... samples) {
    return row(bytes(samples));
  }

  PngWriter row(byte... samples) {
    rows.write(0);
    rows.writeBytes(samples);
    return this;
  }

  byte[] bytes() {
    var deflater = new Deflater();
    deflater.setInput(rows.toByteArray());
    deflater.finish();
    byte[] out = new byte[rows.size() + 100];
    int length = deflater.deflate(out);
    deflater.end();
    write("IDAT", java.util.Arrays.copyOf(out, length));
    write("IEND", new byte[0]);
    return file.toByteArray();
  }

  private void write(String type, byte[] content) {
    byte[] typed = new byte[4 + content.length];
    System.arraycopy(type.getBytes(StandardCharsets.ISO_8859_1), 0, typed, 0, 4);
    System.arraycopy(content, 0, typed, 4, content.length);
    var crc = new CRC32();
    crc.update(typed);
    file.writeBytes(ByteBuffer.allocate(4).putInt(content.length).array());
    file.writeBytes(typed);
    file.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
  }

  private static byte[] bytes(int... values) {
    byte[] out = new byte[values.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = (byte) values[i];
    }
    return out;
  }
}

package io.semblance.core.image.png;

import io.semblance.core.SemblanceException;
import io.semblance.core.image.EncodedImage;
import io.semblance.core.image.RgbImage;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// Decompresses the pixels of a PNG file row by row. For one use.
final class PngPixels {

  // Adam7: first column, first row, column step, row step of each pass
  private static final int[][] PASSES = {
    {0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}
  };
  private static final int[][] ONE_PASS = {{0, 0, 1, 1}};

  private final PngFile png;
  private final EncodedImage file;
  private final Iterator<ByteBuffer> pieces;
  private final PngRow converter;
  private final int pixelBytes;

  PngPixels(PngFile png, EncodedImage file) {
    this.png = png;
    this.file = file;
    this.pieces = png.data().iterator();
    this.converter = new PngRow(png, file.options().grey16());
    this.pixelBytes = Math.max(1, png.channels() * png.depth() / 8);
  }

  RgbImage decode() throws SemblanceException {
    byte[] rgb = new byte[3 * png.width() * png.height()];
    var inflater = new Inflater();
    try {
      for (int[] pass : png.interlaced() ? PASSES : ONE_PASS) {
        decode(pass, inflater, rgb);
      }
      requireEnd(inflater);
    } catch (DataFormatException e) {
      throw broken("the compressed data are damaged", e);
    } finally {
      inflater.end();
    }
    return new RgbImage(png.width(), png.height(), rgb);
  }

  private void decode(int[] pass, Inflater inflater, byte[] rgb)
      throws SemblanceException, DataFormatException {
    int columns = Math.ceilDiv(png.width() - pass[0], pass[2]);
    if (columns <= 0) {
      return;
    }
    int bytes = Math.toIntExact(png.rowBytes(columns));
    byte[] row = new byte[bytes + 1];
    byte[] above = new byte[bytes + 1];
    for (int y = pass[1]; y < png.height(); y += pass[3]) {
      file.requireTime();
      fill(row, inflater);
      unfilter(row, above);
      converter.convert(row, columns, rgb, 3 * (y * png.width() + pass[0]), 3 * pass[2]);
      byte[] swap = above;
      above = row;
      row = swap;
    }
  }

  private void fill(byte[] row, Inflater inflater) throws SemblanceException, DataFormatException {
    for (int have = 0; have < row.length; ) {
      int got = inflater.inflate(row, have, row.length - have);
      have += got;
      if (got == 0 && (inflater.finished() || inflater.needsDictionary() || !feed(inflater))) {
        throw broken("the compressed data end before the last row", null);
      }
    }
  }

  // The checksum of the compressed stream is only looked at when its end is read.
  private void requireEnd(Inflater inflater) throws DataFormatException {
    byte[] rest = new byte[1];
    while (!inflater.finished() && inflater.inflate(rest) == 0 && feed(inflater)) {}
  }

  private boolean feed(Inflater inflater) {
    if (!inflater.needsInput() || !pieces.hasNext()) {
      return false;
    }
    inflater.setInput(pieces.next());
    return true;
  }

  // Byte 0 of a row says how its bytes were predicted from their neighbours (section 9).
  private void unfilter(byte[] row, byte[] above) throws SemblanceException {
    int p = pixelBytes;
    switch (row[0]) {
      case 0 -> {}
      case 1 -> {
        for (int i = p + 1; i < row.length; i++) {
          row[i] += row[i - p];
        }
      }
      case 2 -> {
        for (int i = 1; i < row.length; i++) {
          row[i] += above[i];
        }
      }
      case 3 -> {
        for (int i = 1; i < row.length; i++) {
          int left = i > p ? row[i - p] & 0xFF : 0;
          row[i] += (byte) ((left + (above[i] & 0xFF)) >> 1);
        }
      }
      case 4 -> unfilterPaeth(row, above, p);
      default -> throw broken("a row has the unknown filter " + (row[0] & 0xFF), null);
    }
  }

  private static void unfilterPaeth(byte[] row, byte[] above, int p) {
    for (int i = 1; i <= p && i < row.length; i++) {
      row[i] += above[i];
    }
    for (int i = p + 1; i < row.length; i++) {
      int a = row[i - p] & 0xFF;
      int b = above[i] & 0xFF;
      int c = above[i - p] & 0xFF;
      int pa = Math.abs(b - c);
      int pb = Math.abs(a - c);
      int pc = Math.abs(a + b - c - c);
      // the nearest of a, b, c, in this order where equal; masks, as branches would be mispredicted
      int nearerB = (pb - pa) >> 31;
      int nearest = a ^ ((a ^ b) & nearerB);
      int distance = pa ^ ((pa ^ pb) & nearerB);
      row[i] += (byte) (nearest ^ ((nearest ^ c) & ((pc - distance) >> 31)));
    }
  }

  private SemblanceException broken(String what, Exception cause) {
    return file.damaged("PNG", what, cause);
  }
}

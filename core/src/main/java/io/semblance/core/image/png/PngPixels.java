package io.semblance.core.image.png;

import io.semblance.core.SemblanceException;
import io.semblance.core.image.EncodedImage;
import io.semblance.core.image.RgbImage;
import io.semblance.core.image.deflate.Inflate;
import java.util.zip.DataFormatException;

/// Decompresses the pixels of a PNG file row by row. For one use.
final class PngPixels {

  // Adam7: first column, first row, column step, row step of each pass
  private static final int[][] PASSES = {
    {0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}
  };
  private static final int[][] ONE_PASS = {{0, 0, 1, 1}};

  private final PngFile png;
  private final EncodedImage file;
  private final PngRow converter;
  private final int pixelBytes;

  PngPixels(PngFile png, EncodedImage file) {
    this.png = png;
    this.file = file;
    this.converter = new PngRow(png, file.options().grey16());
    this.pixelBytes = Math.max(1, png.channels() * png.depth() / 8);
  }

  RgbImage decode() throws SemblanceException {
    byte[] rgb = new byte[3 * png.width() * png.height()];
    try {
      var data = new Inflate(png.data());
      for (int[] pass : png.interlaced() ? PASSES : ONE_PASS) {
        decode(pass, data, rgb);
      }
      data.read(new byte[1], 0, 1); // reads on to the checksum, if nothing but it is left
    } catch (DataFormatException e) {
      throw broken("the compressed data are damaged: " + e.getMessage(), e);
    }
    return new RgbImage(png.width(), png.height(), rgb);
  }

  private void decode(int[] pass, Inflate data, byte[] rgb)
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
      fill(row, data);
      if (!RowFilter.undo(row, above, pixelBytes)) {
        throw broken("a row has the unknown filter " + (row[0] & 0xFF), null);
      }
      converter.convert(row, columns, rgb, 3 * (y * png.width() + pass[0]), 3 * pass[2]);
      byte[] swap = above;
      above = row;
      row = swap;
    }
  }

  private void fill(byte[] row, Inflate data) throws SemblanceException, DataFormatException {
    if (data.read(row, 0, row.length) < row.length) {
      throw broken("the compressed data end before the last row", null);
    }
  }

  private SemblanceException broken(String what, Exception cause) {
    return file.damaged("PNG", what, cause);
  }
}

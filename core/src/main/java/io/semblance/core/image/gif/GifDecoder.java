package io.semblance.core.image.gif;

import io.semblance.core.SemblanceException;
import io.semblance.core.image.EncodedImage;
import io.semblance.core.image.ImageDecoder;
import io.semblance.core.image.RgbImage;
import java.util.Arrays;

/// GIF: the first picture on its screen, as Pillow shows it.
public final class GifDecoder implements ImageDecoder {

  // first row and step of each pass of an interlaced picture (appendix E)
  private static final int[][] PASSES = {{0, 8}, {4, 8}, {2, 4}, {1, 2}};
  private static final int[][] ONE_PASS = {{0, 1}};
  private static final int ROWS_BETWEEN_LOOKS_AT_THE_CLOCK = 64;

  /// Makes a decoder; all are alike.
  public GifDecoder() {}

  @Override
  public void check(EncodedImage file) throws SemblanceException {
    GifFile.parse(file);
  }

  @Override
  public int orientation(EncodedImage file) {
    return 1;
  }

  @Override
  public RgbImage decode(EncodedImage file) throws SemblanceException {
    GifFile gif = GifFile.parse(file);
    byte[] palette = gif.palette();
    byte[] rgb = new byte[3 * gif.width() * gif.height()];
    fill(rgb, palette, Math.max(0, gif.transparent())); // around a smaller picture
    var reader = new LzwReader(file, gif.data(), gif.minCodeSize());
    byte[] row = new byte[gif.pictureWidth()];
    int rows = 0;
    for (int[] pass : gif.interlaced() ? PASSES : ONE_PASS) {
      for (int y = pass[0]; y < gif.pictureHeight(); y += pass[1]) {
        if (rows++ % ROWS_BETWEEN_LOOKS_AT_THE_CLOCK == 0) {
          file.requireTime();
        }
        reader.read(row);
        int to = 3 * ((gif.top() + y) * gif.width() + gif.left());
        for (int x = 0; x < row.length; x++, to += 3) {
          System.arraycopy(palette, 3 * (row[x] & 0xFF), rgb, to, 3);
        }
      }
    }
    return new RgbImage(gif.width(), gif.height(), rgb);
  }

  private static void fill(byte[] rgb, byte[] palette, int index) {
    byte[] color = Arrays.copyOfRange(palette, 3 * index, 3 * index + 3);
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = color[i % 3];
    }
  }
}

package io.semblance.core.image.bmp;

import io.semblance.core.SemblanceException;
import io.semblance.core.image.EncodedImage;
import io.semblance.core.image.ImageDecoder;
import io.semblance.core.image.RgbImage;

/// BMP and DIB of 1, 4, 8, 16, 24 and 32 bits a pixel, plain and run-length coded, as Pillow reads
/// them.
public final class BmpDecoder implements ImageDecoder {

  private static final int ROWS_BETWEEN_LOOKS_AT_THE_CLOCK = 64;

  /// Makes a decoder; all are alike.
  public BmpDecoder() {}

  /// @param file any file
  /// @return whether it begins like a bitmap, with or without file header
  public static boolean matches(EncodedImage file) {
    return BmpFile.matches(file);
  }

  @Override
  public void check(EncodedImage file) throws SemblanceException {
    BmpFile.parse(file);
  }

  @Override
  public int orientation(EncodedImage file) {
    return 1;
  }

  @Override
  public RgbImage decode(EncodedImage file) throws SemblanceException {
    BmpFile bmp = BmpFile.parse(file);
    byte[] indices = bmp.runs() ? new RunLengths(file, bmp).read() : null;
    byte[] rgb = new byte[3 * bmp.width() * bmp.height()];
    var rows = new BmpRows(bmp, file.bytes());
    for (int i = 0; i < bmp.height(); i++) {
      if (i % ROWS_BETWEEN_LOOKS_AT_THE_CLOCK == 0) {
        file.requireTime();
      }
      int y = bmp.topDown() ? i : bmp.height() - 1 - i;
      int to = 3 * y * bmp.width();
      if (indices == null) {
        rows.convert(i, rgb, to);
      } else {
        rows.look(indices, i * bmp.width(), rgb, to);
      }
    }
    return new RgbImage(bmp.width(), bmp.height(), rgb);
  }
}

package io.semblance.core.image.tiff;

import io.semblance.core.SemblanceException;
import io.semblance.core.image.EncodedImage;
import io.semblance.core.image.Exif;
import io.semblance.core.image.ImageDecoder;
import io.semblance.core.image.RgbImage;

/// TIFF and BigTIFF, first page: black and white, grey, RGB, palettes, CMYK and YCbCr, in strips
/// and tiles, stored, as PackBits, LZW, deflate, JPEG and fax, as Pillow reads them.
///
/// Pillow turns a TIFF upright by itself; here [io.semblance.core.image.ReadOptions] decide, as for
/// other formats.
public final class TiffDecoder implements ImageDecoder {

  /// Makes a decoder; all are alike.
  public TiffDecoder() {}

  @Override
  public void check(EncodedImage file) throws SemblanceException {
    TiffFile page = TiffFile.parse(file);
    var segments = new Segments(page, file);
    for (int i = 0; i < page.across() * page.down() * page.planes(); i++) {
      segments.requireInside(i, rows(page, i / page.across() % page.down()));
    }
  }

  @Override
  public int orientation(EncodedImage file) throws SemblanceException {
    return Exif.known(TiffFile.parse(file).orientation());
  }

  @Override
  public RgbImage decode(EncodedImage file) throws SemblanceException {
    TiffFile page = TiffFile.parse(file);
    byte[] rgb = new byte[3 * page.width() * page.height()];
    var converter = new TiffRow(page, file.options().grey16());
    var segments = new Segments(page, file);
    byte[][] rows = new byte[page.planes()][page.rowBytes()];
    for (int down = 0; down < page.down(); down++) {
      for (int across = 0; across < page.across(); across++) {
        read(page, file, segments, down, across, rows, converter, rgb);
      }
    }
    return new RgbImage(page.width(), page.height(), rgb);
  }

  private static void read(
      TiffFile page,
      EncodedImage file,
      Segments segments,
      int down,
      int across,
      byte[][] rows,
      TiffRow converter,
      byte[] rgb)
      throws SemblanceException {
    int height = rows(page, down);
    var planes = new Rows[page.planes()];
    for (int p = 0; p < planes.length; p++) {
      planes[p] = segments.open((p * page.down() + down) * page.across() + across, height);
    }
    int left = across * page.segmentWidth();
    int columns = Math.min(page.segmentWidth(), page.width() - left);
    for (int y = 0; y < height; y++) {
      file.requireTime();
      for (int p = 0; p < planes.length; p++) {
        planes[p].read(rows[p]);
      }
      int row = down * page.segmentHeight() + y;
      converter.convert(rows, columns, rgb, 3 * (row * page.width() + left));
    }
  }

  // Rows of the picture that a segment has; the last ones may be cut.
  private static int rows(TiffFile page, int down) {
    return Math.min(page.segmentHeight(), page.height() - down * page.segmentHeight());
  }
}

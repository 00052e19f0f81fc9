package io.semblance.extract;

import io.semblance.core.SemblanceException;
import io.semblance.core.image.RgbImage;
import io.semblance.core.table.Provenance;
import io.semblance.extract.codec.GifEncoder;
import java.util.List;

/// How much smaller or larger an image is as GIF than as PNG: one number above 0. Source:
/// fruit-SALAD, Table 2.
final class GifCompression implements Extractor {

  private static final int MAX_SIDE = 65_535;

  static final ModelCard CARD =
      new ModelCard(
          "gif-compression",
          List.of("GIF_compression"),
          Provenance.Kind.ALGORITHMIC,
          "GIF size / PNG size",
          "Bytes of the image as GIF over bytes of its PNG file, of the image as it is: not scaled,"
              + " not rotated, one encoding each.",
          1,
          null,
          "Apache-2.0",
          "fruit-SALAD (Ohm et al.), Table 2; GIF encoder by this project",
          "RGB, transparency on white; GIF encoder 1: palette exact up to 256 colours, else 256 by"
              + " median cut in 7-bit bins, no dithering, LZW, whole file counted; PNG: "
              + PngFileSize.COUNT,
          false);

  @Override
  public ModelCard card() {
    return CARD;
  }

  @Override
  public int dimension() {
    return 1;
  }

  @Override
  public float[] prepare(SourceImage image) throws SemblanceException {
    RgbImage pixels = image.pixels();
    if (Math.max(pixels.width(), pixels.height()) > MAX_SIDE) {
      throw new SemblanceException(
          "%s has %d x %d pixels, but the sides of a GIF go up to %d: make a smaller copy."
              .formatted(image.id(), pixels.width(), pixels.height(), MAX_SIDE));
    }
    double gif = GifEncoder.encode(pixels).length;
    return new float[] {(float) (gif / PngFileSize.count(image, pixels))};
  }
}

package io.semblance.extract;

import io.semblance.core.SemblanceException;
import io.semblance.core.image.ImageReader;
import io.semblance.core.image.RgbImage;
import io.semblance.core.table.Provenance;
import io.semblance.extract.codec.PngEncoder;
import java.util.List;

/// The bytes of an image's PNG file: one number. Source: fruit-SALAD, Table 2.
final class PngFileSize implements Extractor {

  /// What is counted, for the cards of both extractors that use it.
  static final String COUNT =
      "bytes of the file as it is; a JPEG is counted as this project's re-encoding of its pixels"
          + " (PNG encoder 1: RGB, row filter by least absolute sum, Java's Deflater level 6)";

  static final ModelCard CARD =
      new ModelCard(
          "png-filesize",
          List.of("PNG_filesizes"),
          Provenance.Kind.ALGORITHMIC,
          "PNG file size",
          "Bytes of the image's PNG file on disk, with whatever its writer put into it; never"
              + " re-encoded unless it is no PNG.",
          1,
          null,
          "Apache-2.0",
          "fruit-SALAD (Ohm et al.), Table 2",
          COUNT,
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
    if (ImageReader.isPng(image.bytes())) {
      ImageReader.check(image.bytes(), image.id());
      return new float[] {image.bytes().length};
    }
    return new float[] {count(image, image.pixels())};
  }

  static int count(SourceImage image, RgbImage pixels) {
    return ImageReader.isPng(image.bytes())
        ? image.bytes().length
        : PngEncoder.encode(pixels).length;
  }
}

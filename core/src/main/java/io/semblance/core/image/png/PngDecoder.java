package io.semblance.core.image.png;

import io.semblance.core.SemblanceException;
import io.semblance.core.image.EncodedImage;
import io.semblance.core.image.Exif;
import io.semblance.core.image.ImageDecoder;
import io.semblance.core.image.RgbImage;

/// PNG of every colour type and depth, plain and interlaced; of an animation the picture that every
/// PNG reader shows.
public final class PngDecoder implements ImageDecoder {

  /// Makes a decoder; all are alike.
  public PngDecoder() {}

  @Override
  public void check(EncodedImage file) throws SemblanceException {
    PngFile.parse(file);
  }

  @Override
  public RgbImage decode(EncodedImage file) throws SemblanceException {
    return new PngPixels(PngFile.parse(file), file).decode();
  }

  @Override
  public int orientation(EncodedImage file) throws SemblanceException {
    PngFile png = PngFile.parse(file);
    return png.exif() == null ? 1 : Exif.orientation(png.exif());
  }
}

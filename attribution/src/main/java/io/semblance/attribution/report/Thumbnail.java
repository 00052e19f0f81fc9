package io.semblance.attribution.report;

import io.semblance.core.image.ImageReader;
import io.semblance.core.image.Resampler;
import io.semblance.core.image.RgbImage;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.Optional;
import javax.imageio.ImageIO;

/// A small JPEG of an image, as a data URI.
///
/// @param dataUri `data:image/jpeg;base64,...`
/// @param width pixels, at least 1
/// @param height pixels, at least 1
record Thumbnail(String dataUri, int width, int height) {

  private static final int HEIGHT = 160;
  private static final int WIDEST = 3 * HEIGHT;

  /// Decodes and shrinks an image; transparent parts become white.
  ///
  /// @param bytes of any file
  /// @return nothing if it is no image that can be read
  static Optional<Thumbnail> of(byte[] bytes) {
    try {
      return Optional.of(encode(shrink(ImageReader.read(bytes, "image"))));
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  private static BufferedImage shrink(RgbImage image) {
    double scale =
        Math.min(1, Math.min((double) HEIGHT / image.height(), (double) WIDEST / image.width()));
    int width = (int) Math.max(1, Math.round(scale * image.width()));
    int height = (int) Math.max(1, Math.round(scale * image.height()));
    RgbImage small = Resampler.resize(image, width, height, Resampler.Filter.BILINEAR);
    var out = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int rgb = small.at(x, y, 0) << 16 | small.at(x, y, 1) << 8 | small.at(x, y, 2);
        out.setRGB(x, y, rgb);
      }
    }
    return out;
  }

  private static Thumbnail encode(BufferedImage image) throws IOException {
    var bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "jpeg", bytes);
    String uri =
        "data:image/jpeg;base64," + Base64.getEncoder().encodeToString(bytes.toByteArray());
    return new Thumbnail(uri, image.getWidth(), image.getHeight());
  }
}

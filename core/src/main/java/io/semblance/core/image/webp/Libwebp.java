package io.semblance.core.image.webp;

import com.luciad.imageio.webp.WebPImageReaderSpi;
import io.semblance.core.SemblanceException;
import io.semblance.core.image.EncodedImage;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.stream.MemoryCacheImageInputStream;

/// Decodes a still WebP by libwebp. The native library is loaded at the first picture, not before.
final class Libwebp {

  private Libwebp() {}

  /// @param still a whole file with one picture
  /// @param file where it comes from
  /// @return its pixels, 256^3 alpha + 256^2 red + 256 green + blue; where it has no alpha, the
  ///   first says nothing
  /// @throws SemblanceException if it is damaged, or the library does not run here
  static int[] decode(byte[] still, EncodedImage file) throws SemblanceException {
    try {
      var reader = new WebPImageReaderSpi().createReaderInstance(null);
      try (var in = new MemoryCacheImageInputStream(new ByteArrayInputStream(still))) {
        reader.setInput(in);
        BufferedImage image = reader.read(0);
        return ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
      } finally {
        reader.dispose();
      }
    } catch (IOException | RuntimeException e) {
      throw file.damaged("WebP", "libwebp gave up: " + e.getMessage(), e);
    } catch (LinkageError e) {
      throw new SemblanceException(
          "%s is a WebP file, and libwebp does not run on this system (%s): convert it to PNG."
              .formatted(file.name(), e.getMessage()),
          e);
    }
  }
}

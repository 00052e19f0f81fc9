package io.semblance.core.image;

import io.semblance.core.SemblanceException;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.io.IOException;
import javax.imageio.ImageIO;

/// Decodes JPEG by the platform's libjpeg, colour conversion by libjpeg's integer formulas.
///
/// The platform is only asked for samples as stored: its own way to RGB goes by colour management.
final class JpegPixels {

  private static final int BITS = 16;
  private static final int HALF = 1 << (BITS - 1);
  private static final int RED_BY_CR = fixed(1.40200);
  private static final int GREEN_BY_CR = fixed(0.71414);
  private static final int GREEN_BY_CB = fixed(0.34414);
  private static final int BLUE_BY_CB = fixed(1.77200);

  private JpegPixels() {}

  static RgbImage decode(JpegFile jpeg, String name) throws SemblanceException {
    byte[] samples = samples(jpeg, name);
    if (jpeg.transformed()) {
      toRgb(samples, jpeg.channels());
    }
    byte[] rgb =
        switch (jpeg.channels()) {
          case 1 -> spread(samples);
          case 3 -> samples;
          default -> fromInks(samples, jpeg.transformed());
        };
    return new RgbImage(jpeg.width(), jpeg.height(), rgb);
  }

  // height x width x channels, as stored, chroma enlarged to full size
  private static byte[] samples(JpegFile jpeg, String name) throws SemblanceException {
    var reader = ImageIO.getImageReadersByFormatName("jpeg").next();
    var damage = new String[1];
    try {
      reader.addIIOReadWarningListener((_, warning) -> damage[0] = worse(damage[0], warning));
      reader.setInput(new BytesImageInput(jpeg.stream()), true, true);
      Raster raster = reader.readRaster(0, null);
      if (damage[0] != null) {
        throw broken(name, damage[0], null);
      }
      if (raster.getWidth() != jpeg.width()
          || raster.getHeight() != jpeg.height()
          || raster.getNumBands() != jpeg.channels()
          || !(raster.getDataBuffer() instanceof DataBufferByte buffer)) {
        throw broken(name, "its blocks contradict each other", null);
      }
      return buffer.getData();
    } catch (SemblanceException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // the platform's decoder reports some damage by unchecked exceptions
      throw broken(name, e.getMessage(), e);
    } finally {
      reader.dispose();
    }
  }

  // libjpeg goes on after damage with made-up grey; harmless remarks are told apart
  private static String worse(String known, String warning) {
    boolean harmless = warning.contains("extraneous bytes") || warning.contains("Adobe");
    return known != null || harmless ? known : warning;
  }

  // Source: libjpeg, jdcolor.c (ycc_rgb_convert, ycck_cmyk_convert); in place
  private static void toRgb(byte[] samples, int channels) {
    for (int i = 0; i + 2 < samples.length; i += channels) {
      int y = samples[i] & 0xFF;
      int cb = (samples[i + 1] & 0xFF) - 128;
      int cr = (samples[i + 2] & 0xFF) - 128;
      samples[i] = clip(y + ((RED_BY_CR * cr + HALF) >> BITS));
      samples[i + 1] = clip(y + ((HALF - GREEN_BY_CB * cb - GREEN_BY_CR * cr) >> BITS));
      samples[i + 2] = clip(y + ((BLUE_BY_CB * cb + HALF) >> BITS));
    }
  }

  private static byte[] spread(byte[] grey) {
    byte[] rgb = new byte[3 * grey.length];
    for (int i = 0; i < grey.length; i++) {
      rgb[3 * i] = grey[i];
      rgb[3 * i + 1] = grey[i];
      rgb[3 * i + 2] = grey[i];
    }
    return rgb;
  }

  // Files hold inverted inks, as Adobe writes them; then Pillow's cmyk2rgb.
  private static byte[] fromInks(byte[] samples, boolean alreadyRgb) {
    byte[] rgb = new byte[samples.length / 4 * 3];
    for (int i = 0, to = 0; to < rgb.length; i += 4) {
      int light = samples[i + 3] & 0xFF;
      for (int c = 0; c < 3; c++, to++) {
        int stored = samples[i + c] & 0xFF;
        int ink = alreadyRgb ? stored : 255 - stored;
        rgb[to] = clip(light - timesOver255(ink, light));
      }
    }
    return rgb;
  }

  private static int timesOver255(int a, int b) {
    int t = a * b + 128;
    return ((t >> 8) + t) >> 8;
  }

  private static byte clip(int v) {
    return (byte) Math.clamp(v, 0, 255);
  }

  private static int fixed(double x) {
    return (int) (x * (1 << BITS) + 0.5);
  }

  private static SemblanceException broken(String name, String what, Exception cause) {
    return new SemblanceException(
        "%s is a damaged or truncated JPEG file (%s): replace the file."
            .formatted(name, what == null ? "the decoder gave up" : what),
        cause);
  }
}

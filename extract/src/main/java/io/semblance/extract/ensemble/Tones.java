package io.semblance.extract.ensemble;

import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_HSV2RGB;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;

import java.util.function.IntUnaryOperator;

/// Changes of colour, each pixel by itself.
final class Tones {

  private static final byte[] ARCCOS = table(v -> (int) ((float) Math.acos(v / 255f) * 255f));
  private static final byte[] POWER10 = table(v -> (int) ((float) Math.pow(v / 255f, 10) * 255f));
  private static final byte[] SQRT = table(v -> (int) ((float) Math.sqrt(v / 255f) * 255f));
  private static final byte[] BRIGHTER = table(v -> Math.min(255, v + 200));

  private Tones() {}

  /// `arccos(v) * 255` of v in 0..1, truncated, modulo 256: a fold, as arccos reaches pi / 2.
  static Raster arccos(ScaledImage image) {
    return image.colour().map(ARCCOS);
  }

  static Raster power10(ScaledImage image) {
    return image.colour().map(POWER10);
  }

  static Raster squareRoot(ScaledImage image) {
    return image.colour().map(SQRT);
  }

  static Raster brighten(ScaledImage image) {
    return image.colour().map(BRIGHTER);
  }

  /// Hue, 255 and saturation of HLS, read as hue, saturation and value of HSV: what the published
  /// code calls saturation.
  static Raster hlsAsHsv(ScaledImage image) {
    Raster hls = image.hls();
    byte[] samples = hls.samples().clone();
    for (int i = 1; i < samples.length; i += 3) {
      samples[i] = (byte) 255;
    }
    var changed = new Raster(hls.width(), hls.height(), 3, samples);
    return OpenCv.result(out -> cvtColor(OpenCv.mat(changed), out, COLOR_HSV2RGB));
  }

  private static byte[] table(IntUnaryOperator value) {
    byte[] out = new byte[256];
    for (int v = 0; v < out.length; v++) {
      out[v] = (byte) value.applyAsInt(v);
    }
    return out;
  }
}

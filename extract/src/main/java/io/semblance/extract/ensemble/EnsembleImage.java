package io.semblance.extract.ensemble;

import static org.bytedeco.opencv.global.opencv_imgproc.INTER_LINEAR;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import io.semblance.core.image.RgbImage;
import io.semblance.extract.codec.GifLength;
import java.util.EnumMap;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/// An image at the scales of the ensemble. Holds native memory until it is closed, on the thread
/// that made it.
final class EnsembleImage implements AutoCloseable {

  /// Pixels that an image is shrunk to where it has more, by 400 / sqrt(width * height).
  static final int MAX_PIXELS = 160_000;

  private final PointerScope scope = new PointerScope();
  private final Map<Scale, ScaledImage> scales = new EnumMap<>(Scale.class);

  /// The size values are measured at, in percent of the sides, which are truncated.
  enum Scale {
    S100(100),
    S40(40),
    S20(20),
    S10(10);

    private final int percent;

    Scale(int percent) {
      this.percent = percent;
    }

    /// @return 100, 40, 20 or 10
    int percent() {
      return percent;
    }

    private int side(int full) {
      return this == S100 ? full : Math.max(1, (int) (full * (percent / 100.0)));
    }
  }

  /// @param image any image
  /// @param gif used by this thread alone while the image is open
  EnsembleImage(RgbImage image, GifLength gif) {
    Mat full = shrunk(image);
    for (Scale scale : Scale.values()) {
      scales.put(scale, new ScaledImage(scaled(full, scale), gif));
    }
  }

  private static Mat shrunk(RgbImage image) {
    Mat mat = OpenCv.mat(image);
    if ((long) image.width() * image.height() <= MAX_PIXELS) {
      return mat;
    }
    var out = new Mat();
    resize(mat, out, new Size(shrunk(image.width(), image), shrunk(image.height(), image)));
    mat.close();
    return out;
  }

  /// @param side of an image
  /// @param image the image
  /// @return the side after shrinking
  static int shrunk(int side, RgbImage image) {
    double scale = 400 / (Math.sqrt(image.width()) * Math.sqrt(image.height()));
    return scale >= 1 ? side : Math.max(1, (int) (side * scale));
  }

  /// @param scale which
  /// @return the image at that scale, valid until this one is closed
  ScaledImage at(Scale scale) {
    return scales.get(scale);
  }

  private static Mat scaled(Mat full, Scale scale) {
    if (scale == Scale.S100) {
      return full;
    }
    var size = new Size(scale.side(full.cols()), scale.side(full.rows()));
    var out = new Mat();
    resize(full, out, size, 0, 0, INTER_LINEAR);
    return out;
  }

  @Override
  public void close() {
    scope.close();
  }
}

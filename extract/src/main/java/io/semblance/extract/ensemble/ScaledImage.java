package io.semblance.extract.ensemble;

import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_RGB2GRAY;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_RGB2HLS;
import static org.bytedeco.opencv.global.opencv_imgproc.Canny;
import static org.bytedeco.opencv.global.opencv_imgproc.THRESH_BINARY_INV;
import static org.bytedeco.opencv.global.opencv_imgproc.THRESH_OTSU;
import static org.bytedeco.opencv.global.opencv_imgproc.blur;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;
import static org.bytedeco.opencv.global.opencv_imgproc.threshold;

import io.semblance.extract.codec.GifLength;
import java.util.EnumMap;
import java.util.Map;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/// An image at one scale, with the intermediate results that several values stand on. What lies in
/// native memory is made at once, in the scope this is made in; what lies on the heap when it is
/// first asked for. For one thread.
final class ScaledImage {

  static final double CANNY_LOW = 30;
  static final double CANNY_HIGH = 100;

  private final GifLength gif;
  private final Mat rgb;
  private final Mat gray = new Mat();
  private final Raster colour;
  private final Map<Codec, Double> sizes = new EnumMap<>(Codec.class);
  private Raster canny;
  private Raster otsu;
  private Raster hls;
  private Raster blurred;
  private double blurredSize = -1;

  ScaledImage(Mat rgb, GifLength gif) {
    this.rgb = rgb;
    this.gif = gif;
    this.colour = OpenCv.raster(rgb);
    cvtColor(rgb, gray, COLOR_RGB2GRAY);
  }

  Mat rgb() {
    return rgb;
  }

  Raster colour() {
    return colour;
  }

  Mat gray() {
    return gray;
  }

  Raster canny() {
    if (canny == null) {
      canny = OpenCv.result(out -> Canny(gray, out, CANNY_LOW, CANNY_HIGH));
    }
    return canny;
  }

  /// 255 where gray is at most Otsu's threshold.
  Raster otsu() {
    if (otsu == null) {
      otsu = OpenCv.result(out -> threshold(gray, out, 0, 255, THRESH_BINARY_INV | THRESH_OTSU));
    }
    return otsu;
  }

  /// Hue in half degrees 0 to 179, lightness and saturation 0 to 255.
  Raster hls() {
    if (hls == null) {
      hls = OpenCv.result(out -> cvtColor(rgb, out, COLOR_RGB2HLS));
    }
    return hls;
  }

  /// The image that is flooded: box blur 7x7.
  Raster blurred() {
    if (blurred == null) {
      blurred = OpenCv.result(out -> blur(rgb, out, new Size(7, 7)));
    }
    return blurred;
  }

  /// @return [Codec#GIF] size of [#blurred]
  double blurredSize() {
    if (blurredSize < 0) {
      blurredSize = size(blurred(), Codec.GIF);
    }
    return blurredSize;
  }

  /// @return size of the image itself
  double size(Codec codec) {
    return sizes.computeIfAbsent(codec, c -> size(colour, c));
  }

  /// @param raster any image
  /// @param codec how it is encoded
  /// @return bytes, the mean of the image and of it turned by 90 degrees clockwise
  double size(Raster raster, Codec codec) {
    return codec.meanOfTurns(raster, gif);
  }
}

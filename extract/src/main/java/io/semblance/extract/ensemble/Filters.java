package io.semblance.extract.ensemble;

import static org.bytedeco.opencv.global.opencv_core.CV_32F;
import static org.bytedeco.opencv.global.opencv_core.CV_64F;
import static org.bytedeco.opencv.global.opencv_core.max;
import static org.bytedeco.opencv.global.opencv_core.sumElems;
import static org.bytedeco.opencv.global.opencv_imgproc.GaussianBlur;
import static org.bytedeco.opencv.global.opencv_imgproc.blur;
import static org.bytedeco.opencv.global.opencv_imgproc.boxFilter;
import static org.bytedeco.opencv.global.opencv_imgproc.filter2D;
import static org.bytedeco.opencv.global.opencv_imgproc.getGaborKernel;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/// Blurs and convolutions. Borders are reflected without repeating the edge; results are rounded
/// and clipped to 0..255.
final class Filters {

  private static final int SAME = -1;
  private static final float[] SHARPEN = {0, -1, 0, -1, 5, -1, 0, -1, 0};
  private static final float[] EMBOSS = {-2, -1, 0, -1, 1, 1, 0, 1, 2};
  private static final float[] VERTICAL = {-1, 0, 1, -2, 0, 2, -1, 0, 1};

  private static final int ORIENTATIONS = 16;
  private static final int GABOR_SIDE = 35;
  private static final double SIGMA = 3;
  private static final double LAMBDA = 10;
  private static final double GAMMA = 0.5;
  private static final double PSI = 0;

  private Filters() {}

  static Raster boxBlur(ScaledImage image) {
    return OpenCv.result(out -> blur(image.rgb(), out, new Size(5, 5)));
  }

  /// Sigma follows from the side: 0.3 ((25 - 1) / 2 - 1) + 0.8 = 4.1.
  static Raster gaussianBlur(ScaledImage image) {
    return OpenCv.result(out -> GaussianBlur(image.rgb(), out, new Size(25, 25), 0));
  }

  static Raster wideBlur(ScaledImage image) {
    return OpenCv.result(out -> blur(image.rgb(), out, new Size(30, 30)));
  }

  static Raster boxFilter31(ScaledImage image) {
    return OpenCv.result(out -> boxFilter(image.rgb(), out, SAME, new Size(31, 31)));
  }

  static Raster sharpen(ScaledImage image) {
    return gray(image, SHARPEN);
  }

  static Raster emboss(ScaledImage image) {
    return gray(image, EMBOSS);
  }

  static Raster verticalSobel(ScaledImage image) {
    return gray(image, VERTICAL);
  }

  private static Raster gray(ScaledImage image, float[] kernel) {
    Mat from = image.gray();
    return OpenCv.result(
        out -> filter2D(from, out, SAME, new Mat(3, 3, CV_32F, new FloatPointer(kernel))));
  }

  static Raster gabor(ScaledImage image) {
    return gabor(image.rgb());
  }

  static Raster grayGabor(ScaledImage image) {
    return gabor(image.gray());
  }

  /// The greatest answer of 16 orientations, k pi / 16 each.
  private static Raster gabor(Mat from) {
    try (var _ = new PointerScope()) {
      var greatest = new Mat();
      var answer = new Mat();
      for (int k = 0; k < ORIENTATIONS; k++) {
        filter2D(from, answer, SAME, kernel(k * (Math.PI / ORIENTATIONS)));
        if (k == 0) {
          answer.copyTo(greatest);
        } else {
          max(greatest, answer, greatest);
        }
      }
      return OpenCv.raster(greatest);
    }
  }

  private static Mat kernel(double theta) {
    var side = new Size(GABOR_SIDE, GABOR_SIDE);
    Mat kernel = getGaborKernel(side, SIGMA, theta, LAMBDA, GAMMA, PSI, CV_64F);
    kernel.convertTo(kernel, CV_64F, 1 / sumElems(kernel).get(0), 0);
    return kernel;
  }
}

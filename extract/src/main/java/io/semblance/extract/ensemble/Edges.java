package io.semblance.extract.ensemble;

import static org.bytedeco.opencv.global.opencv_core.CV_8U;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;
import static org.bytedeco.opencv.global.opencv_core.bitwise_or;
import static org.bytedeco.opencv.global.opencv_core.minMaxLoc;
import static org.bytedeco.opencv.global.opencv_imgproc.DIST_L2;
import static org.bytedeco.opencv.global.opencv_imgproc.GaussianBlur;
import static org.bytedeco.opencv.global.opencv_imgproc.Laplacian;
import static org.bytedeco.opencv.global.opencv_imgproc.MORPH_CLOSE;
import static org.bytedeco.opencv.global.opencv_imgproc.Sobel;
import static org.bytedeco.opencv.global.opencv_imgproc.THRESH_BINARY;
import static org.bytedeco.opencv.global.opencv_imgproc.dilate;
import static org.bytedeco.opencv.global.opencv_imgproc.distanceTransform;
import static org.bytedeco.opencv.global.opencv_imgproc.morphologyDefaultBorderValue;
import static org.bytedeco.opencv.global.opencv_imgproc.morphologyEx;
import static org.bytedeco.opencv.global.opencv_imgproc.threshold;

import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Point;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;

/// Edges of the gray image, 8 bits: negative differences count as 0, large ones as 255.
final class Edges {

  private static final int MASK_3 = 3;
  private static final double FOREGROUND = 0.1;

  private Edges() {}

  /// Differences along x OR differences along y, bit by bit.
  static Raster sobelOr(ScaledImage image) {
    return sobelOr(image, false);
  }

  /// The same with differences along x of the image after a Gaussian blur of 15x15.
  static Raster sobelOrBlurred(ScaledImage image) {
    return sobelOr(image, true);
  }

  private static Raster sobelOr(ScaledImage image, boolean blurred) {
    Mat gray = image.gray();
    return OpenCv.result(
        out -> {
          Mat first = gray;
          if (blurred) {
            first = new Mat();
            GaussianBlur(gray, first, new Size(15, 15), 0);
          }
          var alongX = new Mat();
          var alongY = new Mat();
          Sobel(first, alongX, CV_8U, 1, 0);
          Sobel(gray, alongY, CV_8U, 0, 1);
          bitwise_or(alongX, alongY, out);
        });
  }

  static Raster laplacian(ScaledImage image) {
    Mat gray = image.gray();
    return OpenCv.result(out -> Laplacian(gray, out, CV_8U));
  }

  /// White where the dark part of the image, its gaps closed and its rim grown, is deeper than a
  /// tenth of its greatest depth.
  static Raster distanceMask(ScaledImage image) {
    Raster dark = image.otsu();
    return OpenCv.result(
        out -> {
          Mat mask = OpenCv.mat(dark);
          var square = new Mat(2, 2, CV_8UC1, new Scalar(1));
          var middle = new Point(-1, -1);
          Scalar border = morphologyDefaultBorderValue();
          int constant = opencv_core.BORDER_CONSTANT;
          morphologyEx(mask, mask, MORPH_CLOSE, square, middle, 2, constant, border);
          dilate(mask, mask, square, middle, 3, constant, border);
          var depth = new Mat();
          distanceTransform(mask, depth, DIST_L2, MASK_3);
          double[] least = new double[1];
          double[] greatest = new double[1];
          minMaxLoc(depth, least, greatest, null, null, null);
          threshold(depth, depth, FOREGROUND * greatest[0], 255, THRESH_BINARY);
          depth.convertTo(out, CV_8U);
        });
  }
}

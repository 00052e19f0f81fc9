package io.semblance.extract.ensemble;

import static org.bytedeco.opencv.global.opencv_imgproc.Canny;
import static org.bytedeco.opencv.global.opencv_imgproc.HoughLines;
import static org.bytedeco.opencv.global.opencv_imgproc.medianBlur;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_imgproc.Vec2fVector;

/// Directions of the straight lines in an image.
final class HoughAngles {

  private static final int DESPECKLE = 3;
  private static final int DEGREES = 180;
  private static final int VOTES = 100;

  private HoughAngles() {}

  /// Lines by the standard Hough transform (1 pixel, 1 degree, at least 100 votes) on Canny edges
  /// of the gray image after a median filter of 3x3.
  ///
  /// @param image not changed
  /// @return entropy in nats of the lines' angles in whole degrees; 0 where there is no line
  static double entropy(ScaledImage image) {
    try (var _ = new PointerScope()) {
      var edges = new Mat();
      var despeckled = new Mat();
      medianBlur(image.gray(), despeckled, DESPECKLE);
      Canny(despeckled, edges, ScaledImage.CANNY_LOW, ScaledImage.CANNY_HIGH);
      var lines = new Vec2fVector();
      HoughLines(edges, lines, 1, Math.PI / DEGREES, VOTES, 0, 0, 0, Math.PI);
      double[] angles = new double[DEGREES + 1];
      for (long i = 0; i < lines.size(); i++) {
        angles[Math.round(lines.get(i).y() * DEGREES / (float) Math.PI)]++;
      }
      return ColourStatistics.entropy(angles);
    }
  }
}

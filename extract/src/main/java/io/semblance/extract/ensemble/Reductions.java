package io.semblance.extract.ensemble;

import static org.bytedeco.opencv.global.opencv_core.CV_32F;
import static org.bytedeco.opencv.global.opencv_core.KMEANS_PP_CENTERS;
import static org.bytedeco.opencv.global.opencv_core.kmeans;
import static org.bytedeco.opencv.global.opencv_core.setRNGSeed;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_BGR2RGB;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_Lab2RGB;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_RGB2BGR;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_RGB2Lab;
import static org.bytedeco.opencv.global.opencv_imgproc.THRESH_BINARY;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;
import static org.bytedeco.opencv.global.opencv_imgproc.threshold;
import static org.bytedeco.opencv.global.opencv_photo.fastNlMeansDenoisingColored;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;
import org.bytedeco.opencv.opencv_core.TermCriteria;

/// What takes detail or colours away.
final class Reductions {

  /// Of k-means, whose first centres are drawn.
  static final int SEED = 1;

  private static final int ROUNDS = 100;
  private static final double STILL = 1;
  private static final int PATCH = 7;
  private static final int WINDOW = 21;

  private Reductions() {}

  /// Shrinks to a tenth or a thirtieth of the sides, at least 1, and enlarges again.
  ///
  /// @param factor by which sides shrink
  /// @param method OpenCV's interpolation, both ways
  static Raster pixelate(ScaledImage image, int factor, int method) {
    Mat rgb = image.rgb();
    return OpenCv.result(
        out -> {
          int width = Math.max(1, rgb.cols() / factor);
          int height = Math.max(1, rgb.rows() / factor);
          var small = new Mat();
          resize(rgb, small, new Size(width, height), 0, 0, method);
          resize(small, out, new Size(rgb.cols(), rgb.rows()), 0, 0, method);
        });
  }

  /// Non-local means of lightness and colour, patches of 7 in windows of 21.
  static Raster denoise(ScaledImage image, float strength) {
    return OpenCv.result(
        out -> {
          var bgr = new Mat();
          cvtColor(image.rgb(), bgr, COLOR_RGB2BGR); // the order it expects
          fastNlMeansDenoisingColored(bgr, out, strength, strength, PATCH, WINDOW);
          cvtColor(out, out, COLOR_BGR2RGB);
        });
  }

  /// Every pixel takes the colour of its cluster in Lab, truncated to 8 bits. Clusters are found by
  /// k-means from seeded k-means++ centres, once, until no centre moves by more than 1 or 100
  /// times.
  ///
  /// @param k clusters; an image of fewer pixels has one for each
  static Raster kMeans(ScaledImage image, int k) {
    return OpenCv.result(
        out -> {
          var lab = new Mat();
          cvtColor(image.rgb(), lab, COLOR_RGB2Lab);
          int n = lab.rows() * lab.cols();
          var points = new Mat();
          lab.reshape(1, n).convertTo(points, CV_32F);
          int clusters = Math.min(k, n);
          var labels = new Mat();
          var centres = new Mat();
          var end = new TermCriteria(TermCriteria.COUNT | TermCriteria.EPS, ROUNDS, STILL);
          setRNGSeed(SEED); // of this thread
          kmeans(points, clusters, labels, end, 1, KMEANS_PP_CENTERS, centres);
          lab.data().put(painted(labels, n, centres, clusters));
          cvtColor(lab, out, COLOR_Lab2RGB);
        });
  }

  private static byte[] painted(Mat labels, int n, Mat centres, int k) {
    int[] label = new int[n];
    new IntPointer(labels.data()).get(label);
    float[] centre = new float[3 * k];
    new FloatPointer(centres.data()).get(centre);
    byte[] lab = new byte[3 * n];
    for (int i = 0; i < lab.length; i++) {
      lab[i] = (byte) (int) centre[3 * label[i / 3] + i % 3];
    }
    return lab;
  }

  /// White above 127, else black.
  static Raster threshold127(ScaledImage image) {
    Mat gray = image.gray();
    return OpenCv.result(out -> threshold(gray, out, 127, 255, THRESH_BINARY));
  }
}

package io.semblance.extract.ensemble;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC;
import static org.bytedeco.opencv.global.opencv_core.setNumThreads;

import io.semblance.core.image.RgbImage;
import java.util.function.Consumer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.opencv_core.Mat;

/// The way into native memory and out of it.
final class OpenCv {

  private OpenCv() {}

  /// Loads OpenCV and makes each of its calls use one thread, for the whole process: images run in
  /// parallel, which wastes nothing and gives the same values for any number of them.
  static void load() {
    setNumThreads(1);
  }

  /// @param image pixels, copied
  /// @return owned by the caller's scope
  static Mat mat(RgbImage image) {
    return mat(image.width(), image.height(), 3, image.pixels());
  }

  /// @param raster pixels, copied
  /// @return owned by the caller's scope
  static Mat mat(Raster raster) {
    return mat(raster.width(), raster.height(), raster.channels(), raster.samples());
  }

  private static Mat mat(int width, int height, int channels, byte[] samples) {
    var mat = new Mat(height, width, CV_8UC(channels));
    mat.data().put(samples);
    return mat;
  }

  /// @param mat 8 bits, continuous
  /// @return a copy on the heap
  static Raster raster(Mat mat) {
    byte[] samples = new byte[mat.rows() * mat.cols() * mat.channels()];
    mat.data().get(samples);
    return new Raster(mat.cols(), mat.rows(), mat.channels(), samples);
  }

  /// Runs an operation in a scope of its own.
  ///
  /// @param operation writes to the matrix it is given
  /// @return what it wrote
  static Raster result(Consumer<Mat> operation) {
    try (var _ = new PointerScope()) {
      var out = new Mat();
      operation.accept(out);
      return raster(out);
    }
  }
}

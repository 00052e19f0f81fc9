package io.semblance.extract.ensemble;

import static org.bytedeco.opencv.global.opencv_core.ROTATE_90_CLOCKWISE;
import static org.bytedeco.opencv.global.opencv_core.rotate;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_JPEG_QUALITY;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_PNG_ALL_FILTERS;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_PNG_COMPRESSION;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_PNG_FILTER;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_PNG_STRATEGY;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_PNG_STRATEGY_FILTERED;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imencode;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_RGB2BGR;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;

import io.semblance.extract.codec.GifLength;
import java.util.Locale;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.opencv_core.Mat;

/// How an image is compressed to be measured. The byte counts depend on the encoder: changing one
/// changes [#VERSIONS].
enum Codec {
  /// libpng with all filters, zlib level 6, its strategy for filtered data.
  PNG(".png"),
  /// As long as Pillow's file: [GifLength].
  GIF(null),
  /// libjpeg-turbo, quality 75, 4:2:0.
  JPEG75(".jpg"),
  /// libjpeg-turbo, quality 100, 4:2:0.
  JPEG100(".jpg"),
  /// 24 bits a pixel, not compressed, computed.
  BMP(null);

  /// What encodes, for provenance.
  static final String VERSIONS =
      "GIF encoder 2 (256 colours by luminance-weighted median cut, nearest colour, no dithering,"
          + " interlaced, 9-bit codes first: the lengths of Pillow 13.0.0); PNG by libpng 1.6.53"
          + " with all filters and zlib 1.3.1 level 6, strategy filtered; JPEG by libjpeg-turbo"
          + " 3.1.2 at 75 and 100, 4:2:0; both in OpenCV 4.13.0 of Bytedeco 1.5.13";

  private static final int PNG_LEVEL = 6;
  private static final int BMP_HEADER = 54;

  private final String extension;

  Codec(String extension) {
    this.extension = extension;
  }

  /// @return as it stands in the names of values
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// @param raster sides up to 65,500
  /// @param gif counts GIF bytes; used by this thread alone
  /// @return bytes, the mean of the image and of it turned by 90 degrees clockwise
  double meanOfTurns(Raster raster, GifLength gif) {
    return switch (this) {
      case GIF ->
          gif.meanOfTurns(raster.samples(), raster.width(), raster.height(), raster.channels());
      case BMP ->
          (bmp(raster.width(), raster.height()) + bmp(raster.height(), raster.width())) / 2.0;
      case PNG, JPEG75, JPEG100 -> encoded(raster);
    };
  }

  private double encoded(Raster raster) {
    try (var _ = new PointerScope()) {
      Mat image = OpenCv.mat(raster);
      if (raster.channels() == 3) {
        cvtColor(image, image, COLOR_RGB2BGR); // the order imencode expects
      }
      var turned = new Mat();
      rotate(image, turned, ROTATE_90_CLOCKWISE);
      var options = new IntPointer(options());
      return (bytes(image, options) + bytes(turned, options)) / 2.0;
    }
  }

  private int[] options() {
    return switch (this) {
      case PNG ->
          new int[] {
            IMWRITE_PNG_COMPRESSION,
            PNG_LEVEL,
            IMWRITE_PNG_STRATEGY,
            IMWRITE_PNG_STRATEGY_FILTERED,
            IMWRITE_PNG_FILTER,
            IMWRITE_PNG_ALL_FILTERS
          };
      case JPEG75 -> new int[] {IMWRITE_JPEG_QUALITY, 75};
      case JPEG100 -> new int[] {IMWRITE_JPEG_QUALITY, 100};
      case GIF, BMP -> throw new IllegalStateException(this + " is counted without OpenCV");
    };
  }

  private long bytes(Mat image, IntPointer options) {
    var file = new BytePointer();
    if (!imencode(extension, image, file, options)) {
      throw new IllegalStateException(
          "OpenCV encodes no %s of %d x %d".formatted(this, image.cols(), image.rows()));
    }
    return file.limit();
  }

  // Rows are padded to multiples of 4 bytes.
  private static long bmp(int width, int height) {
    return BMP_HEADER + (3L * width + 3) / 4 * 4 * height;
  }
}

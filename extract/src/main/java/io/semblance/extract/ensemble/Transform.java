package io.semblance.extract.ensemble;

import static org.bytedeco.opencv.global.opencv_imgproc.INTER_AREA;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_CUBIC;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_LINEAR;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_NEAREST_EXACT;

import java.util.Locale;
import java.util.function.Function;

/// What is done to an image before it is compressed, in the order of the published code.
enum Transform {
  BOX_BLUR(Filters::boxBlur),
  GAUSSIAN_BLUR(Filters::gaussianBlur),
  DISTANCE_MASK(Edges::distanceMask),
  WIDE_BLUR(Filters::wideBlur),
  GRAY(image -> OpenCv.raster(image.gray())),
  CANNY(ScaledImage::canny),
  SOBEL_OR(Edges::sobelOr),
  LAPLACIAN(Edges::laplacian),
  SOBEL_OR_BLURRED(Edges::sobelOrBlurred),
  GABOR(Filters::gabor),
  GABOR_GRAY(Filters::grayGabor),
  SHARPEN(Filters::sharpen),
  EMBOSS(Filters::emboss),
  VERTICAL_SOBEL(Filters::verticalSobel),
  BOX_FILTER(Filters::boxFilter31),
  ARCCOS(Tones::arccos),
  POWER10(Tones::power10),
  SQRT(Tones::squareRoot),
  BRIGHTEN(Tones::brighten),
  HLS_AS_HSV(Tones::hlsAsHsv),
  PIXELATE10_LINEAR(image -> Reductions.pixelate(image, 10, INTER_LINEAR)),
  PIXELATE10_CUBIC(image -> Reductions.pixelate(image, 10, INTER_CUBIC)),
  PIXELATE10_AREA(image -> Reductions.pixelate(image, 10, INTER_AREA)),
  PIXELATE10_NEAREST(image -> Reductions.pixelate(image, 10, INTER_NEAREST_EXACT)),
  PIXELATE30_LINEAR(image -> Reductions.pixelate(image, 30, INTER_LINEAR)),
  PIXELATE30_CUBIC(image -> Reductions.pixelate(image, 30, INTER_CUBIC)),
  PIXELATE30_AREA(image -> Reductions.pixelate(image, 30, INTER_AREA)),
  PIXELATE30_NEAREST(image -> Reductions.pixelate(image, 30, INTER_NEAREST_EXACT)),
  DENOISE5(image -> Reductions.denoise(image, 5)),
  DENOISE30(image -> Reductions.denoise(image, 30)),
  KMEANS3(image -> Reductions.kMeans(image, 3)),
  KMEANS12(image -> Reductions.kMeans(image, 12)),
  OTSU(ScaledImage::otsu),
  THRESHOLD(Reductions::threshold127),
  FLOOD_ROW_UPPER(flooded(b -> FloodFill.row(b, b.height() / 6))),
  FLOOD_ROW_MIDDLE(flooded(b -> FloodFill.row(b, b.height() / 2))),
  FLOOD_ROW_LOWER(flooded(b -> FloodFill.row(b, far(b.height(), 6)))),
  FLOOD_COLUMN_LEFT(flooded(b -> FloodFill.column(b, b.width() / 6))),
  FLOOD_COLUMN_MIDDLE(flooded(b -> FloodFill.column(b, b.width() / 2))),
  FLOOD_COLUMN_RIGHT(flooded(b -> FloodFill.column(b, far(b.width(), 6)))),
  FLOOD_CENTRE(flooded(b -> FloodFill.seed(b, b.width() / 2, b.height() / 2))),
  FLOOD_UPPER_LEFT(flooded(b -> FloodFill.seed(b, b.width() / 3, b.height() / 3))),
  FLOOD_UPPER_RIGHT(flooded(b -> FloodFill.seed(b, far(b.width(), 3), b.height() / 3))),
  FLOOD_LOWER_LEFT(flooded(b -> FloodFill.seed(b, b.width() / 3, far(b.height(), 3)))),
  FLOOD_LOWER_RIGHT(flooded(b -> FloodFill.seed(b, far(b.width(), 3), far(b.height(), 3))));

  @SuppressWarnings("ImmutableEnumChecker") // the functions hold no state
  private final Function<ScaledImage, Raster> operation;

  Transform(Function<ScaledImage, Raster> operation) {
    this.operation = operation;
  }

  /// @param image not changed
  /// @return the transformed image, of the same size, RGB or gray
  Raster of(ScaledImage image) {
    return operation.apply(image);
  }

  /// @return as it stands in the names of values
  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// @return whether it begins with the blurred image, whose size it is then compared with
  boolean floods() {
    return name().startsWith("FLOOD");
  }

  private static Function<ScaledImage, Raster> flooded(Function<Raster, Raster> fill) {
    return image -> fill.apply(image.blurred());
  }

  // side - side / part, truncated after the subtraction
  private static int far(int side, int part) {
    return (int) (side - side / (double) part);
  }
}

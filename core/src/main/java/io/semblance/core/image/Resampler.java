package io.semblance.core.image;

/// Antialiased resizing, byte for byte as Pillow's `Image.resize` on 8-bit images.
///
/// First along rows, then along columns; the filter widens with the downscaling factor; weights are
/// 22-bit fixed point, and the result of each direction is rounded to 8 bits. Source: Pillow,
/// `src/libImaging/Resample.c`. Not OpenCV's or PyTorch's tensor resize, which do not antialias.
///
/// Stateless, safe for use by several threads.
public final class Resampler {

  private Resampler() {}

  /// A reconstruction filter.
  public enum Filter {
    /// Triangle of radius 1.
    BILINEAR(1) {
      @Override
      double at(double x) {
        double a = Math.abs(x);
        return a < 1 ? 1 - a : 0;
      }
    },
    /// Cubic convolution of radius 2 with a = -0.5 (Keys).
    BICUBIC(2) {
      @Override
      double at(double x) {
        double a = Math.abs(x);
        if (a < 1) {
          return ((KEYS + 2) * a - (KEYS + 3)) * a * a + 1;
        }
        return a < 2 ? (((a - 5) * a + 8) * a - 4) * KEYS : 0;
      }
    };

    private static final double KEYS = -0.5;

    private final double radius;

    Filter(double radius) {
      this.radius = radius;
    }

    /// @return distance beyond which the filter is 0, in pixels of the smaller image
    double radius() {
      return radius;
    }

    abstract double at(double x);
  }

  /// Resizes to a given size, whatever that does to the proportions.
  ///
  /// @param image the source
  /// @param width columns of the result, at least 1
  /// @param height rows of the result, at least 1
  /// @param filter how pixels are weighed
  /// @return the resized image; the source itself if it has that size already
  /// @throws IllegalArgumentException if a side is below 1
  public static RgbImage resize(RgbImage image, int width, int height, Filter filter) {
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException(
          "cannot resize to " + width + " x " + height + ": give sides of at least 1");
    }
    RgbImage out = image;
    if (width != out.width()) {
      out = alongRows(out, ResampleWeights.of(out.width(), width, filter));
    }
    if (height != out.height()) {
      out = alongColumns(out, ResampleWeights.of(out.height(), height, filter));
    }
    return out;
  }

  /// Resizes so that the shorter side has a given length, as torchvision's `Resize(size)`: the
  /// longer side is `size * longer / shorter`, rounded down.
  ///
  /// @param image the source
  /// @param size length of the shorter side, at least 1
  /// @param filter how pixels are weighed
  /// @return the resized image
  /// @throws IllegalArgumentException if `size` is below 1
  public static RgbImage resizeShorterSide(RgbImage image, int size, Filter filter) {
    int shorter = Math.min(image.width(), image.height());
    int longer = Math.max(image.width(), image.height());
    int scaled = (int) ((double) size * longer / shorter);
    return image.width() <= image.height()
        ? resize(image, size, scaled, filter)
        : resize(image, scaled, size, filter);
  }

  /// The middle of an image, as torchvision's `CenterCrop(size)`: the offset is half of what is
  /// left over, rounded half to even.
  ///
  /// @param image the source
  /// @param size both sides of the result
  /// @return a copy of the middle
  /// @throws IllegalArgumentException if the image is smaller than that (torchvision would pad with
  ///   black)
  public static RgbImage centerCrop(RgbImage image, int size) {
    int left = (int) Math.rint((image.width() - size) / 2.0);
    int top = (int) Math.rint((image.height() - size) / 2.0);
    return image.crop(left, top, size, size);
  }

  private static RgbImage alongRows(RgbImage image, ResampleWeights weights) {
    int width = weights.length();
    byte[] in = image.pixels();
    byte[] out = new byte[3 * width * image.height()];
    int[] fixed = weights.fixed();
    int to = 0;
    for (int y = 0; y < image.height(); y++) {
      int row = 3 * y * image.width();
      for (int x = 0; x < width; x++) {
        int red = ResampleWeights.HALF;
        int green = ResampleWeights.HALF;
        int blue = ResampleWeights.HALF;
        int from = row + 3 * weights.first(x);
        int k = x * weights.stride();
        for (int end = k + weights.count(x); k < end; k++, from += 3) {
          int w = fixed[k];
          red += w * (in[from] & 0xFF);
          green += w * (in[from + 1] & 0xFF);
          blue += w * (in[from + 2] & 0xFF);
        }
        out[to++] = ResampleWeights.round(red);
        out[to++] = ResampleWeights.round(green);
        out[to++] = ResampleWeights.round(blue);
      }
    }
    return new RgbImage(width, image.height(), out);
  }

  private static RgbImage alongColumns(RgbImage image, ResampleWeights weights) {
    int row = 3 * image.width();
    byte[] in = image.pixels();
    byte[] out = new byte[row * weights.length()];
    int[] sums = new int[row];
    for (int y = 0; y < weights.length(); y++) {
      java.util.Arrays.fill(sums, ResampleWeights.HALF);
      for (int k = 0; k < weights.count(y); k++) {
        addRow(sums, weights.fixed()[y * weights.stride() + k], in, row * (weights.first(y) + k));
      }
      for (int i = 0; i < row; i++) {
        out[row * y + i] = ResampleWeights.round(sums[i]);
      }
    }
    return new RgbImage(image.width(), weights.length(), out);
  }

  // A loop of its own, so that the compiler turns it into vector instructions.
  private static void addRow(int[] sums, int weight, byte[] in, int from) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += weight * (in[from + i] & 0xFF);
    }
  }
}

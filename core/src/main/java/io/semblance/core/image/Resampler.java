package io.semblance.core.image;

/// Resizing, byte for byte as Pillow's `Image.resize` on 8-bit RGB, and torchvision's rules for
/// sizes and crops.
///
/// Antialiased: first along rows, then along columns; the filter widens with the downscaling
/// factor; weights are 22-bit fixed point, and the result of each direction is rounded to 8 bits.
/// Source: Pillow, `src/libImaging/Resample.c`. Not OpenCV's or PyTorch's tensor resize, which
/// differ in the last bits or do not antialias.
///
/// Stateless, safe for use by several threads.
public final class Resampler {

  private Resampler() {}

  /// How pixels are weighed, by distance in pixels of the smaller image. Source: Pillow,
  /// `Resample.c`.
  public enum Filter {
    /// The pixel that the target pixel's centre falls into; no antialiasing.
    NEAREST(0) {
      @Override
      double at(double x) {
        throw new IllegalStateException("nearest neighbours have no weights");
      }
    },
    /// The mean of the pixels below half a pixel away.
    BOX(0.5) {
      @Override
      double at(double x) {
        return x > -0.5 && x <= 0.5 ? 1 : 0;
      }
    },
    /// Triangle of radius 1.
    BILINEAR(1) {
      @Override
      double at(double x) {
        double a = Math.abs(x);
        return a < 1 ? 1 - a : 0;
      }
    },
    /// A wave of radius 1 under Hamming's window; sharper than [#BILINEAR].
    HAMMING(1) {
      @Override
      double at(double x) {
        double a = Math.abs(x);
        if (a == 0) {
          return 1;
        }
        if (a >= 1) {
          return 0;
        }
        double t = a * Math.PI;
        return Math.sin(t) / t * (0.54f + 0.46f * Math.cos(t));
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
    },
    /// A wave of radius 3 under its own widest wave.
    LANCZOS(3) {
      @Override
      double at(double x) {
        return x >= -3 && x < 3 ? wave(x) * wave(x / 3) : 0;
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

    /// @param x distance, in pixels of the smaller image
    /// @return weight, not normalised
    abstract double at(double x);

    private static double wave(double x) {
      double t = x * Math.PI;
      return x == 0 ? 1 : Math.sin(t) / t;
    }
  }

  /// A rectangle of an image, in pixels, edges not necessarily whole. Pillow computes with them in
  /// single precision.
  ///
  /// @param left distance of the left edge from that of the image
  /// @param top distance of the upper edge from that of the image
  /// @param right distance of the right edge from the left edge of the image
  /// @param bottom distance of the lower edge from the upper edge of the image
  public record Box(float left, float top, float right, float bottom) {

    /// @param image any image
    /// @return all of it
    public static Box of(RgbImage image) {
      return new Box(0, 0, image.width(), image.height());
    }
  }

  /// Resizes to a given size, whatever that does to the proportions.
  ///
  /// @param image the source
  /// @param width columns of the result, at least 1
  /// @param height rows of the result, at least 1
  /// @param filter how pixels are weighed
  /// @return the resized image; the source itself if it has that size already
  /// @throws IllegalArgumentException if a side is below 1, or the result is too large for an array
  public static RgbImage resize(RgbImage image, int width, int height, Filter filter) {
    return resize(image, width, height, filter, Box.of(image));
  }

  /// Resizes a rectangle of an image, as Pillow's `resize(size, resample, box)`: pixels around it
  /// are weighed in, too.
  ///
  /// @param image the source
  /// @param width columns of the result, at least 1
  /// @param height rows of the result, at least 1
  /// @param filter how pixels are weighed
  /// @param box which part of the source, within it
  /// @return the resized image; the source itself if nothing changes
  /// @throws IllegalArgumentException if a side is below 1, the box leaves the image or is turned
  ///   inside out, or the result is too large for an array
  public static RgbImage resize(RgbImage image, int width, int height, Filter filter, Box box) {
    if (width < 1 || height < 1 || (long) width * height > (Integer.MAX_VALUE - 8) / 3) {
      throw new IllegalArgumentException(
          "cannot resize to %d x %d: give sides of at least 1 and fewer than 715827880 pixels"
              .formatted(width, height));
    }
    requireInside(box, image);
    if (isWhole(box) && box.right - box.left == width && box.bottom - box.top == height) {
      return part(image, (int) box.left, (int) box.top, width, height);
    }
    return filter == Filter.NEAREST
        ? nearest(image, width, height, box)
        : weighed(image, width, height, filter, box);
  }

  private static void requireInside(Box box, RgbImage image) {
    boolean inside =
        box.left >= 0
            && box.top >= 0
            && box.right <= image.width()
            && box.bottom <= image.height()
            && box.left <= box.right
            && box.top <= box.bottom;
    if (!inside) {
      throw new IllegalArgumentException(
          "%s is no rectangle within the image of %d x %d"
              .formatted(box, image.width(), image.height()));
    }
  }

  // The left and upper edge decide, as in Pillow.
  private static boolean isWhole(Box box) {
    return box.left == (int) box.left && box.top == (int) box.top;
  }

  private static RgbImage weighed(RgbImage image, int width, int height, Filter filter, Box box) {
    boolean columns = width != image.width() || box.left != 0 || box.right != width;
    boolean rows = height != image.height() || box.top != 0 || box.bottom != height;
    var across = ResampleWeights.of(image.width(), box.left, box.right, width, filter);
    var down = ResampleWeights.of(image.height(), box.top, box.bottom, height, filter);
    if (!rows) {
      return ResamplePass.overColumns(image, across);
    } else if (!columns) {
      return ResamplePass.overRows(image, down);
    } else if (rowsFirst(image, width, height)) {
      int begin = across.begin();
      RgbImage part = part(image, begin, 0, across.end() - begin, image.height());
      return ResamplePass.overColumns(ResamplePass.overRows(part, down), across.from(begin));
    }
    int begin = down.begin();
    RgbImage part = part(image, 0, begin, image.width(), down.end() - begin);
    return ResamplePass.overRows(ResamplePass.overColumns(part, across), down.from(begin));
  }

  private static RgbImage part(RgbImage image, int left, int top, int width, int height) {
    boolean all = width == image.width() && height == image.height();
    return all ? image : image.crop(left, top, width, height);
  }

  // Rounding between the directions makes their order visible. Pillow 13.0.0 was seen to begin with
  // the vertical one in exactly these cases (3,863 sizes and boxes, drawn at random); Pillow up to
  // 12
  // always begins with the horizontal one.
  private static boolean rowsFirst(RgbImage image, int width, int height) {
    return image.height() - height > 2L * Math.max(0, image.width() - width);
  }

  // Source: Pillow, `Geometry.c`, `ImagingScaleAffine`: places are added up, not multiplied.
  private static RgbImage nearest(RgbImage image, int width, int height, Box box) {
    int[] columns = places(box.left, box.right, width, image.width());
    int[] rows = places(box.top, box.bottom, height, image.height());
    byte[] in = image.pixels();
    byte[] out = new byte[3 * width * height];
    for (int y = 0, to = 0; y < height; y++) {
      for (int x = 0; x < width; x++, to += 3) {
        if (rows[y] >= 0 && columns[x] >= 0) {
          System.arraycopy(in, 3 * (rows[y] * image.width() + columns[x]), out, to, 3);
        }
      }
    }
    return new RgbImage(width, height, out);
  }

  private static int[] places(float begin, float end, int to, int size) {
    double step = (double) (end - begin) / to;
    double at = begin + step * 0.5;
    int[] places = new int[to];
    for (int i = 0; i < to; i++, at += step) {
      places[i] = at < size ? (int) at : -1; // rounding may add up to one pixel too many
    }
    return places;
  }

  /// Resizes so that the shorter side has a given length, as torchvision's `Resize(size)`: the
  /// longer side is `size * longer / shorter`, rounded down.
  ///
  /// @param image the source
  /// @param size length of the shorter side, at least 1
  /// @param filter how pixels are weighed
  /// @return the resized image
  /// @throws IllegalArgumentException if `size` is below 1, or the result is too large for an array
  public static RgbImage resizeShorterSide(RgbImage image, int size, Filter filter) {
    return resizeShorterSide(image, size, Integer.MAX_VALUE, filter);
  }

  /// Resizes so that the shorter side has a given length, or less where the longer side would
  /// exceed its limit, as torchvision's `Resize(size, max_size=...)`.
  ///
  /// @param image the source
  /// @param size length of the shorter side, at least 1
  /// @param maxSize most that the longer side may have, more than `size`
  /// @param filter how pixels are weighed
  /// @return the resized image
  /// @throws IllegalArgumentException if a length is out of range, the image is so long and thin
  ///   that nothing is left of its shorter side, or the result is too large for an array
  public static RgbImage resizeShorterSide(RgbImage image, int size, int maxSize, Filter filter) {
    if (maxSize <= size) {
      throw new IllegalArgumentException(
          "maxSize is " + maxSize + ": give more than the shorter side's " + size);
    }
    int shorter = Math.min(image.width(), image.height());
    int longer = Math.max(image.width(), image.height());
    int small = size;
    int large = (int) ((double) ((long) size * longer) / shorter);
    if (large > maxSize) {
      small = (int) ((double) ((long) maxSize * small) / large);
      large = maxSize;
    }
    return image.width() <= image.height()
        ? resize(image, small, large, filter)
        : resize(image, large, small, filter);
  }

  /// The middle of an image as a square, see [#centerCrop(RgbImage, int, int)].
  ///
  /// @param image the source
  /// @param size both sides of the result, at least 1
  /// @return a copy of the middle
  public static RgbImage centerCrop(RgbImage image, int size) {
    return centerCrop(image, size, size);
  }

  /// The middle of an image, as torchvision's `CenterCrop`: the offset is half of what is left
  /// over, rounded half to even; where the image is smaller, black is added around it, at the right
  /// and at the bottom one pixel more if it cannot be shared evenly.
  ///
  /// @param image the source
  /// @param width columns of the result, at least 1
  /// @param height rows of the result, at least 1
  /// @return a copy of the middle
  /// @throws IllegalArgumentException if a side is below 1
  public static RgbImage centerCrop(RgbImage image, int width, int height) {
    int left = offset(image.width(), width);
    int top = offset(image.height(), height);
    if (image.width() >= width && image.height() >= height) {
      return image.crop(left, top, width, height);
    }
    byte[] out = new byte[Math.multiplyExact(3, Math.multiplyExact(width, height))];
    int columns = Math.min(width, image.width());
    for (int y = Math.max(0, -top); y < Math.min(height, image.height() - top); y++) {
      int from = 3 * ((y + top) * image.width() + Math.max(0, left));
      int to = 3 * (y * width + Math.max(0, -left));
      System.arraycopy(image.pixels(), from, out, to, 3 * columns);
    }
    return new RgbImage(width, height, out);
  }

  // Where a crop begins; below 0, how much is added before the image.
  private static int offset(int side, int wanted) {
    return side >= wanted ? (int) Math.rint((side - wanted) / 2.0) : -((wanted - side) / 2);
  }
}

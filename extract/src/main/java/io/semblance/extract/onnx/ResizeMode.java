package io.semblance.extract.onnx;

import io.semblance.core.image.Resampler;
import io.semblance.core.image.RgbImage;

/// Which sides of an image get the length `resize`.
public enum ResizeMode {
  /// The shorter one; proportions stay, as torchvision's `Resize(size)`.
  SHORTER {
    @Override
    RgbImage resize(RgbImage image, int size, Resampler.Filter filter) {
      return Resampler.resizeShorterSide(image, size, filter);
    }

    @Override
    double pixels(RgbImage image, int size) {
      int shorter = Math.min(image.width(), image.height());
      int longer = Math.max(image.width(), image.height());
      return (double) size * size * longer / shorter;
    }

    @Override
    String text(int size, String filter) {
      return "shorter side %d (%s)".formatted(size, filter);
    }
  },
  /// Both, whatever that does to the proportions.
  SQUASH {
    @Override
    RgbImage resize(RgbImage image, int size, Resampler.Filter filter) {
      return Resampler.resize(image, size, size, filter);
    }

    @Override
    double pixels(RgbImage image, int size) {
      return (double) size * size;
    }

    @Override
    String text(int size, String filter) {
      return "squashed to %d x %d (%s)".formatted(size, size, filter);
    }
  };

  /// @param image any size
  /// @param size the length wanted, in pixels
  /// @param filter how pixels are weighed
  /// @return the resized image, no side shorter than `size`
  abstract RgbImage resize(RgbImage image, int size, Resampler.Filter filter);

  /// @param image any size
  /// @param size the length wanted, in pixels
  /// @return about how many pixels the resized image has
  abstract double pixels(RgbImage image, int size);

  /// @param size the length wanted, in pixels
  /// @param filter name of the filter
  /// @return the step in words
  abstract String text(int size, String filter);
}

package io.semblance.extract.onnx;

import io.semblance.core.image.Resampler;
import io.semblance.core.image.RgbImage;

/// Where the square in the middle begins when an odd number of pixels is left over.
public enum CropOffset {
  /// Half of what is left over, rounded half to even: torchvision, timm and open_clip.
  EVEN {
    @Override
    RgbImage crop(RgbImage image, int size) {
      return Resampler.centerCrop(image, size);
    }
  },
  /// Half of what is left over, rounded down: transformers.
  DOWN {
    @Override
    RgbImage crop(RgbImage image, int size) {
      return image.crop((image.width() - size) / 2, (image.height() - size) / 2, size, size);
    }
  };

  /// @param image no side shorter than `size`
  /// @param size side of the square, in pixels
  /// @return a copy of the middle
  abstract RgbImage crop(RgbImage image, int size);
}

package io.semblance.extract.onnx;

import io.semblance.core.SemblanceException;
import io.semblance.core.image.RgbImage;

/// The steps between an image and a network one by one, for tests outside the package.
public final class InputStages {

  private InputStages() {}

  /// The square of pixels the network sees, before normalisation.
  public static RgbImage square(OnnxCard card, RgbImage image) throws SemblanceException {
    return new PixelInput(card).crop(image, card.id());
  }

  /// The network's input, `3 x crop x crop`.
  public static float[] normalise(OnnxCard card, RgbImage square) {
    return new PixelInput(card).normalise(square);
  }
}

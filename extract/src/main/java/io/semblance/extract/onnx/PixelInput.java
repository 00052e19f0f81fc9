package io.semblance.extract.onnx;

import io.semblance.core.SemblanceException;
import io.semblance.core.image.RgbImage;
import java.util.List;

/// From pixels to a network's input: resize, centre crop, normalise.
final class PixelInput {

  private static final int LEVELS = 256;

  private final OnnxCard card;
  private final float[][] levels = new float[3][];

  PixelInput(OnnxCard card) {
    this.card = card;
    for (int c = 0; c < 3; c++) {
      levels[c] = levels(card.mean(), card.std(), c);
    }
  }

  private static float[] levels(List<Double> mean, List<Double> std, int channel) {
    float[] out = new float[LEVELS];
    for (int v = 0; v < LEVELS; v++) {
      out[v] = (float) ((v / 255.0 - mean.get(channel)) / std.get(channel));
    }
    return out;
  }

  /// @return components an image has
  int length() {
    return 3 * card.crop() * card.crop();
  }

  /// The square of pixels the network sees, before normalisation.
  ///
  /// @param image any size
  /// @param name what to call it in messages
  /// @return `crop x crop` pixels
  /// @throws SemblanceException if the image is so long and thin that it does not fit memory
  RgbImage crop(RgbImage image, String name) throws SemblanceException {
    if (card.resizeMode().pixels(image, card.resize()) > (1 << 28)) {
      throw new SemblanceException(
          "%s is too long and thin (%d x %d pixels) to give its shorter side %d pixels: cut it."
              .formatted(name, image.width(), image.height(), card.resize()));
    }
    RgbImage resized = card.resizeMode().resize(image, card.resize(), card.filter());
    return card.cropOffset().crop(resized, card.crop());
  }

  /// @param crop `crop x crop` pixels
  /// @return `3 x crop x crop`, channels first
  float[] normalise(RgbImage crop) {
    byte[] pixels = crop.pixels();
    int plane = pixels.length / 3;
    float[] out = new float[pixels.length];
    for (int c = 0; c < 3; c++) {
      float[] level = levels[c];
      for (int i = 0, from = c, to = c * plane; i < plane; i++, from += 3, to++) {
        out[to] = level[pixels[from] & 0xFF];
      }
    }
    return out;
  }
}

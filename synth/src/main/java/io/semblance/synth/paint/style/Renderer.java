package io.semblance.synth.paint.style;

import io.semblance.synth.paint.scene.Dice;
import io.semblance.synth.paint.scene.Picture;
import io.semblance.synth.paint.scene.Scene;

/// One way to paint a scene. Implementations are stateless and thread-safe; all chance comes from
/// the dice.
@FunctionalInterface
public interface Renderer {
  /// Paints.
  ///
  /// @param scene what to paint
  /// @param dice decides what the style leaves to chance, such as grain or the angle of a hatch
  /// @param size width and height in pixels, 16 or more
  /// @return a new picture
  Picture render(Scene scene, Dice dice, int size);

  /// Size of one design pixel: styles are designed at 256 pixels and scale their strokes with the
  /// picture.
  ///
  /// @param size width and height in pixels
  /// @return pixels per design pixel
  static double unit(int size) {
    return size / 256.0;
  }
}

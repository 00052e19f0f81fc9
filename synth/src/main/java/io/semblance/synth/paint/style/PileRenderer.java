package io.semblance.synth.paint.style;

import io.semblance.synth.paint.scene.Dice;
import io.semblance.synth.paint.scene.Picture;
import io.semblance.synth.paint.scene.Plate;
import io.semblance.synth.paint.scene.Rgb;
import io.semblance.synth.paint.scene.Scene;
import io.semblance.synth.paint.scene.View;

/// A pile that fills the frame, as a studio photograph: crisp, evenly lit, dark in the gaps.
public final class PileRenderer implements Renderer {
  private static final Rgb GAP = Rgb.hex(0x0D0A08);
  private static final Lighting LIGHT = new Lighting(0.3, 0.92, 0.75);

  @Override
  public Picture render(Scene scene, Dice dice, int size) {
    Plate plate = Plate.of(scene, View.whole(size));
    Picture picture = new Picture(size);
    for (int i = 0; i < plate.cover.length; i++) {
      picture.set(i, GAP);
    }
    LIGHT.over(picture, plate, scene.light());
    for (int i = 0; i < plate.cover.length; i++) {
      picture.times(i, 1 - 0.18 * plate.shadow[i]);
    }
    return picture;
  }
}

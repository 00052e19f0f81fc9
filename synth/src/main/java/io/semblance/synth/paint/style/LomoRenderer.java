package io.semblance.synth.paint.style;

import io.semblance.synth.paint.scene.Curve;
import io.semblance.synth.paint.scene.Dice;
import io.semblance.synth.paint.scene.Noise;
import io.semblance.synth.paint.scene.Picture;
import io.semblance.synth.paint.scene.Plate;
import io.semblance.synth.paint.scene.Rgb;
import io.semblance.synth.paint.scene.Scene;
import io.semblance.synth.paint.scene.View;

/// Lomography: a close-up with a blurred backdrop, cross-processed colours, a light leak, heavy
/// vignette and film grain.
public final class LomoRenderer implements Renderer {
  private static final Lighting LIGHT = new Lighting(0.3, 0.85, 0.8);

  @Override
  public Picture render(Scene scene, Dice dice, int size) {
    double unit = Renderer.unit(size);
    View view = new View(size, 1.26, 0.5 + dice.around(0.04), 0.53 + dice.around(0.03));
    Plate plate = Plate.of(scene, view);
    Noise noise = new Noise(dice);
    Picture picture = room(size, noise, dice);
    float[] table = TableShadow.of(scene, view, 0.9);
    for (int i = 0; i < table.length; i++) {
      picture.times(i, 1 - 0.7 * table[i]);
    }
    LIGHT.over(picture, plate, scene.light());
    Picture soft = picture.copy();
    soft.soften((int) Math.max(1, 3 * unit));
    develop(picture, soft, noise, dice, unit);
    return picture;
  }

  private static Picture room(int size, Noise noise, Dice dice) {
    Picture picture = new Picture(size);
    double horizon = dice.range(0.6, 0.72);
    for (int i = 0; i < picture.r.length; i++) {
      double x = i % size / (double) size;
      double y = (double) Math.floorDiv(i, size) / size;
      double wall = 0.5 + 0.5 * noise.cloud(x * 3, y * 2.2, 2);
      Rgb back = Rgb.hex(0x2F5A56).mix(Rgb.hex(0xDCE6C8), Curve.step(0.25, 0.85, wall));
      Rgb table = Rgb.hex(0x4B3D31).times(0.9 + 0.5 * noise.cloud(x * 2, y * 9, 2));
      picture.set(i, back.mix(table, Curve.step(horizon - 0.05, horizon + 0.06, y)));
    }
    return picture;
  }

  private static void develop(Picture picture, Picture soft, Noise noise, Dice dice, double unit) {
    int size = picture.size;
    double leak = dice.sign();
    double strength = dice.range(0.1, 0.5);
    for (int y = 0; y < size; y++) {
      for (int x = 0; x < size; x++) {
        int i = y * size + x;
        double u = (x + 0.5) / size - 0.5;
        double v = (y + 0.5) / size - 0.5;
        double d = Math.sqrt(u * u + v * v);
        picture.mix(i, soft, i, Curve.step(0.28, 0.55, d) * 0.85);
        picture.mix(
            i,
            Rgb.hex(0xFF7A2E),
            strength * Curve.step(0.12, 0.62, leak * u + 0.1 * noise.at(v * 4, 3)));
        double dark = 1.12 - 0.92 * Curve.step(0.26, 0.72, d);
        double grain =
            0.045 * noise.lattice(x, y)
                + 0.05 * noise.at((x * 0.9 + y * 0.44) / unit, (y * 0.9 - x * 0.44) / unit);
        cross(picture, i, dark, grain);
      }
    }
  }

  private static void cross(Picture picture, int i, double dark, double grain) {
    double r = curve(picture.r[i] * dark, 0.0) + grain;
    double g = curve(picture.g[i] * dark * 1.03, 0.04) + grain;
    double b = 0.09 + 0.74 * curve(picture.b[i] * dark, 0.02) + grain * 0.8;
    picture.set(i, r, g, b);
  }

  private static double curve(double x, double lift) {
    double t = Curve.clamp(x * 1.06);
    return lift + (1 - lift) * (0.25 * t + 0.75 * t * t * (3 - 2 * t));
  }
}

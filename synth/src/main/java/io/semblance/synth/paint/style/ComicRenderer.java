package io.semblance.synth.paint.style;

import io.semblance.synth.paint.scene.Curve;
import io.semblance.synth.paint.scene.Dice;
import io.semblance.synth.paint.scene.Picture;
import io.semblance.synth.paint.scene.Plate;
import io.semblance.synth.paint.scene.Rgb;
import io.semblance.synth.paint.scene.Scene;
import io.semblance.synth.paint.scene.View;

/// Comic print: bold black outlines, three flat tones, halftone dots in the shade, white glints, a
/// solid shadow.
public final class ComicRenderer implements Renderer {
  private static final Rgb INK = Rgb.hex(0x120F14);
  private static final Rgb SKY = Rgb.hex(0x8FB4CC);
  private static final Rgb SKY_DOT = Rgb.hex(0x6A90AE);

  @Override
  public Picture render(Scene scene, Dice dice, int size) {
    double unit = Renderer.unit(size);
    View view = new View(size, 1, 0.5, 0.5);
    Plate plate = Plate.of(scene, view, 4.2 * unit, 1.1);
    float[] table = TableShadow.of(scene, view, 0.06);
    Picture picture = new Picture(size);
    Rgb sky = SKY.vary(dice, 0.5);
    for (int y = 0; y < size; y++) {
      for (int x = 0; x < size; x++) {
        int i = y * size + x;
        picture.set(i, sky);
        double fade = 0.15 + 0.75 * Curve.clamp(1.15 - y / (double) size * 1.3);
        picture.mix(i, SKY_DOT, dot(x, y, 7 * unit, fade * 0.62));
        picture.mix(i, INK, table[i]);
        if (plate.cover[i] > 0) {
          picture.mix(i, tone(plate, scene, i, x, y, unit), plate.cover[i]);
        }
        picture.mix(i, INK, Curve.step(0.15, 0.75, plate.ink[i]));
      }
    }
    return picture;
  }

  private static Rgb tone(Plate plate, Scene scene, int i, int x, int y, double unit) {
    double facing =
        scene.light().facing(plate.nx[i], plate.ny[i], plate.nz[i]) - 0.3 * plate.shadow[i];
    Rgb flat = new Rgb(level(plate.r[i]), level(plate.g[i]), level(plate.b[i]));
    Rgb colour = flat.times(facing > 0.78 ? 1.22 : facing > 0.2 ? 1.02 : 0.78);
    if (facing < 0.5) {
      double dark = 0.75 * Curve.step(0.5, -0.3, facing);
      colour = colour.mix(flat.times(0.36), 0.85 * dot(x, y, 5 * unit, dark));
    }
    double glint = scene.light().glint(plate.nx[i], plate.ny[i], plate.nz[i], 5) * plate.gloss[i];
    return colour.mix(Rgb.WHITE, Curve.step(0.3, 0.36, glint));
  }

  private static float level(float channel) {
    double x = channel * 6;
    double low = Math.floor(x);
    return (float) ((low + Curve.step(0.3, 0.7, x - low)) / 6);
  }

  /// Coverage of a halftone screen at 45 degrees: round dots that grow with `dark` in [0, 1].
  private static double dot(double x, double y, double pitch, double dark) {
    double u = (x + y) * 0.70710678 / pitch;
    double v = (x - y) * 0.70710678 / pitch;
    double du = u - Math.floor(u) - 0.5;
    double dv = v - Math.floor(v) - 0.5;
    double radius = 0.72 * Math.sqrt(dark);
    return Curve.clamp((radius - Math.sqrt(du * du + dv * dv)) * pitch + 0.5)
        * (dark > 0.01 ? 1 : 0);
  }
}

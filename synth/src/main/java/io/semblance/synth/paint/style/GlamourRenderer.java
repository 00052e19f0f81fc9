package io.semblance.synth.paint.style;

import io.semblance.synth.paint.scene.Curve;
import io.semblance.synth.paint.scene.Dice;
import io.semblance.synth.paint.scene.Light;
import io.semblance.synth.paint.scene.Noise;
import io.semblance.synth.paint.scene.Picture;
import io.semblance.synth.paint.scene.Plate;
import io.semblance.synth.paint.scene.Rgb;
import io.semblance.synth.paint.scene.Scene;
import io.semblance.synth.paint.scene.View;

/// Glamour: iridescent pink-to-violet gradients, lacquered fruit with coloured rims, a mirror
/// floor, glitter and stars.
public final class GlamourRenderer implements Renderer {
  private static final Lighting LIGHT = new Lighting(0.34, 0.72, 1.1);

  @Override
  public Picture render(Scene scene, Dice dice, int size) {
    View view = new View(size, 0.96, 0.5, 0.53);
    Plate plate = Plate.of(scene, view);
    Noise noise = new Noise(dice);
    double hue = dice.range(0.76, 0.92);
    Picture picture = backdrop(size, noise, hue);
    Picture lit = picture.copy();
    LIGHT.over(lit, plate, scene.light());
    lacquer(lit, plate, scene.light(), noise, hue);
    mirror(picture, lit, plate);
    float[] table = TableShadow.of(scene, view, 0.9);
    for (int i = 0; i < plate.cover.length; i++) {
      picture.times(i, 1 - 0.45 * table[i]);
      picture.mix(i, lit, i, plate.cover[i]);
    }
    new Glitter(picture, plate, dice, Renderer.unit(size)).scatter(scene.light());
    return picture;
  }

  private static Picture backdrop(int size, Noise noise, double hue) {
    Picture picture = new Picture(size);
    for (int i = 0; i < picture.r.length; i++) {
      double x = i % size / (double) size;
      double y = (double) Math.floorDiv(i, size) / size;
      double sweep = noise.cloud(x * 1.6 + y, y * 1.4 - x * 0.5, 2);
      double band = hue + 0.28 * sweep + 0.07 * (y - 0.5);
      double floor = Curve.step(0.68, 0.76, y);
      double value = 0.82 + 0.2 * noise.at(x * 1.5 + 30, y * 1.5) - 0.2 * floor * (1.3 - y);
      picture.set(i, Rgb.hsv(band, 0.42 + 0.15 * floor, value));
    }
    return picture;
  }

  private static void lacquer(Picture lit, Plate plate, Light light, Noise noise, double hue) {
    for (int i = 0; i < plate.cover.length; i++) {
      if (plate.cover[i] == 0) {
        continue;
      }
      double nx = plate.nx[i];
      double ny = plate.ny[i];
      double rim = Curve.clamp(nx * nx + ny * ny);
      double oil = hue + 0.3 * nx + 0.25 * ny + 0.12 * noise.at(nx * 3 + 7, ny * 3);
      lit.mix(i, Rgb.hsv(oil, 0.6, 1), 0.16 * Curve.clamp(2.5 * plate.gloss[i]) + 0.42 * rim * rim);
      double window = Curve.step(0.5, 0.62, light.glint(nx, ny, plate.nz[i], 4)) * plate.gloss[i];
      lit.mix(i, Rgb.WHITE, 0.75 * window);
      double under = Curve.step(0.35, 0.8, ny) * Curve.step(0.98, 0.8, rim);
      lit.mix(i, Rgb.hsv(hue + 0.55, 0.4, 1), 0.28 * under);
    }
  }

  private static void mirror(Picture picture, Picture lit, Plate plate) {
    int size = picture.size;
    int foot = size - 1;
    while (foot > size / 2 && !covered(plate, foot)) {
      foot--;
    }
    for (int y = foot + 1; y < size; y++) {
      int from = 2 * foot - y;
      double fade = 0.5 * Curve.clamp(1 - (y - foot) / (size * 0.24));
      for (int x = 0; x < size && from >= 0; x++) {
        picture.mix(y * size + x, lit, from * size + x, fade * plate.cover[from * size + x]);
      }
    }
  }

  private static boolean covered(Plate plate, int y) {
    for (int x = 0; x < plate.size; x++) {
      if (plate.cover[y * plate.size + x] > 0.5) {
        return true;
      }
    }
    return false;
  }
}

package io.semblance.synth.paint.style;

import io.semblance.synth.paint.scene.Dice;
import io.semblance.synth.paint.scene.Noise;
import io.semblance.synth.paint.scene.Picture;
import io.semblance.synth.paint.scene.Plate;
import io.semblance.synth.paint.scene.Rgb;
import io.semblance.synth.paint.scene.Scene;
import io.semblance.synth.paint.scene.View;

/// Cubism: straight cuts split the picture into facets, each shifted, flatly lit and graded on its
/// own; ochre, cream and grey-blue planes behind, dark contours.
public final class CubicRenderer implements Renderer {
  private static final Rgb INK = Rgb.hex(0x1D1512);
  private static final Rgb[] PLANES = {
    Rgb.hex(0xC9A66B),
    Rgb.hex(0xE8DCC0),
    Rgb.hex(0x8CA3B8),
    Rgb.hex(0xB5793F),
    Rgb.hex(0xD9C79A),
    Rgb.hex(0x6F87A3),
    Rgb.hex(0xA8542F)
  };

  @Override
  public Picture render(Scene scene, Dice dice, int size) {
    double unit = Renderer.unit(size);
    View view = new View(size, 1.1, 0.5, 0.51);
    Plate plate = Plate.of(scene, view, 3.4 * unit, 1.1);
    Noise noise = new Noise(dice);
    Facets front = Facets.of(dice, 11, 0.34, size);
    Facets back = Facets.of(dice, 7, 0.5, size);
    Picture picture = new Picture(size);
    float[] tone = tones(plate, scene, front);
    for (int y = 0; y < size; y++) {
      for (int x = 0; x < size; x++) {
        backdrop(picture, back, noise, x, y, unit);
        facet(picture, plate, front, tone, x, y, unit);
        double brush = noise.at(x * 0.12 / unit, y * 0.5 / unit) + noise.lattice(x, y) * 0.3;
        picture.times(y * size + x, 1 + 0.035 * brush);
      }
    }
    return picture;
  }

  private static float[] tones(Plate plate, Scene scene, Facets facets) {
    float[] sum = new float[Facets.KEYS];
    float[] count = new float[Facets.KEYS];
    for (int i = 0; i < plate.cover.length; i++) {
      if (plate.cover[i] > 0.5) {
        int y = i / plate.size;
        int key = facets.key(i % plate.size, y);
        sum[key] +=
            (float) Lighting.soft(scene.light().facing(plate.nx[i], plate.ny[i], plate.nz[i]));
        count[key]++;
      }
    }
    for (int key = 0; key < sum.length; key++) {
      double mean = count[key] == 0 ? 0.6 : sum[key] / count[key];
      sum[key] = (float) (0.6 + 0.56 * mean + 0.17 * facets.chance(key, 1));
    }
    return sum;
  }

  private static void backdrop(
      Picture picture, Facets facets, Noise noise, int x, int y, double unit) {
    int key = facets.key(x, y);
    int i = y * picture.size + x;
    Rgb plane = PLANES[(int) ((facets.chance(key, 2) * 0.5 + 0.5) * (PLANES.length - 0.01))];
    double grade = facets.grade(key, x, y);
    double cloud = noise.cloud(x * 0.05 / unit, y * 0.05 / unit, 2);
    picture.set(i, plane.times(0.97 + 0.16 * grade + 0.12 * cloud));
    picture.times(i, 1 - 0.25 * facets.crack(x, y, 0.7 * unit));
  }

  private static void facet(
      Picture picture, Plate plate, Facets facets, float[] tone, int x, int y, double unit) {
    int key = facets.key(x, y);
    int i = y * picture.size + x;
    double shift = 5 * unit;
    int from =
        plate.index(
            (int) (x + shift * facets.chance(key, 3)), (int) (y + shift * facets.chance(key, 4)));
    double cover = plate.cover[from];
    if (cover > 0) {
      double k = tone[key] + 0.22 * facets.grade(key, x, y);
      Rgb warm = PLANES[key % 3 == 0 ? 2 : key % 3 == 1 ? 0 : 1];
      Rgb own = plate.colour(from).times(k).mix(warm.times(k), 0.1 + 0.08 * facets.chance(key, 5));
      picture.mix(i, own, cover);
      picture.mix(i, INK, 0.75 * cover * facets.crack(x, y, 0.8 * unit));
    }
    picture.mix(i, INK, 0.92 * plate.ink[from]);
  }
}

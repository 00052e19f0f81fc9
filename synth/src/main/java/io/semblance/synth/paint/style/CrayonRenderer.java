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

/// Wax crayon on white paper: hatched strokes that overrun the outline, grain showing through, a
/// scribbled contour.
public final class CrayonRenderer implements Renderer {
  private static final Rgb PAPER = Rgb.hex(0xF6F4EE);
  private static final Rgb CONTOUR = Rgb.hex(0x2A2320);
  private static final Lighting LIGHT = new Lighting(0.62, 0.5, 0);

  @Override
  public Picture render(Scene scene, Dice dice, int size) {
    double unit = Renderer.unit(size);
    View view = View.whole(size);
    Plate plate = Plate.of(scene, view, 2.6 * unit, 1.5);
    float[] shade = TableShadow.of(scene, view, 0.2);
    Picture picture = new Picture(size);
    Sheet sheet = new Sheet(picture, plate, scene.light(), new Noise(dice), unit);
    sheet.paper();
    double angle = dice.range(0.5, 1.0);
    sheet.ground(shade, new Hatch(0.12, 5.5 * unit, 4 * unit));
    sheet.fill(new Hatch(angle, 5.2 * unit, 7 * unit), -1);
    sheet.fill(new Hatch(angle + 1.2 + dice.around(0.3), 5.6 * unit, 5 * unit), 0.62);
    sheet.contour(2.4 * unit, 0);
    sheet.contour(4.6 * unit, 61);
    return picture;
  }

  /// Parallel strokes.
  private record Hatch(double cos, double sin, double gap, double overrun) {
    Hatch(double angle, double gap, double overrun) {
      this(StrictMath.cos(angle), StrictMath.sin(angle), gap, overrun);
    }
  }

  private record Sheet(Picture picture, Plate plate, Light light, Noise noise, double unit) {
    void paper() {
      for (int i = 0; i < picture.r.length; i++) {
        picture.set(i, PAPER);
        picture.add(i, 0.012 * noise.lattice(i % picture.size, i / picture.size));
      }
    }

    private double grain(int x, int y) {
      return 0.48
          + 0.3 * noise.at((x * 0.8 + y * 0.6) * 0.62 / unit, (y * 0.8 - x * 0.6) * 0.62 / unit)
          + 0.22 * noise.at((x * 0.3 - y) * 0.9 / unit, (y * 0.3 + x) * 0.9 / unit)
          + 0.08 * noise.lattice(x, y);
    }

    private double wax(double amount, int x, int y) {
      return Curve.step(-0.15, 0.25, amount - grain(x, y));
    }

    void fill(Hatch hatch, double darkerThan) {
      int size = picture.size;
      for (int y = 0; y < size; y++) {
        for (int x = 0; x < size; x++) {
          stroke(hatch, darkerThan, x, y);
        }
      }
    }

    private void stroke(Hatch hatch, double darkerThan, int x, int y) {
      double wave = 7 * unit * noise.at(x * 0.016 / unit, y * 0.016 / unit);
      double across = (-x * hatch.sin + y * hatch.cos + wave) / hatch.gap;
      double line = Math.floor(across);
      double slip = hatch.overrun * noise.lattice((int) line, 7);
      int i = plate.index((int) (x + hatch.cos * slip), (int) (y + hatch.sin * slip));
      if (plate.cover[i] < 0.5) {
        return;
      }
      double tone = LIGHT.tone(plate, light, i) * (1 - 0.25 * plate.shadow[i]);
      if (darkerThan > 0 && tone > darkerThan + 0.3) {
        return;
      }
      double press = 0.6 + 0.25 * noise.lattice((int) line, 3);
      double amount = press * Curve.step(0, 0.55, Curve.zigzag(across)) + 0.16;
      picture.mix(
          y * picture.size + x,
          crayon(plate.colour(i), tone * (darkerThan > 0 ? 0.7 : 1)),
          0.92 * wax(amount, x, y));
    }

    private static Rgb crayon(Rgb colour, double tone) {
      double grey = colour.luma();
      Rgb vivid = new Rgb(push(colour.r(), grey), push(colour.g(), grey), push(colour.b(), grey));
      return vivid.times(0.55 + 0.5 * tone);
    }

    private static float push(float channel, double grey) {
      return (float) Curve.clamp(grey + (channel - grey) * 1.3 + 0.04);
    }

    void ground(float[] shade, Hatch hatch) {
      for (int y = 0; y < picture.size; y++) {
        for (int x = 0; x < picture.size; x++) {
          double wave = 4 * unit * noise.at(x * 0.03 / unit, y * 0.03 / unit + 50);
          double across = (-x * hatch.sin + y * hatch.cos + wave) / hatch.gap;
          int i = y * picture.size + x;
          double amount = shade[i] * Curve.step(0.35, 0.9, Curve.zigzag(across));
          picture.mix(i, CONTOUR, 0.6 * wax(amount * 0.8, x, y) * Curve.step(0, 0.2, amount));
        }
      }
    }

    void contour(double sway, double key) {
      for (int y = 0; y < picture.size; y++) {
        for (int x = 0; x < picture.size; x++) {
          double dx = sway * noise.at(x * 0.05 / unit + key, y * 0.05 / unit);
          double dy = sway * noise.at(x * 0.05 / unit, y * 0.05 / unit + key + 30);
          float ink = plate.ink[plate.index((int) (x + dx + 0.5), (int) (y + dy + 0.5))];
          if (ink > 0) {
            picture.mix(y * picture.size + x, CONTOUR, 0.85 * ink * wax(0.72, x, y));
          }
        }
      }
    }
  }
}

package io.semblance.synth.paint.style;

import io.semblance.synth.paint.scene.Curve;
import io.semblance.synth.paint.scene.Dice;
import io.semblance.synth.paint.scene.Noise;
import io.semblance.synth.paint.scene.Picture;
import io.semblance.synth.paint.scene.Plate;
import io.semblance.synth.paint.scene.Rgb;
import io.semblance.synth.paint.scene.Scene;
import io.semblance.synth.paint.scene.View;

/// Old-master oil: dark warm ground, one strong light, visible bristle strokes that follow the
/// form, amber varnish.
public final class OilRenderer implements Renderer {
  private static final Rgb WALL = Rgb.hex(0x6A5A3E);
  private static final Rgb TABLE = Rgb.hex(0x8C744E);
  private static final Lighting LIGHT = new Lighting(0.2, 0.95, 0.45);

  @Override
  public Picture render(Scene scene, Dice dice, int size) {
    double unit = Renderer.unit(size);
    View view = new View(size, 0.98, 0.5, 0.5);
    Plate plate = Plate.of(scene, view);
    Noise noise = new Noise(dice);
    Picture sketch = ground(scene, view, noise, dice);
    LIGHT.over(sketch, plate, scene.light());
    Brush brush = new Brush(sketch.copy(), noise, unit);
    Strokes strokes = new Strokes(sketch, plate, brush, dice, unit);
    strokes.lay(5.5, 17, -1);
    strokes.lay(3.2, 11, 0.5);
    strokes.lay(1.9, 7, 0.5);
    Picture picture = brush.finish(scene.light());
    varnish(picture);
    return picture;
  }

  private static Picture ground(Scene scene, View view, Noise noise, Dice dice) {
    int size = view.size();
    double horizon = dice.range(0.66, 0.74);
    float[] table = TableShadow.of(scene, view, 0.7);
    Picture sketch = new Picture(size);
    for (int i = 0; i < table.length; i++) {
      double x = i % size / (double) size;
      double y = (double) Math.floorDiv(i, size) / size;
      double side = 0.5 + (x - 0.5) * (scene.light().x() > 0 ? -1 : 1);
      double glow = 0.55 + 0.75 * side * (1 - y) + 0.25 * noise.cloud(x * 5, y * 5, 2);
      double front = Curve.step(horizon - 0.01, horizon + 0.01, y);
      sketch.set(i, WALL.times(glow).mix(TABLE.times(0.8 + 0.5 * (1 - x * 0.4)), front));
      sketch.times(i, 1 - 0.72 * table[i]);
    }
    return sketch;
  }

  private static void varnish(Picture picture) {
    int size = picture.size;
    for (int i = 0; i < picture.r.length; i++) {
      double x = i % size / (double) size - 0.5;
      double y = (double) Math.floorDiv(i, size) / size - 0.5;
      double edge = 1 - 0.9 * Math.max(0, x * x + y * y - 0.12);
      double grey = 0.3 * picture.r[i] + 0.6 * picture.g[i] + 0.1 * picture.b[i];
      picture.set(
          i,
          (picture.r[i] * 0.86 + grey * 0.16) * edge,
          (picture.g[i] * 0.84 + grey * 0.12) * edge,
          (picture.b[i] * 0.7 + grey * 0.1) * edge);
    }
  }

  /// Where strokes go: over everything, or only over fruit, along the form.
  private record Strokes(Picture sketch, Plate plate, Brush brush, Dice dice, double unit) {
    void lay(double width, double length, double least) {
      int n = sketch.size;
      double gap = width * 0.85 * unit;
      for (double y = 0; y < n; y += gap) {
        for (double x = 0; x < n; x += gap * 1.7) {
          double px = x + dice.around(gap);
          double py = y + dice.around(gap);
          int i = plate.index((int) px, (int) py);
          if (plate.cover[i] >= least) {
            brush.stroke(
                px,
                py,
                flow(i),
                sketch.colour(i),
                width * unit,
                length * unit * dice.range(0.7, 1.2));
          }
        }
      }
    }

    private double flow(int i) {
      double nx = plate.nx[i];
      double ny = plate.ny[i];
      boolean flat = nx * nx + ny * ny < 0.01 || plate.cover[i] < 0.5;
      double turn = dice.around(0.3);
      double wall = i > plate.cover.length * 0.68 ? 0 : 0.75;
      return flat ? turn + (plate.cover[i] < 0.5 ? wall : 0) : Curve.atan2(nx, -ny) + turn;
    }
  }
}

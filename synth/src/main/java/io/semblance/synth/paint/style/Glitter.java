package io.semblance.synth.paint.style;

import io.semblance.synth.paint.scene.Curve;
import io.semblance.synth.paint.scene.Dice;
import io.semblance.synth.paint.scene.Light;
import io.semblance.synth.paint.scene.Picture;
import io.semblance.synth.paint.scene.Plate;
import io.semblance.synth.paint.scene.Rgb;

/// Sparkle on a picture: fine glitter, soft round lights, and four-pointed stars on the brightest
/// highlights.
record Glitter(Picture picture, Plate plate, Dice dice, double unit) {
  void scatter(Light light) {
    for (int n = dice.between(10, 16); n > 0; n--) {
      bokeh(dice.unit() * picture.size, dice.unit() * picture.size, dice.range(4, 13) * unit);
    }
    for (int n = 260; n > 0; n--) {
      speck((int) (dice.unit() * picture.size), (int) (dice.unit() * picture.size));
    }
    for (int n = dice.between(3, 5); n > 0; n--) {
      star(light);
    }
  }

  private void bokeh(double cx, double cy, double radius) {
    Rgb colour = Rgb.hsv(dice.unit(), 0.3, 1);
    for (int y = (int) Math.max(0, cy - radius);
        y <= Math.min(picture.size - 1, cy + radius);
        y++) {
      for (int x = (int) Math.max(0, cx - radius);
          x <= Math.min(picture.size - 1, cx + radius);
          x++) {
        int i = y * picture.size + x;
        double d = Math.sqrt((x - cx) * (x - cx) + (y - cy) * (y - cy));
        picture.mix(i, colour, 0.34 * Curve.clamp(radius - d) * (1 - plate.cover[i]));
      }
    }
  }

  private void speck(int x, int y) {
    int i = plate.index(x, y);
    double share = dice.range(0.3, 0.95);
    int width = Math.max(1, (int) (unit * dice.range(0.7, 2)));
    Rgb colour = Rgb.hsv(dice.unit(), 0.22, 1);
    for (int dy = 0; dy < width; dy++) {
      for (int dx = 0; dx < width; dx++) {
        picture.mix(plate.index(x + dx, y + dy), colour, share * (0.6 + 0.4 * plate.cover[i]));
      }
    }
  }

  private void star(Light light) {
    int best = 0;
    double most = -1;
    for (int n = 0; n < 240; n++) {
      int i = (int) (dice.unit() * plate.cover.length);
      double bright =
          plate.cover[i]
              * (light.glint(plate.nx[i], plate.ny[i], plate.nz[i], 4) + 0.2 * dice.unit());
      if (bright > most) {
        most = bright;
        best = i;
      }
    }
    double reach = dice.range(8, 17) * unit;
    int cx = best % picture.size;
    int cy = best / picture.size;
    for (int dy = (int) -reach; dy <= reach; dy++) {
      for (int dx = (int) -reach; dx <= reach; dx++) {
        if (cx + dx >= 0 && cy + dy >= 0 && cx + dx < picture.size && cy + dy < picture.size) {
          ray((cy + dy) * picture.size + cx + dx, dx / reach, dy / reach, reach);
        }
      }
    }
  }

  private void ray(int i, double u, double v, double reach) {
    double ax = Math.abs(u);
    double ay = Math.abs(v);
    double cross =
        Curve.clamp(1 - Math.min(ax, ay) * reach * 0.9 / unit) * Curve.clamp(1 - Math.max(ax, ay));
    double core = Curve.clamp(1 - 3.2 * Math.sqrt(u * u + v * v));
    picture.mix(i, Rgb.WHITE, Curve.clamp(0.95 * cross + core * core));
  }
}

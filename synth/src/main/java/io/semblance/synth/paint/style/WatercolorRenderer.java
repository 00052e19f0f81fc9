package io.semblance.synth.paint.style;

import io.semblance.synth.paint.scene.Blur;
import io.semblance.synth.paint.scene.Curve;
import io.semblance.synth.paint.scene.Dice;
import io.semblance.synth.paint.scene.Noise;
import io.semblance.synth.paint.scene.Picture;
import io.semblance.synth.paint.scene.Plate;
import io.semblance.synth.paint.scene.Rgb;
import io.semblance.synth.paint.scene.Scene;
import io.semblance.synth.paint.scene.View;

/// Watercolour: thin washes on white paper, pigment pooled at the edges, blooms, colour bleeding
/// into a wet blue shade.
public final class WatercolorRenderer implements Renderer {
  private static final Rgb PAPER = Rgb.hex(0xFBFAF6);
  private static final Rgb WASH = Rgb.hex(0x6E8CB8);
  private static final Lighting LIGHT = new Lighting(0.5, 0.62, 0.8);

  @Override
  public Picture render(Scene scene, Dice dice, int size) {
    View view = View.whole(size);
    double unit = Renderer.unit(size);
    Plate plate = Plate.of(scene, view, 1.6 * unit, 1);
    Picture lit = new Picture(size);
    LIGHT.over(lit, plate, scene.light());
    float[] bled = plate.cover.clone();
    Blur.soften(bled, size, (int) (5 * unit), 2);
    float[] table = TableShadow.of(scene, view, 0.9);
    Picture spread = lit.copy();
    spread.soften((int) (5 * unit));
    Sheet sheet = new Sheet(new Picture(size), plate, lit, spread, bled, new Noise(dice), unit);
    sheet.background(table, dice);
    sheet.fruit();
    sheet.splatter(dice);
    sheet.tooth();
    return sheet.picture;
  }

  private record Sheet(
      Picture picture,
      Plate plate,
      Picture lit,
      Picture spread,
      float[] bled,
      Noise noise,
      double unit) {
    void background(float[] table, Dice dice) {
      double fx = dice.range(0, 40);
      double warm = dice.range(0, 0.5);
      Rgb wash = WASH.mix(Rgb.hex(0x9A7FA8), warm * 0.6);
      for (int i = 0; i < bled.length; i++) {
        double x = i % picture.size / unit;
        double y = (double) Math.floorDiv(i, picture.size) / unit;
        double cloud = noise.cloud(x * 0.02 + fx, y * 0.02, 4);
        double pool = Curve.step(0.1, 0.45, table[i] + cloud * 1.1 - 0.12);
        double rim = pool * (1 - pool) * 2.2;
        double sky = 0.3 * Curve.step(0.05, 0.6, cloud + 0.35 - y / 256);
        picture.set(i, PAPER);
        double share = Curve.step(0.35, 0.75, y / 256) * (0.55 * pool + 0.35 * rim) + sky;
        picture.mix(i, wash, Curve.clamp(share * (0.75 + 0.5 * noise.at(x * 0.06, y * 0.06))));
        bleed(i, cloud);
      }
    }

    private void bleed(int i, double cloud) {
      double edge = bled[i] * (1 - bled[i]) * 4;
      if (edge > 0.02 && cloud > 0.02) {
        double k = 1 / Math.max(0.05, bled[i]);
        Rgb dye =
            new Rgb(spread.r[i], spread.g[i], spread.b[i])
                .times(Math.min(k, 4))
                .mix(Rgb.WHITE, 0.2);
        picture.mix(i, dye, 0.75 * edge * Curve.step(0.02, 0.25, cloud));
      }
    }

    void fruit() {
      int size = picture.size;
      for (int y = 0; y < size; y++) {
        for (int x = 0; x < size; x++) {
          double px = x / unit;
          double py = y / unit;
          double dx = 2.2 * noise.cloud(px * 0.06, py * 0.06, 2) * unit;
          double dy = 2.2 * noise.cloud(px * 0.06 + 60, py * 0.06, 2) * unit;
          int from = plate.index((int) (x + dx + 0.5), (int) (y + dy + 0.5));
          if (plate.cover[from] > 0) {
            wash(y * size + x, from, px, py);
          }
        }
      }
    }

    private void wash(int i, int from, double px, double py) {
      double bloom = noise.cloud(px * 0.028 + 9, py * 0.028, 3);
      double grains = noise.at(px * 0.7, py * 0.7) * 0.06;
      double pooled = plate.cover[from] * Curve.clamp(1.25 - bled[from] * 1.25);
      double density =
          Curve.clamp(
              0.8 + 0.75 * bloom + 0.8 * pooled + grains + 0.25 * (0.6 - lit.colour(from).luma()));
      density *=
          1 - 0.35 * Curve.step(0.15, -0.35, plate.ny[from]) * Curve.step(-0.1, 0.3, bloom + 0.1);
      picture.mix(i, PAPER, plate.cover[from] * 0.85);
      picture.mix(
          i,
          vivid(lit.colour(from), 0.06 * noise.at(px * 0.02 + 80, py * 0.02)),
          plate.cover[from] * density);
      double line = plate.ink[from] * (0.35 + 0.4 * Curve.step(0, 0.3, bloom));
      picture.mix(i, lit.colour(from).times(0.45), line * plate.cover[from]);
    }

    /// Purer than the fruit, and drifting between warm and cool as wet pigments do.
    private static Rgb vivid(Rgb colour, double drift) {
      double grey = colour.luma() - 0.02;
      return new Rgb(
          (float) (grey + (colour.r() - grey) * 1.2 + drift),
          (float) (grey + (colour.g() - grey) * 1.2),
          (float) (grey + (colour.b() - grey) * 1.2 - drift));
    }

    void splatter(Dice dice) {
      int drops = dice.between(8, 18);
      for (int d = 0; d < drops; d++) {
        double cx = dice.range(0.05, 0.95) * picture.size;
        double cy = dice.range(0.5, 0.97) * picture.size;
        double radius = dice.range(0.7, 2.6) * unit;
        int source =
            plate.index((int) (picture.size * dice.range(0.4, 0.6)), (int) (picture.size * 0.6));
        Rgb dye = plate.cover[source] > 0.5 && dice.chance(0.6) ? lit.colour(source) : WASH;
        drop(cx, cy, radius, dye);
      }
    }

    private void drop(double cx, double cy, double radius, Rgb dye) {
      for (int y = (int) (cy - radius - 1); y <= cy + radius + 1; y++) {
        for (int x = (int) (cx - radius - 1); x <= cx + radius + 1; x++) {
          int i = plate.index(x, y);
          double d = Math.sqrt((x - cx) * (x - cx) + (y - cy) * (y - cy));
          double share = Curve.clamp(radius - d + 0.5) * (1 - plate.cover[i]);
          picture.mix(i, dye, share * (0.35 + 0.3 * Curve.step(radius * 0.5, radius, d)));
        }
      }
    }

    void tooth() {
      for (int i = 0; i < bled.length; i++) {
        double x = i % picture.size / unit;
        double y = (double) Math.floorDiv(i, picture.size) / unit;
        picture.add(
            i, 0.022 * noise.at(x * 0.55, y * 0.55) + 0.012 * noise.lattice((int) x, (int) y));
      }
    }
  }
}

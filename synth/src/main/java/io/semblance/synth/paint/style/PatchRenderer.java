package io.semblance.synth.paint.style;

import io.semblance.synth.paint.scene.Blur;
import io.semblance.synth.paint.scene.Curve;
import io.semblance.synth.paint.scene.Dice;
import io.semblance.synth.paint.scene.Noise;
import io.semblance.synth.paint.scene.Picture;
import io.semblance.synth.paint.scene.Plate;
import io.semblance.synth.paint.scene.Rgb;
import io.semblance.synth.paint.scene.Role;
import io.semblance.synth.paint.scene.Scene;
import io.semblance.synth.paint.scene.View;

/// An embroidered patch: satin stitches in rows, a raised white border of thread, sewn on mauve
/// cloth.
public final class PatchRenderer implements Renderer {
  private static final Rgb CLOTH = Rgb.hex(0xA9979C);
  private static final Rgb THREAD = Rgb.hex(0xF2EFEA);
  private static final double BORDER = 9;
  private static final double STITCH = 3;
  private static final double STITCH_LENGTH = 11;
  private static final Lighting LIGHT = new Lighting(0.72, 0.36, 0);

  @Override
  public Picture render(Scene scene, Dice dice, int size) {
    double unit = Renderer.unit(size);
    View view = new View(size, 0.92, 0.5, 0.5);
    Plate plate = Plate.of(scene, view, 2.2 * unit, 1.15);
    Cloth cloth =
        new Cloth(new Picture(size), plate, scene, new Noise(dice), unit, dice.range(0.3, 0.9));
    float[] near = plate.cover.clone();
    Blur.soften(near, size, (int) Math.max(1, BORDER * unit * 0.55), 2);
    Rgb ground = CLOTH.vary(dice, 0.5);
    for (int y = 0; y < size; y++) {
      for (int x = 0; x < size; x++) {
        cloth.weave(x, y, ground);
        cloth.drop(x, y, near);
        cloth.border(x, y, near);
        cloth.sew(x, y);
      }
    }
    return cloth.picture;
  }

  private record Cloth(
      Picture picture, Plate plate, Scene scene, Noise noise, double unit, double angle) {
    void weave(int x, int y, Rgb ground) {
      int i = y * picture.size + x;
      double warp = Curve.zigzag(x / (2.6 * unit)) - Curve.zigzag(y / (2.6 * unit) + 0.5);
      double slub =
          noise.at(x * 0.05 / unit, y * 0.5 / unit)
              + noise.at(x * 0.5 / unit + 70, y * 0.05 / unit);
      picture.set(i, ground.times(1 + 0.07 * warp + 0.045 * slub));
    }

    void drop(int x, int y, float[] near) {
      int dx = (int) (scene.light().x() * 7 * unit);
      int dy = (int) (scene.light().y() * 7 * unit);
      double dark = Curve.step(0.0, 0.3, near[plate.index(x + dx, y + dy)]);
      picture.times(y * picture.size + x, 1 - 0.55 * dark);
    }

    void border(int x, int y, float[] near) {
      int i = y * picture.size + x;
      double share = Curve.step(0.07, 0.1, near[i]);
      if (share == 0) {
        return;
      }
      double gx = near[plate.index(x + 1, y)] - near[plate.index(x - 1, y)];
      double gy = near[plate.index(x, y + 1)] - near[plate.index(x, y - 1)];
      double angle = Curve.atan2(gy, gx) * 3;
      double along =
          angle * 0.4
              + (-x * gy + y * gx) / Math.max(1e-4, Math.sqrt(gx * gx + gy * gy)) / (2.4 * unit);
      double thread = Curve.zigzag(along);
      double round = Curve.step(0.06, 0.2, near[i]) * (0.86 + 0.14 * Curve.step(0.5, 0.3, near[i]));
      double length = Math.max(1e-4, Math.sqrt(gx * gx + gy * gy));
      double lit = -(gx * scene.light().x() + gy * scene.light().y()) / length;
      picture.mix(i, THREAD.times(0.7 + 0.16 * thread + 0.12 * round + 0.08 * lit), share);
    }

    void sew(int x, int y) {
      int i = y * picture.size + x;
      if (plate.cover[i] < 0.02) {
        return;
      }
      double turn = turn(i);
      double cos = StrictMath.cos(turn);
      double sin = StrictMath.sin(turn);
      double across = (-x * sin + y * cos) / (STITCH * unit);
      double row = Math.floor(across);
      double along =
          (x * cos + y * sin) / (STITCH_LENGTH * unit)
              + 0.5 * noise.lattice((int) row, plate.part[i]);
      double stitch = Math.floor(along);
      double back = (along - stitch - 0.5) * STITCH_LENGTH * unit;
      double side = (across - row - 0.5) * STITCH * unit;
      int from =
          plate.index(
              (int) (x - back * 0.4 * cos + side * sin), (int) (y - back * 0.4 * sin - side * cos));
      from = plate.part[from] == plate.part[i] ? from : i;
      picture.mix(
          i, thread(from, across - row, along - stitch, (int) row, (int) stitch), plate.cover[i]);
      picture.times(i, 1 - 0.5 * plate.ink[i] * plate.cover[i]);
    }

    private double turn(int i) {
      if (plate.part[i] < 0) {
        return angle;
      }
      Role role = plate.parts.get(plate.part[i]).role();
      double own = 0.5 * noise.lattice(plate.part[i], 11);
      return switch (role) {
        case BODY -> angle + own * 0.3;
        case FLESH -> angle + 1.2;
        case PIT -> angle - 0.6;
        case LEAF -> 1.3 + own * 2;
        case STEM -> 0.1 + own;
      };
    }

    private Rgb thread(int from, double across, double along, int row, int stitch) {
      double tone = LIGHT.tone(plate, scene.light(), from);
      double step = Math.floor(tone * 7 + 0.5) / 7;
      double round = Math.sqrt(Curve.clamp(1 - 3.6 * (across - 0.5) * (across - 0.5)));
      double end = Curve.step(0, 0.1, along) * Curve.step(1, 0.9, along);
      double sheen = 0.1 * Curve.step(0.75, 1, Curve.zigzag(along)) * round;
      double own = 1 + 0.07 * noise.lattice(row, stitch);
      return plate
          .colour(from)
          .mix(Rgb.WHITE, 0.03 + sheen)
          .times(step * own * (0.55 + 0.5 * round) * (0.72 + 0.28 * end));
    }
  }
}

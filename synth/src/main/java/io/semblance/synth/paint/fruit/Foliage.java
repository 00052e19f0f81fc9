package io.semblance.synth.paint.fruit;

import io.semblance.synth.paint.scene.Curve;
import io.semblance.synth.paint.scene.Dice;
import io.semblance.synth.paint.scene.Mark;
import io.semblance.synth.paint.scene.Part;
import io.semblance.synth.paint.scene.Placement;
import io.semblance.synth.paint.scene.Profile;
import io.semblance.synth.paint.scene.Rgb;
import io.semblance.synth.paint.scene.Role;
import io.semblance.synth.paint.scene.Skin;
import io.semblance.synth.paint.scene.Sweep;
import java.util.ArrayList;
import java.util.List;

/// Leaves, blades and stems, shared by the fruits.
final class Foliage {
  private static final Profile LEAF =
      Profile.through(
          0, 0.02, 0.04, 0.03, 0.12, 0.16, 0.35, 0.3, 0.6, 0.27, 0.82, 0.13, 0.96, 0.025, 1, 0.003);
  private static final Profile BLADE =
      Profile.through(0, 0.09, 0.15, 0.115, 0.4, 0.1, 0.7, 0.055, 0.92, 0.015, 1, 0.002);
  private static final Profile STALK =
      Profile.through(0, 0.0, 0.012, 0.08, 0.1, 0.082, 0.5, 0.058, 0.85, 0.062, 0.97, 0.075, 1, 0);
  private static final Rgb VEIN = Rgb.hex(0xB9D67A);

  private Foliage() {}

  /// A leaf with veins; it starts at the origin of `at` and heads along its +v.
  static Part leaf(Dice dice, Placement at, Rgb green, double girth) {
    Sweep form = new Sweep(at, 1, dice.range(0.2, 0.75) * dice.sign(), LEAF, girth);
    Skin skin =
        spot -> {
          spot.set(green, 0.35);
          spot.times(spot.t < 0 ? 0.86 : 1.08);
          spot.times(1 - 0.25 * Curve.step(0.4, 0, spot.s));
          spot.tilt((spot.t < 0 ? -0.25 : 0.25) * (1 - Math.abs(spot.t)), 0);
        };
    return new Part(form, skin, Role.LEAF, veins(form, green.mix(VEIN, 0.55)));
  }

  private static List<Mark> veins(Sweep form, Rgb colour) {
    double width = form.at().scale() * 0.02;
    List<Mark> marks = new ArrayList<>();
    for (double s = 0; s < 0.9; s += 0.15) {
      marks.add(vein(form, 0, s, 0, s + 0.15, width * 1.4, colour));
      if (s > 0.1 && s < 0.8) {
        double side = 0.6 * form.girth() * form.profile().width(s + 0.13);
        marks.add(vein(form, 0, s, side, s + 0.13, width * 0.8, colour));
        marks.add(vein(form, 0, s, -side, s + 0.13, width * 0.8, colour));
      }
    }
    return marks;
  }

  private static Mark vein(
      Sweep form, double u0, double v0, double u1, double v1, double width, Rgb colour) {
    return new Mark(
        form.sceneX(u0, v0),
        form.sceneY(u0, v0),
        form.sceneX(u1, v1),
        form.sceneY(u1, v1),
        width,
        colour);
  }

  /// A narrow pointed blade, as of a pineapple's crown or a strawberry's calyx.
  static Part blade(Placement at, double curve, double girth, Rgb green) {
    Sweep form = new Sweep(at, 1, curve, BLADE, girth);
    Skin skin =
        spot -> {
          spot.set(green, 0.3);
          spot.times(0.72 + 0.4 * spot.s + 0.2 * Math.abs(spot.t));
        };
    return new Part(form, skin, Role.LEAF);
  }

  /// A woody stem that starts at the origin of `at` and heads along its +v.
  static Part stem(Placement at, double curve, double girth, Rgb wood) {
    Sweep form = new Sweep(at, 1, curve, STALK, girth);
    Skin skin =
        spot -> {
          spot.set(wood, 0.15);
          spot.times(0.85 + 0.5 * Curve.step(0.85, 1, spot.s));
        };
    return new Part(form, skin, Role.STEM);
  }
}

package io.semblance.synth.paint.fruit;

import io.semblance.synth.paint.scene.Curve;
import io.semblance.synth.paint.scene.Dice;
import io.semblance.synth.paint.scene.Item;
import io.semblance.synth.paint.scene.Mark;
import io.semblance.synth.paint.scene.Noise;
import io.semblance.synth.paint.scene.Part;
import io.semblance.synth.paint.scene.Placement;
import io.semblance.synth.paint.scene.Profile;
import io.semblance.synth.paint.scene.Rgb;
import io.semblance.synth.paint.scene.Role;
import io.semblance.synth.paint.scene.Skin;
import io.semblance.synth.paint.scene.Sweep;
import java.util.ArrayList;
import java.util.List;

/// Bananas: bunches of yellow crescents that share a dark stalk.
public final class BananasAnatomy implements Anatomy {
  private static final Profile BODY =
      Profile.through(
          0, 0.03, 0.03, 0.034, 0.1, 0.036, 0.17, 0.05, 0.27, 0.088, 0.4, 0.106, 0.6, 0.108, 0.78,
          0.094, 0.9, 0.058, 0.955, 0.03, 0.985, 0.026, 1, 0);
  private static final Rgb YELLOW = Rgb.hex(0xF6D12F);
  private static final Rgb GREEN = Rgb.hex(0xA9B93B);
  private static final Rgb BROWN = Rgb.hex(0x55381A);
  private static final Rgb RIDGE = Rgb.hex(0xB88A1C);

  @Override
  public List<Item> still(Dice dice) {
    int side = dice.sign();
    double size = dice.range(0.7, 0.79);
    Placement at =
        Placement.at(
            0.5 - side * 0.05 + dice.around(0.02), 0.53, side * dice.range(-0.15, 0.5), size);
    return List.of(bunch(dice, at, side, dice.between(3, 5)));
  }

  @Override
  public Item piece(Dice dice, Placement at) {
    return bunch(dice, at, dice.sign(), dice.between(2, 3));
  }

  @Override
  public double heapSize() {
    return 0.56;
  }

  @Override
  public double heapTurn() {
    return 0.7;
  }

  @Override
  public double heapGap() {
    return 0.52;
  }

  private static Item bunch(Dice dice, Placement at, int side, int count) {
    List<Part> parts = new ArrayList<>();
    double bend = dice.range(1.25, 1.65);
    Ripeness ripe = new Ripeness(YELLOW.vary(dice, 0.6), dice.range(0.1, 0.6), dice.range(0, 0.7));
    for (int i = count - 1; i >= 0; i--) {
      double spread = count == 1 ? 0 : (double) i / (count - 1);
      double turn = side * (0.98 - 0.62 * spread * Math.min(1, 0.45 * count) + dice.around(0.05));
      double length = dice.range(0.95, 1.05);
      Placement top = at.child(-side * 0.22, -0.44, turn * -1 + side * 0.62, length);
      parts.add(banana(dice, top, side * (bend + dice.around(0.12) - 0.25 * spread), ripe));
    }
    Placement knob = at.child(-side * 0.25, -0.51, -side * 0.35, 0.17);
    parts.add(Foliage.stem(knob, 0, 3.4 + 0.5 * count, BROWN.mix(GREEN, 0.25)));
    return new Item(
        parts, at.sceneX(side * 0.1, 0.42), at.sceneY(side * 0.1, 0.42), at.scale() * 0.3);
  }

  private record Ripeness(Rgb yellow, double green, double spots) {}

  private static Part banana(Dice dice, Placement at, double curve, Ripeness ripe) {
    Sweep form = new Sweep(at, 1, curve, BODY, dice.range(0.98, 1.12));
    return new Part(
        form, skin(dice, ripe, curve < 0 ? -1 : 1), Role.BODY, ridges(form, curve < 0 ? -1 : 1));
  }

  private static Skin skin(Dice dice, Ripeness ripe, int side) {
    Noise noise = new Noise(dice);
    return spot -> {
      double t = spot.t * side;
      spot.set(ripe.yellow(), 0.4);
      spot.times(t > 0.3 ? 0.84 : t < -0.35 ? 0.96 : 1.04);
      spot.mix(
          GREEN, ripe.green() * (Curve.step(0.35, 0.1, spot.s) + Curve.step(0.8, 0.95, spot.s)));
      double fleck = noise.at(spot.x * 60, spot.y * 24);
      spot.mix(BROWN, ripe.spots() * Curve.step(0.62, 0.8, fleck));
      spot.mix(BROWN, Curve.step(0.945, 0.97, spot.s) + 0.6 * Curve.step(0.05, 0, spot.s));
    };
  }

  private static List<Mark> ridges(Sweep form, int side) {
    List<Mark> marks = new ArrayList<>();
    double width = form.at().scale() * 0.009;
    for (double t : new double[] {0.3 * side, -0.35 * side}) {
      for (double s = 0.1; s < 0.9; s += 0.08) {
        double u0 = t * form.girth() * form.profile().width(s);
        double u1 = t * form.girth() * form.profile().width(s + 0.08);
        marks.add(
            new Mark(
                form.sceneX(u0, s),
                form.sceneY(u0, s),
                form.sceneX(u1, s + 0.08),
                form.sceneY(u1, s + 0.08),
                width,
                RIDGE));
      }
    }
    return marks;
  }
}

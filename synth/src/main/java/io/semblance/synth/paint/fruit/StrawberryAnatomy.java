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

/// Strawberries: red hearts with rows of yellow seeds under a collar of green sepals.
public final class StrawberryAnatomy implements Anatomy {
  private static final Profile BODY =
      Profile.through(
          0, 0, 0.015, 0.16, 0.08, 0.31, 0.2, 0.4, 0.36, 0.41, 0.55, 0.34, 0.75, 0.225, 0.9, 0.13,
          0.97, 0.075, 1, 0);
  private static final double LENGTH = 0.92;
  private static final Rgb RED = Rgb.hex(0xD71F26);
  private static final Rgb PALE = Rgb.hex(0xF08A5D);
  private static final Rgb PIT = Rgb.hex(0x8C0F18);
  private static final Rgb SEED = Rgb.hex(0xF4D35E);
  private static final Rgb LEAF = Rgb.hex(0x3F9B33);

  @Override
  public List<Item> still(Dice dice) {
    List<Item> items = new ArrayList<>();
    double size = dice.range(0.66, 0.74);
    double x = 0.5 + dice.around(0.04);
    double y = 0.52;
    if (dice.chance(0.35)) {
      int side = dice.sign();
      items.add(
          berry(
              dice,
              Placement.at(0.5 + side * 0.2, 0.55, -side * dice.range(0.2, 0.6), size * 0.66)));
      x -= side * 0.12;
      size *= 0.88;
    }
    items.add(berry(dice, Placement.at(x, y, dice.around(0.25), size)));
    return items;
  }

  @Override
  public Item piece(Dice dice, Placement at) {
    return berry(dice, at);
  }

  @Override
  public double heapSize() {
    return 0.35;
  }

  @Override
  public double heapTurn() {
    return 2.4;
  }

  @Override
  public double heapGap() {
    return 0.68;
  }

  private static Item berry(Dice dice, Placement at) {
    Sweep form =
        new Sweep(
            at.child(0, -0.42, 0, 1), LENGTH, dice.around(0.25), BODY, dice.range(0.95, 1.12));
    List<Part> parts = new ArrayList<>();
    Rgb green = LEAF.vary(dice, 0.8);
    Placement top = at.child(0, -0.4, Math.PI + dice.around(0.4), dice.range(0.14, 0.2));
    parts.add(Foliage.stem(top, dice.around(1.5), 1.1, green.times(0.85)));
    parts.add(new Part(form, skin(dice), Role.BODY, seeds(dice, form)));
    sepals(dice, at, green, parts);
    return new Item(parts, at.sceneX(0, 0.5), at.sceneY(0, 0.5), at.scale() * 0.2);
  }

  private static void sepals(Dice dice, Placement at, Rgb green, List<Part> parts) {
    int count = dice.between(6, 8);
    for (int i = 0; i < count; i++) {
      int order = i % 2 == 0 ? i / 2 : count - 1 - i / 2;
      double turn = 1.75 - 3.5 * order / (count - 1) + dice.around(0.12);
      double length = dice.range(0.25, 0.33) * (1 + 0.18 * Math.abs(turn));
      Placement base = at.child(-0.03 * turn, -0.41, turn, length);
      double droop = -turn * dice.range(0.3, 0.7);
      parts.add(Foliage.blade(base, droop, 1.6, green.times(dice.range(0.82, 1.12))));
    }
  }

  private static Skin skin(Dice dice) {
    Noise noise = new Noise(dice);
    Rgb red = RED.vary(dice, 0.8);
    double pale = dice.range(0.05, 0.2);
    return spot -> {
      spot.set(red, 0.85);
      spot.times(1 + 0.12 * noise.at(spot.longitude() * 4, spot.s * 8));
      spot.mix(PALE, 0.8 * Curve.step(pale, 0, spot.s));
      double row = spot.s * 11;
      double bump = noise.at(spot.longitude() * 7, row);
      spot.tilt(bump * 0.16, noise.at(spot.longitude() * 7 + 40, row) * 0.16);
    };
  }

  private static List<Mark> seeds(Dice dice, Sweep form) {
    List<Mark> seeds = new ArrayList<>();
    double size = form.at().scale();
    for (int row = 1; row <= 9; row++) {
      double s = 0.06 + row * 0.093;
      double width = form.girth() * form.profile().width(s);
      int count = (int) Math.max(3, 4 + width * 22);
      for (int i = 0; i < count; i++) {
        double lon = 3.14159 * ((i + 0.5 * (row % 2) + dice.around(0.1)) / count - 0.5);
        seed(
            form,
            width * StrictMath.sin(lon),
            s + dice.around(0.006),
            StrictMath.cos(lon),
            size,
            seeds);
      }
    }
    return seeds;
  }

  private static void seed(
      Sweep form, double u, double s, double front, double size, List<Mark> seeds) {
    double v = s * LENGTH;
    double x0 = form.sceneX(u, v);
    double y0 = form.sceneY(u, v);
    double x1 = form.sceneX(u * 0.97, v + 0.022);
    double y1 = form.sceneY(u * 0.97, v + 0.022);
    double width = size * 0.021 * (0.45 + 0.55 * front);
    seeds.add(new Mark(x0, y0 - size * 0.007, x1, y1 - size * 0.004, width * 1.8, PIT));
    seeds.add(new Mark(x0, y0, x1, y1, width, SEED));
  }
}

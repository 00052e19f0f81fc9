package io.semblance.synth.paint.fruit;

import io.semblance.synth.paint.scene.Curve;
import io.semblance.synth.paint.scene.Dice;
import io.semblance.synth.paint.scene.Item;
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

/// Pineapples: a golden barrel in a net of diamonds under a crown of pointed blades.
public final class PineappleAnatomy implements Anatomy {
  private static final Profile BODY =
      Profile.through(
          0, 0, 0.02, 0.13, 0.09, 0.22, 0.27, 0.275, 0.5, 0.285, 0.73, 0.27, 0.89, 0.215, 0.97,
          0.13, 1, 0);
  private static final double LENGTH = 0.62;
  private static final Rgb GOLD = Rgb.hex(0xE9AF2B);
  private static final Rgb AMBER = Rgb.hex(0xC4701C);
  private static final Rgb GROOVE = Rgb.hex(0x6B4214);
  private static final Rgb TIP = Rgb.hex(0xF6DE8A);
  private static final Rgb LEAF = Rgb.hex(0x4A9150);

  @Override
  public List<Item> still(Dice dice) {
    double size = dice.range(0.86, 0.94);
    double x = 0.5 + dice.around(0.04);
    return List.of(
        fruit(dice, Placement.at(x, 0.5 + dice.range(0.04, 0.07), dice.around(0.14), size)));
  }

  @Override
  public Item piece(Dice dice, Placement at) {
    return fruit(dice, at);
  }

  @Override
  public double heapSize() {
    return 0.66;
  }

  @Override
  public double heapTurn() {
    return 0.5;
  }

  @Override
  public double heapGap() {
    return 0.57;
  }

  private static Item fruit(Dice dice, Placement at) {
    List<Part> parts = new ArrayList<>();
    crown(dice, at, parts);
    Sweep form =
        new Sweep(at.child(0, -0.18, 0, 1), LENGTH, dice.around(0.15), BODY, dice.range(0.95, 1.1));
    parts.add(parts.size() / 3, new Part(form, skin(dice), Role.BODY));
    return new Item(parts, at.sceneX(0, 0.43), at.sceneY(0, 0.43), at.scale() * 0.2);
  }

  private static void crown(Dice dice, Placement at, List<Part> parts) {
    Rgb green = LEAF.vary(dice, 0.9);
    for (int tier = 0; tier < 4; tier++) {
      int count = 7 - tier;
      for (int i = 0; i < count; i++) {
        double fan = (2.0 * i / (count - 1) - 1) * (0.95 - tier * 0.1) + dice.around(0.08);
        double length = (0.37 - 0.055 * tier - 0.1 * fan * fan) * dice.range(0.92, 1.08);
        Placement base = at.child(0.09 * fan, -0.14 + 0.012 * tier, Math.PI + fan * 0.9, length);
        double bend = fan * dice.range(0.7, 1.5);
        parts.add(
            Foliage.blade(base, bend, 1.15, green.times(dice.range(0.9, 1.25) + tier * 0.07)));
      }
    }
  }

  private static Skin skin(Dice dice) {
    Noise noise = new Noise(dice);
    Rgb gold = GOLD.vary(dice, 0.8);
    double rows = dice.range(4.2, 5);
    double green = dice.range(0, 0.5);
    return spot -> {
      double lon = spot.longitude() * 1.6;
      double p = lon + spot.s * rows;
      double q = lon - spot.s * rows;
      double u = p - Math.floor(p) - 0.5;
      double v = q - Math.floor(q) - 0.5;
      double edge = Math.max(Math.abs(u), Math.abs(v));
      double tone = noise.lattice((int) Math.floor(p), (int) Math.floor(q));
      spot.set(gold, 0.3);
      spot.mix(AMBER, 0.35 + 0.3 * tone + 0.5 * (edge - 0.2));
      spot.mix(LEAF, green * Curve.step(0.5, 1.1, spot.s + 0.2 * tone));
      spot.mix(GROOVE, 0.9 * Curve.step(0.36, 0.46, edge));
      spot.mix(GROOVE, 0.75 * Curve.step(0.17, 0.1, Math.abs(u) + Math.abs(v)));
      spot.mix(TIP, 0.9 * Curve.step(0.12, 0.04, Math.abs(u - 0.07) + Math.abs(v + 0.07)));
      double bend = 0.5 * Curve.step(0, 0.3, edge);
      spot.tilt((u + v) * bend, (u - v) * bend);
    };
  }
}

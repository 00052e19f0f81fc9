package io.semblance.synth.paint.fruit;

import io.semblance.synth.paint.scene.Curve;
import io.semblance.synth.paint.scene.Dice;
import io.semblance.synth.paint.scene.Face;
import io.semblance.synth.paint.scene.Item;
import io.semblance.synth.paint.scene.Noise;
import io.semblance.synth.paint.scene.Part;
import io.semblance.synth.paint.scene.Placement;
import io.semblance.synth.paint.scene.Rgb;
import io.semblance.synth.paint.scene.Role;
import io.semblance.synth.paint.scene.Skin;
import java.util.ArrayList;
import java.util.List;

/// Oranges: a cut half with its wheel of segments, often before a whole one with pores and a leaf.
public final class OrangeAnatomy implements Anatomy {
  private static final Rgb RIND = Rgb.hex(0xF0851A);
  private static final Rgb PITH = Rgb.hex(0xFCE7B8);
  private static final Rgb PULP = Rgb.hex(0xF68B1B);
  private static final Rgb JUICE = Rgb.hex(0xFFB347);
  private static final Rgb LEAF = Rgb.hex(0x2F7D32);
  private static final double TAU = 6.283185307179586;

  @Override
  public List<Item> still(Dice dice) {
    List<Item> items = new ArrayList<>();
    double size = dice.range(0.56, 0.66);
    if (dice.chance(0.6)) {
      int side = dice.sign();
      double whole = size * 0.92;
      items.add(
          whole(
              dice,
              Placement.at(0.5 + side * 0.14, 0.4, dice.around(0.3), whole),
              dice.chance(0.7)));
      items.add(half(dice, Placement.at(0.5 - side * 0.12, 0.62, dice.around(0.2), size * 0.86)));
      return items;
    }
    items.add(
        half(dice, Placement.at(0.5 + dice.around(0.03), 0.52, dice.around(0.3), size * 1.18)));
    return items;
  }

  @Override
  public Item piece(Dice dice, Placement at) {
    return dice.chance(0.42) ? half(dice, at) : whole(dice, at, dice.chance(0.1));
  }

  @Override
  public double heapSize() {
    return 0.31;
  }

  @Override
  public double heapTurn() {
    return 3.1;
  }

  @Override
  public double heapGap() {
    return 0.8;
  }

  private static Item whole(Dice dice, Placement at, boolean leaf) {
    List<Part> parts = new ArrayList<>();
    parts.add(new Part(Ball.of(at, 0.5), rind(dice), Role.BODY));
    Placement top = at.child(dice.around(0.1), -0.36, 0, 1);
    Skin scar = Skin.plain(Rgb.hex(0x6E7A2C), 0.1);
    parts.add(new Part(Face.round(top, 0.045, 0.5), scar, Role.STEM));
    if (leaf) {
      int side = dice.sign();
      parts.add(
          Foliage.leaf(
              dice,
              top.child(0, 0, -side * dice.range(1.6, 2.1), dice.range(0.45, 0.55)),
              LEAF.vary(dice, 1),
              0.95));
    }
    return new Item(parts, at.x(), at.y() + at.scale() * 0.48, at.scale() * 0.34);
  }

  private static Skin rind(Dice dice) {
    Noise noise = new Noise(dice);
    Rgb rind = RIND.vary(dice, 0.5);
    return spot -> {
      double lon = spot.longitude();
      double pore = noise.at(lon * 30, spot.s * 58);
      spot.set(rind, 0.65);
      spot.times(1 - 0.13 * Curve.step(0.1, 0.8, pore));
      spot.tilt(0.08 * pore, 0.08 * noise.at(lon * 30 + 50, spot.s * 58));
    };
  }

  private static Item half(Dice dice, Placement at) {
    double squash = dice.range(0.8, 1);
    Part body =
        new Part(Ball.of(at.child(0, 0.5 * (1 - squash), 0, 1), 0.5), rind(dice), Role.BODY);
    Part face = new Part(Face.round(at, 0.5, squash), wheel(dice), Role.FLESH);
    return new Item(List.of(body, face), at.x(), at.y() + at.scale() * 0.48, at.scale() * 0.3);
  }

  private static Skin wheel(Dice dice) {
    Noise noise = new Noise(dice);
    int count = dice.between(8, 11);
    double turn = dice.unit();
    Rgb pulp = PULP.vary(dice, 0.5);
    Rgb rind = RIND.vary(dice, 0.4);
    return spot -> {
      double place = spot.t / TAU * count + turn;
      double middle = Math.abs(place - Math.floor(place) - 0.5);
      double wall = (0.5 - middle) * TAU / count * spot.s;
      double round = spot.s + 0.1 * Math.max(0, middle - 0.3) * 2.5;
      double fibre = noise.at(spot.t * 24, spot.s * 7);
      spot.set(pulp, 0.2);
      spot.mix(JUICE, Curve.clamp(0.3 + 0.7 * fibre));
      spot.times(0.9 + 0.16 * spot.s);
      spot.mix(PITH, 1 - Curve.step(0.012, 0.03, wall));
      spot.mix(PITH, Curve.step(0.13, 0.08, spot.s));
      spot.mix(PITH, Curve.step(0.83, 0.86, round));
      spot.mix(rind, Curve.step(0.905, 0.93, spot.s));
    };
  }
}

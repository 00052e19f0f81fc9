package io.semblance.synth.paint.fruit;

import io.semblance.synth.paint.scene.Curve;
import io.semblance.synth.paint.scene.Dice;
import io.semblance.synth.paint.scene.Face;
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

/// Apples: round shoulders, a hollow with a stem, red streaks over yellow-green, mostly a leaf.
public final class AppleAnatomy implements Anatomy {
  private static final Profile BODY =
      Profile.through(
          0, 0, 0.015, 0.2, 0.08, 0.38, 0.25, 0.52, 0.45, 0.54, 0.65, 0.49, 0.83, 0.37, 0.95, 0.23,
          0.99, 0.12, 1, 0);
  private static final Rgb RED = Rgb.hex(0xC8202A);
  private static final Rgb GREEN = Rgb.hex(0xC9D14B);
  private static final Rgb LEAF = Rgb.hex(0x3E8E2F);
  private static final Rgb WOOD = Rgb.hex(0x5A3A1E);

  @Override
  public List<Item> still(Dice dice) {
    List<Item> items = new ArrayList<>();
    double size = dice.range(0.56, 0.68);
    double x = 0.5 + dice.around(0.04);
    if (dice.chance(0.3)) {
      int side = dice.sign();
      items.add(
          apple(dice, Placement.at(0.5 + side * 0.2, 0.47, dice.around(0.25), size * 0.68), true));
      x -= side * 0.1;
      size *= 0.85;
    }
    items.add(
        apple(
            dice, Placement.at(x, 0.86 - size * 0.48, dice.around(0.16), size), dice.chance(0.8)));
    return items;
  }

  @Override
  public Item piece(Dice dice, Placement at) {
    return apple(dice, at, dice.chance(0.15));
  }

  @Override
  public double heapSize() {
    return 0.31;
  }

  @Override
  public double heapTurn() {
    return 0.8;
  }

  @Override
  public double heapGap() {
    return 0.8;
  }

  private static Item apple(Dice dice, Placement at, boolean leaf) {
    double length = dice.range(0.9, 0.98);
    Sweep form =
        new Sweep(
            at.child(0, -0.46, 0, 1), length, dice.around(0.12), BODY, dice.range(0.96, 1.05), 0.1);
    List<Part> parts = new ArrayList<>();
    parts.add(new Part(form, skin(dice), Role.BODY));
    parts.add(hollow(at));
    double lean = Math.PI + dice.around(0.35);
    double stem = dice.range(0.24, 0.3);
    parts.add(
        Foliage.stem(at.child(0, -0.34, lean, stem), dice.around(0.9), 1.3, WOOD.vary(dice, 1)));
    if (leaf) {
      int side = dice.sign();
      Placement twig =
          at.child(0.02 * side, -0.46, -side * dice.range(1.75, 2.2), dice.range(0.38, 0.48));
      parts.add(Foliage.leaf(dice, twig, LEAF.vary(dice, 1), 1));
    }
    return new Item(parts, at.sceneX(0, 0.46), at.sceneY(0, 0.46), at.scale() * 0.34);
  }

  private static Part hollow(Placement at) {
    Skin skin =
        spot -> {
          spot.set(Rgb.hex(0x9A8A2E), 0.1);
          spot.mix(Rgb.hex(0x55401C), 1 - spot.s * 1.1);
        };
    return new Part(Face.round(at.child(0, -0.345, 0, 1), 0.13, 0.36), skin, Role.STEM);
  }

  private static Skin skin(Dice dice) {
    Noise noise = new Noise(dice);
    Rgb red = RED.vary(dice, 1);
    Rgb green = GREEN.vary(dice, 0.7);
    double ripe = dice.range(-0.1, 0.5);
    double side = dice.around(0.5);
    return spot -> {
      double lon = spot.longitude();
      double streak =
          noise.at(lon * 9, spot.s * 2.2) * 0.35 + noise.at(lon * 2, spot.s * 2 + 9) * 0.4;
      double blush = Curve.step(-0.35, 0.3, ripe + streak + spot.s * 0.9 - 0.25 + side * spot.t);
      spot.set(green, 0.75);
      spot.mix(red, blush);
      spot.times(1 - 0.14 * Curve.step(0.1, 0.6, noise.at(lon * 22, spot.s * 4)) * blush);
      double dot = noise.at(lon * 17 + 5, spot.s * 17);
      spot.mix(GREEN, 0.45 * Curve.step(0.62, 0.8, dot));
    };
  }
}

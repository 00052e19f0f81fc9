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

/// Pears: a narrow neck over a heavy belly, yellow-green with freckles and a faint blush.
public final class PearAnatomy implements Anatomy {
  private static final Profile BODY =
      Profile.through(
          0, 0, 0.012, 0.07, 0.06, 0.13, 0.18, 0.175, 0.32, 0.215, 0.45, 0.285, 0.58, 0.365, 0.72,
          0.415, 0.84, 0.39, 0.94, 0.27, 0.985, 0.14, 1, 0);
  private static final Rgb YELLOW = Rgb.hex(0xD8C63C);
  private static final Rgb GREEN = Rgb.hex(0x9DB53A);
  private static final Rgb BLUSH = Rgb.hex(0xCC7A35);
  private static final Rgb FRECKLE = Rgb.hex(0x8A6A24);
  private static final Rgb LEAF = Rgb.hex(0x4C8B2B);
  private static final Rgb WOOD = Rgb.hex(0x51361D);

  @Override
  public List<Item> still(Dice dice) {
    List<Item> items = new ArrayList<>();
    double size = dice.range(0.61, 0.7);
    double x = 0.5 + dice.around(0.04);
    if (dice.chance(0.3)) {
      int side = dice.sign();
      double small = size * 0.82;
      items.add(
          pear(
              dice,
              Placement.at(
                  0.5 + side * 0.19, 0.8 - small * 0.5, side * dice.range(0, 0.2), small)));
      x -= side * 0.1;
    }
    items.add(pear(dice, Placement.at(x, 0.87 - size * 0.5, dice.around(0.14), size)));
    return items;
  }

  @Override
  public Item piece(Dice dice, Placement at) {
    return pear(dice, at);
  }

  @Override
  public double heapSize() {
    return 0.44;
  }

  @Override
  public double heapTurn() {
    return 0.75;
  }

  @Override
  public double heapGap() {
    return 0.56;
  }

  private static Item pear(Dice dice, Placement at) {
    Sweep form =
        new Sweep(at.child(0, -0.48, 0, 1), 0.98, dice.around(0.28), BODY, dice.range(0.92, 1.06));
    List<Part> parts = new ArrayList<>();
    double lean = Math.PI + dice.around(0.35);
    Placement top = at.child(0, -0.455, lean, dice.range(0.17, 0.22));
    parts.add(Foliage.stem(top, dice.around(1.2), 1.25, WOOD.vary(dice, 1)));
    parts.add(new Part(form, skin(dice), Role.BODY));
    if (dice.chance(0.4)) {
      int side = dice.sign();
      Placement twig = at.child(0, -0.5, -side * dice.range(1.5, 2.1), dice.range(0.26, 0.34));
      parts.add(Foliage.leaf(dice, twig, LEAF.vary(dice, 1), 0.95));
    }
    return new Item(parts, at.sceneX(0, 0.49), at.sceneY(0, 0.49), at.scale() * 0.3);
  }

  private static Skin skin(Dice dice) {
    Noise noise = new Noise(dice);
    Rgb ground = YELLOW.mix(GREEN, dice.range(0, 0.75)).vary(dice, 0.5);
    double side = dice.range(0.3, 0.9) * dice.sign();
    double blush = dice.range(0, 0.5);
    return spot -> {
      double lon = spot.longitude();
      double cloud = noise.cloud(lon * 2.5, spot.s * 4, 2);
      spot.set(ground, 0.5);
      spot.mix(GREEN, Curve.step(0.25, 0, spot.s + cloud * 0.2) * 0.8);
      spot.mix(BLUSH, blush * Curve.step(0.1, 1, side * spot.t + cloud * 0.6 + 0.2));
      double dot = noise.at(lon * 22, spot.s * 44);
      spot.mix(FRECKLE, 0.5 * Curve.step(0.55, 0.75, dot));
      spot.mix(FRECKLE, 0.7 * Curve.step(0.95, 1, spot.s));
    };
  }
}

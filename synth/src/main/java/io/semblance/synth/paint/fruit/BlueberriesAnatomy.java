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

/// Blueberries: a small mound of dusty blue balls, each with its star-shaped crown, and a leaf or
/// two.
public final class BlueberriesAnatomy implements Anatomy {
  private static final Rgb BLUE = Rgb.hex(0x33498F);
  private static final Rgb DUST = Rgb.hex(0x8FA3D3);
  private static final Rgb DARK = Rgb.hex(0x141A3C);
  private static final Rgb LEAF = Rgb.hex(0x4E8A35);
  private static final int[][] MOUNDS = {{1, 2, 3}, {2, 3, 4}, {3, 4}, {2, 3}};

  @Override
  public List<Item> still(Dice dice) {
    List<Item> items = new ArrayList<>();
    int[] rows = MOUNDS[dice.between(0, MOUNDS.length - 1)];
    double size = 0.84 / Math.max(3.2, rows[rows.length - 1]) * dice.range(0.9, 1.03);
    double top = 0.78 - (rows.length - 0.6) * size * 0.74;
    leaves(dice, top - size * 0.12, items);
    for (int row = 0; row < rows.length; row++) {
      double y = top + row * size * 0.74;
      for (int i = 0; i < rows[row]; i++) {
        double x = 0.5 + (i - (rows[row] - 1) * 0.5) * size * 0.9 + dice.around(0.02);
        items.add(piece(dice, Placement.at(x, y + dice.around(0.015), dice.around(1.7), size)));
      }
    }
    return items;
  }

  private static void leaves(Dice dice, double y, List<Item> items) {
    int count = dice.between(2, 3);
    double tilt = dice.around(0.4);
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double turn = 3.14159 + tilt + (i - (count - 1) * 0.5) * 1.3;
      Placement at = Placement.at(0.5, y, turn, dice.range(0.27, 0.33));
      parts.add(Foliage.leaf(dice, at, LEAF.vary(dice, 0.9), 1.1));
    }
    items.add(new Item(parts, 0.5, 0.7, 0.01));
  }

  @Override
  public Item piece(Dice dice, Placement at) {
    List<Part> parts = new ArrayList<>();
    parts.add(new Part(Ball.of(at, 0.5), skin(dice), Role.BODY));
    if (dice.chance(0.88)) {
      crown(dice, at, parts);
    }
    return new Item(parts, at.x(), at.y() + at.scale() * 0.46, at.scale() * 0.36);
  }

  private static void crown(Dice dice, Placement at, List<Part> parts) {
    double off = dice.range(0.02, 0.27);
    Placement eye = at.child(0, -off, 0, 1);
    double squash = Math.sqrt(1 - off * off * 3.6);
    Rgb rim = BLUE.mix(DUST, 0.75);
    parts.add(new Part(star(eye, 0.24, squash), Skin.plain(rim, 0.2), Role.STEM));
    Skin pit =
        spot -> {
          spot.set(DARK, 0.1);
          spot.mix(BLUE, 0.5 * Curve.step(0.5, 0, spot.s));
        };
    parts.add(new Part(star(eye, 0.175, squash), pit, Role.STEM));
  }

  private static Face star(Placement at, double radius, double squash) {
    double[] rim = new double[40];
    for (int i = 0; i < rim.length; i++) {
      rim[i] = radius * (0.62 + 0.38 * Curve.zigzag(i / 8.0));
    }
    return new Face(at, rim, squash);
  }

  private static Skin skin(Dice dice) {
    Noise noise = new Noise(dice);
    Rgb blue = BLUE.vary(dice, 0.9);
    double dust = dice.range(0.25, 0.6);
    return spot -> {
      double cloud = noise.cloud(spot.x * 7, spot.y * 7, 2);
      spot.set(blue, 0.5);
      spot.mix(DUST, dust * Curve.step(-0.35, 0.55, cloud));
      spot.mix(DARK, 0.25 * Curve.step(0.2, 0.5, -cloud));
    };
  }

  @Override
  public double heapSize() {
    return 0.21;
  }

  @Override
  public double heapTurn() {
    return 1.3;
  }

  @Override
  public double heapGap() {
    return 0.84;
  }
}

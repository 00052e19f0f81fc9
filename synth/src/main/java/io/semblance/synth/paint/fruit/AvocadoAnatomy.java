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

/// Avocados: a half with pale flesh and its brown stone, sometimes before a dark pebbled whole one.
public final class AvocadoAnatomy implements Anatomy {
  private static final Profile BODY =
      Profile.through(
          0, 0, 0.015, 0.09, 0.08, 0.165, 0.22, 0.225, 0.38, 0.285, 0.54, 0.345, 0.69, 0.375, 0.83,
          0.345, 0.94, 0.235, 0.985, 0.12, 1, 0);
  private static final double LENGTH = 1;
  private static final double HEART = 0.66;
  private static final Rgb SKIN = Rgb.hex(0x2C4A22);
  private static final Rgb PEBBLE = Rgb.hex(0x5C7A33);
  private static final Rgb LIME = Rgb.hex(0x9CC23C);
  private static final Rgb BUTTER = Rgb.hex(0xF6F0A6);
  private static final Rgb STONE = Rgb.hex(0x7A451F);
  private static final Rgb STONE_DARK = Rgb.hex(0x4A2712);

  @Override
  public List<Item> still(Dice dice) {
    List<Item> items = new ArrayList<>();
    double size = dice.range(0.72, 0.8);
    double x = 0.5 + dice.around(0.03);
    if (dice.chance(0.45)) {
      int side = dice.sign();
      items.add(
          whole(
              dice, Placement.at(x + side * 0.19, 0.43, side * dice.range(0.1, 0.4), size * 0.88)));
      items.add(
          half(
              dice,
              Placement.at(x - side * 0.1, 0.53, -side * dice.range(0, 0.25), size * 0.92),
              true));
      return items;
    }
    items.add(half(dice, Placement.at(x, 0.5, dice.around(0.3), size * 1.05), true));
    return items;
  }

  @Override
  public Item piece(Dice dice, Placement at) {
    return dice.chance(0.55) ? half(dice, at, dice.chance(0.7)) : whole(dice, at);
  }

  @Override
  public double heapSize() {
    return 0.38;
  }

  @Override
  public double heapTurn() {
    return 1.2;
  }

  @Override
  public double heapGap() {
    return 0.56;
  }

  private static Item whole(Dice dice, Placement at) {
    Sweep form =
        new Sweep(at.child(0, -0.5, 0, 1), LENGTH, dice.around(0.2), BODY, dice.range(0.95, 1.05));
    Noise noise = new Noise(dice);
    Rgb skin = SKIN.vary(dice, 0.8);
    Skin pebbles =
        spot -> {
          double bump = noise.cloud(spot.longitude() * 11, spot.s * 26, 2);
          spot.set(skin, 0.5);
          spot.mix(PEBBLE, 0.75 * Curve.step(0, 0.5, bump));
          spot.tilt(0.2 * bump, 0.2 * noise.at(spot.longitude() * 11 + 30, spot.s * 26));
        };
    Part stem = Foliage.stem(at.child(0, -0.47, Math.PI, 0.07), 0, 3, Rgb.hex(0x6B4A26));
    return new Item(
        List.of(stem, new Part(form, pebbles, Role.BODY)),
        at.sceneX(0, 0.48),
        at.sceneY(0, 0.48),
        at.scale() * 0.26);
  }

  private static Item half(Dice dice, Placement at, boolean stone) {
    double girth = dice.range(0.97, 1.06);
    Placement heart = at.child(0, -0.5 + HEART * LENGTH, 0, 1);
    List<Part> parts = new ArrayList<>();
    parts.add(new Part(Face.cut(heart, BODY, LENGTH, girth, HEART), flesh(dice), Role.FLESH));
    double radius = dice.range(0.165, 0.195);
    parts.add(stone ? stone(dice, heart, radius) : hole(heart, radius));
    return new Item(parts, at.sceneX(0, 0.48), at.sceneY(0, 0.48), at.scale() * 0.26);
  }

  private static Skin flesh(Dice dice) {
    Noise noise = new Noise(dice);
    Rgb butter = BUTTER.vary(dice, 0.6);
    Rgb lime = LIME.vary(dice, 0.6);
    Rgb skin = SKIN.vary(dice, 0.5);
    return spot -> {
      double soft = spot.s + 0.04 * noise.at(spot.x * 9, spot.y * 9);
      spot.set(butter, 0.15);
      spot.mix(lime, Curve.step(0.58, 0.93, soft));
      spot.mix(PEBBLE, Curve.step(0.89, 0.92, spot.s));
      spot.mix(skin, Curve.step(0.925, 0.945, spot.s));
    };
  }

  private static Part stone(Dice dice, Placement heart, double radius) {
    Noise noise = new Noise(dice);
    Rgb brown = STONE.vary(dice, 0.8);
    Skin skin =
        spot -> {
          spot.set(brown, 0.9);
          spot.mix(STONE_DARK, 0.5 + 0.8 * noise.cloud(spot.longitude() * 2, spot.s * 5, 2));
        };
    return new Part(Ball.oval(heart, radius, radius * dice.range(1, 1.12)), skin, Role.PIT);
  }

  private static Part hole(Placement heart, double radius) {
    Skin skin =
        spot -> {
          spot.set(BUTTER.times(0.86), 0.2);
          spot.mix(Rgb.hex(0xA98B3E), 0.6 * Curve.step(1, 0.2, spot.s) * (spot.y < 0 ? 1 : 0.6));
        };
    return new Part(Face.round(heart, radius, 1), skin, Role.PIT);
  }
}

package io.semblance.synth.paint.fruit;

import io.semblance.synth.paint.scene.Curve;
import io.semblance.synth.paint.scene.Dice;
import io.semblance.synth.paint.scene.Face;
import io.semblance.synth.paint.scene.Item;
import io.semblance.synth.paint.scene.Mark;
import io.semblance.synth.paint.scene.Noise;
import io.semblance.synth.paint.scene.Part;
import io.semblance.synth.paint.scene.Placement;
import io.semblance.synth.paint.scene.Rgb;
import io.semblance.synth.paint.scene.Role;
import io.semblance.synth.paint.scene.Skin;
import java.util.ArrayList;
import java.util.List;

/// Kiwis: a bright green cut face, rays of black seeds around a pale heart, brown fuzz behind.
public final class KiwiAnatomy implements Anatomy {
  private static final Rgb FUZZ = Rgb.hex(0x7A5A2E);
  private static final Rgb HAIR = Rgb.hex(0xA98752);
  private static final Rgb GREEN = Rgb.hex(0x7DB92B);
  private static final Rgb DEEP = Rgb.hex(0x5C9A1E);
  private static final Rgb HEART = Rgb.hex(0xF2F3CF);
  private static final Rgb SEED = Rgb.hex(0x17140F);
  private static final double TAU = 6.283185307179586;

  @Override
  public List<Item> still(Dice dice) {
    List<Item> items = new ArrayList<>();
    double size = dice.range(0.6, 0.7);
    if (dice.chance(0.45)) {
      int side = dice.sign();
      items.add(
          whole(
              dice,
              Placement.at(0.5 + side * 0.17, 0.42, side * dice.range(0.6, 1.2), size * 0.82)));
      items.add(half(dice, Placement.at(0.5 - side * 0.1, 0.59, dice.around(0.3), size * 0.92)));
      return items;
    }
    items.add(
        half(dice, Placement.at(0.5 + dice.around(0.03), 0.52, dice.around(0.3), size * 1.12)));
    return items;
  }

  @Override
  public Item piece(Dice dice, Placement at) {
    return dice.chance(0.65) ? half(dice, at) : whole(dice, at);
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
    return 0.74;
  }

  private static Item whole(Dice dice, Placement at) {
    Part body = new Part(Ball.oval(at, 0.42, 0.52), fuzz(dice), Role.BODY);
    return new Item(List.of(body), at.x(), at.y() + at.scale() * 0.42, at.scale() * 0.32);
  }

  private static Skin fuzz(Dice dice) {
    Noise noise = new Noise(dice);
    Rgb brown = FUZZ.vary(dice, 0.7);
    return spot -> {
      double hair = noise.at(spot.x * 70, spot.y * 26);
      spot.set(brown, 0.08);
      spot.mix(HAIR, 0.6 * Curve.step(0.05, 0.7, hair));
      spot.times(1 + 0.15 * noise.at(spot.x * 6, spot.y * 6));
    };
  }

  private static Item half(Dice dice, Placement at) {
    double squash = dice.range(0.84, 0.98);
    double radius = dice.range(0.48, 0.52);
    Placement behind = at.child(dice.around(0.06), 0.07, 0, 1);
    Part body = new Part(Face.round(behind, radius * 1.02, squash * 1.01), fuzz(dice), Role.BODY);
    Face form = Face.round(at, radius, squash);
    Part face = new Part(form, flesh(dice), Role.FLESH, seeds(dice, form));
    return new Item(List.of(body, face), at.x(), at.y() + at.scale() * 0.48, at.scale() * 0.3);
  }

  private static Skin flesh(Dice dice) {
    Noise noise = new Noise(dice);
    Rgb green = GREEN.vary(dice, 0.7);
    Rgb brown = FUZZ.vary(dice, 0.5);
    double core = dice.range(0.24, 0.32);
    double stretch = dice.range(1.1, 1.5);
    return spot -> {
      double ray = noise.at(spot.t * 16, spot.s * 2);
      double oval =
          spot.s
              * (1
                  + (stretch - 1)
                      * Math.abs(spot.y)
                      / (Math.abs(spot.x) + Math.abs(spot.y) + 1e-6));
      spot.set(green, 0.2);
      spot.mix(HEART, 0.35 * Curve.step(0.1, 0.8, ray) * Curve.step(0.85, 0.5, spot.s));
      spot.mix(DEEP, 0.7 * Curve.step(0.25, 0.5, spot.s) * Curve.step(0.75, 0.5, spot.s));
      spot.mix(HEART, Curve.step(core + 0.1, core - 0.04, oval + 0.05 * ray));
      spot.mix(green.mix(HEART, 0.3), Curve.step(0.86, 0.93, spot.s));
      spot.mix(brown, Curve.step(0.955, 0.97, spot.s));
    };
  }

  private static List<Mark> seeds(Dice dice, Face form) {
    List<Mark> seeds = new ArrayList<>();
    double width = form.at().scale() * 0.029;
    int rays = dice.between(30, 36);
    for (int ray = 0; ray < rays; ray++) {
      double angle = TAU * (ray + dice.around(0.25)) / rays;
      int count = ray % 2 == 0 ? 2 : 1;
      for (int i = 0; i < count; i++) {
        double s = 0.43 + (count == 2 ? i * 0.17 : 0.09) + dice.around(0.035);
        seeds.add(
            new Mark(
                form.sceneX(s, angle),
                form.sceneY(s, angle),
                form.sceneX(s + 0.045, angle),
                form.sceneY(s + 0.045, angle),
                width,
                SEED));
      }
    }
    return seeds;
  }
}

package io.semblance.synth.paint.fruit;

import io.semblance.synth.paint.scene.Curve;
import io.semblance.synth.paint.scene.Dice;
import io.semblance.synth.paint.scene.Face;
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

/// Figs: purple teardrops with pale stripes and a green neck, often beside a cut half with its
/// pink, seedy heart.
public final class FigAnatomy implements Anatomy {
  private static final Profile BODY =
      Profile.through(
          0, 0, 0.012, 0.05, 0.07, 0.07, 0.17, 0.105, 0.29, 0.2, 0.42, 0.32, 0.56, 0.41, 0.69, 0.44,
          0.82, 0.405, 0.92, 0.3, 0.98, 0.15, 1, 0);
  private static final double LENGTH = 0.98;
  private static final double HEART = 0.64;
  private static final Rgb PURPLE = Rgb.hex(0x4A2352);
  private static final Rgb STRIPE = Rgb.hex(0x8E6A9A);
  private static final Rgb NECK = Rgb.hex(0x8FA548);
  private static final Rgb PITH = Rgb.hex(0xF3E6C8);
  private static final Rgb FLESH = Rgb.hex(0xC9415A);
  private static final Rgb DEEP = Rgb.hex(0x8A1F3C);
  private static final Rgb SEED = Rgb.hex(0xF2CF8C);

  @Override
  public List<Item> still(Dice dice) {
    List<Item> items = new ArrayList<>();
    double size = dice.range(0.62, 0.7);
    double x = 0.5 + dice.around(0.03);
    if (dice.chance(0.9)) {
      int side = dice.sign();
      items.add(
          whole(
              dice,
              Placement.at(x - side * 0.15, 0.8 - size * 0.5, -side * dice.range(0, 0.18), size)));
      double half = size * dice.range(0.74, 0.84);
      double turn = side * dice.range(0.1, 0.5);
      items.add(half(dice, Placement.at(x + side * 0.19, 0.89 - half * 0.5, turn, half)));
      return items;
    }
    items.add(whole(dice, Placement.at(x, 0.87 - size * 0.53, dice.around(0.16), size * 1.06)));
    return items;
  }

  @Override
  public Item piece(Dice dice, Placement at) {
    return dice.chance(0.3) ? half(dice, at) : whole(dice, at);
  }

  @Override
  public double heapSize() {
    return 0.34;
  }

  @Override
  public double heapTurn() {
    return 1.1;
  }

  @Override
  public double heapGap() {
    return 0.68;
  }

  private static Item whole(Dice dice, Placement at) {
    Sweep form =
        new Sweep(at.child(0, -0.5, 0, 1), LENGTH, dice.around(0.22), BODY, dice.range(0.94, 1.06));
    Placement top = at.child(0, -0.46, Math.PI + dice.around(0.3), dice.range(0.1, 0.14));
    Part stem = Foliage.stem(top, 0, 3, NECK.times(0.7).vary(dice, 1));
    Part body = new Part(form, skin(dice), Role.BODY);
    return new Item(List.of(stem, body), at.sceneX(0, 0.48), at.sceneY(0, 0.48), at.scale() * 0.3);
  }

  private static Skin skin(Dice dice) {
    Noise noise = new Noise(dice);
    Rgb purple = PURPLE.vary(dice, 0.9);
    double neck = dice.range(0.24, 0.4);
    return spot -> {
      double lon = spot.longitude();
      double cloud = noise.cloud(lon * 2, spot.s * 4, 2);
      spot.set(purple, 0.45);
      double line = Curve.zigzag(lon * 2.4 + noise.at(spot.s * 3, lon) * 0.25);
      spot.mix(STRIPE, 0.65 * Curve.step(0.68, 1, line) * Curve.step(1, 0.5, spot.s));
      spot.mix(NECK, Curve.step(neck + 0.22, neck - 0.2, spot.s + cloud * 0.25));
      spot.mix(STRIPE, 0.35 * Curve.step(0, 0.5, cloud));
    };
  }

  private static Item half(Dice dice, Placement at) {
    Placement heart = at.child(0, -0.5 + HEART * LENGTH, 0, 1);
    Face face = Face.cut(heart, BODY, LENGTH, 1, HEART);
    Placement top = at.child(0, -0.46, Math.PI + dice.around(0.3), 0.12);
    Part stem = Foliage.stem(top, 0, 3, NECK.times(0.7));
    Part cut = new Part(face, flesh(dice), Role.FLESH, seeds(dice, face));
    return new Item(List.of(stem, cut), at.sceneX(0, 0.48), at.sceneY(0, 0.48), at.scale() * 0.28);
  }

  private static Skin flesh(Dice dice) {
    Noise noise = new Noise(dice);
    Rgb flesh = FLESH.vary(dice, 0.6);
    Rgb purple = PURPLE.vary(dice, 0.8);
    return spot -> {
      double ragged = spot.s + 0.05 * noise.at(spot.t * 7, spot.s * 2);
      double ray = noise.at(StrictMath.floor(spot.t * 11), spot.s * 9);
      spot.set(flesh, 0.2);
      spot.times(1 + 0.16 * ray);
      spot.mix(DEEP, Curve.step(0.3, 0.05, ragged));
      spot.mix(PITH, Curve.step(0.7, 0.78, ragged));
      spot.mix(NECK, 0.6 * Curve.step(0.86, 0.9, spot.s));
      spot.mix(purple, Curve.step(0.9, 0.92, spot.s));
    };
  }

  private static List<Mark> seeds(Dice dice, Face face) {
    List<Mark> seeds = new ArrayList<>();
    double width = face.at().scale() * 0.024;
    for (int i = 0; i < 70; i++) {
      double angle = dice.range(0, 6.2832);
      double s = dice.range(0.2, 0.66);
      seeds.add(
          new Mark(
              face.sceneX(s, angle),
              face.sceneY(s, angle),
              face.sceneX(s + 0.035, angle),
              face.sceneY(s + 0.035, angle),
              width,
              SEED.times(dice.range(0.75, 1.05))));
    }
    return seeds;
  }
}

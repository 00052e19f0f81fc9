package io.semblance.synth.paint.scene;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class PlateTest {
  private static final Light LIGHT = Light.fromAbove(Dice.of(1));

  private static Item disc(double x, double radius, Rgb colour) {
    Face form = Face.round(Placement.at(x, 0.5, 0, 1), radius, 1);
    return new Item(List.of(new Part(form, Skin.plain(colour, 0), Role.BODY)), x, 0.7, 0.1);
  }

  @Test
  void coverMeasuresTheAreaOfADisc() {
    Plate plate = Plate.of(new Scene(List.of(disc(0.5, 0.3, Rgb.WHITE)), LIGHT), View.whole(128));
    double area = 0;
    for (float c : plate.cover) {
      area += c;
    }
    assertEquals(Math.PI * 0.09, area / (128 * 128), 0.002);
  }

  @Test
  void theFrontItemHidesTheOneBehindAndShadesIt() {
    Scene scene =
        new Scene(List.of(disc(0.5, 0.45, Rgb.WHITE), disc(0.5, 0.2, new Rgb(1, 0, 0))), LIGHT);
    Plate plate = Plate.of(scene, View.whole(100));
    int centre = plate.index(50, 50);
    assertEquals(1, plate.item[centre]);
    assertEquals(0, plate.g[centre], 1e-6);
    int beside = plate.index(50, 50 + 22);
    assertEquals(0, plate.item[beside]);
    assertTrue(plate.g[beside] < 0.97, "the front disc throws a shadow, green " + plate.g[beside]);
  }

  @Test
  void outlinesAppearOnlyWhenAskedForAndHiddenOnesDoNot() {
    Scene scene = new Scene(List.of(disc(0.5, 0.2, Rgb.WHITE), disc(0.5, 0.4, Rgb.WHITE)), LIGHT);
    Plate bare = Plate.of(scene, View.whole(100));
    Plate inked = Plate.of(scene, View.whole(100), 3, 1);
    assertEquals(0, bare.ink[bare.index(90, 50)], 0);
    assertTrue(inked.ink[inked.index(90, 50)] > 0.5);
    assertEquals(0, inked.ink[inked.index(70, 50)], 1e-6);
  }

  @Test
  void marksAreClippedToTheirPart() {
    Face form = Face.round(Placement.at(0.5, 0.5, 0, 1), 0.2, 1);
    Mark mark = new Mark(0, 0.5, 1, 0.5, 0.1, new Rgb(0, 0, 1));
    Part part = new Part(form, Skin.plain(Rgb.WHITE, 0), Role.BODY, List.of(mark));
    Plate plate =
        Plate.of(
            new Scene(List.of(new Item(List.of(part), 0.5, 0.7, 0.1)), LIGHT), View.whole(100));
    assertEquals(0, plate.r[plate.index(50, 50)], 1e-6);
    assertEquals(1, plate.r[plate.index(50, 60)], 1e-6);
    assertEquals(0, plate.cover[plate.index(10, 50)], 0);
  }

  @Test
  void blurKeepsAFlatPlaneAndTheSumOfADot() {
    float[] flat = new float[400];
    java.util.Arrays.fill(flat, 0.5f);
    Blur.soften(flat, 20, 3, 2);
    float[] dot = new float[400];
    dot[10 * 20 + 10] = 1;
    Blur.soften(dot, 20, 2, 2);
    double sum = 0;
    for (int i = 0; i < 400; i++) {
      assertEquals(0.5, flat[i], 1e-5);
      sum += dot[i];
    }
    assertEquals(1, sum, 1e-4);
  }
}

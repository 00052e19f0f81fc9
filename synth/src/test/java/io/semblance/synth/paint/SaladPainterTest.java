package io.semblance.synth.paint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SaladPainterTest {
  private static final PaintOptions SMALL = new PaintOptions(4, 64, 7);

  @Test
  void theSameCellIsTheSameImageInAnyOrderAndOnAnyThread() {
    SaladPainter painter = new SaladPainter(SMALL);
    List<int[]> cells = cells();
    List<Integer> forwards = cells.stream().map(c -> print(painter, c)).toList();
    List<Integer> threaded = cells.parallelStream().map(c -> print(painter, c)).toList();
    List<Integer> backwards =
        new ArrayList<>(
                cells.reversed().stream().map(c -> print(new SaladPainter(SMALL), c)).toList())
            .reversed();
    assertEquals(forwards, threaded);
    assertEquals(forwards, backwards);
  }

  @Test
  void theNumberOfInstancesDoesNotChangeAnImage() {
    int[] cell = {2, 3, 1};
    assertEquals(
        print(new SaladPainter(SMALL), cell),
        print(new SaladPainter(SMALL.withInstances(50)), cell));
  }

  @Test
  void cellsInstancesAndSeedsAllDiffer() {
    Set<Integer> prints = new HashSet<>();
    SaladPainter painter = new SaladPainter(SMALL);
    for (int[] cell : cells()) {
      prints.add(print(painter, cell));
      prints.add(print(painter, new int[] {cell[0], cell[1], 1}));
      prints.add(print(new SaladPainter(SMALL.withSeed(8)), cell));
    }
    assertEquals(300, prints.size());
  }

  @Test
  void anySizeWorks() {
    for (int size : new int[] {16, 97, 256}) {
      SaladPainter painter = new SaladPainter(SMALL.withSize(size));
      for (Style style : Style.values()) {
        BufferedImage image = painter.paint(Fruit.values()[style.ordinal()], style, 0);
        assertEquals(size, image.getWidth());
        assertEquals(size, image.getHeight());
        assertTrue(
            spread(image) > 12, style + " at " + size + " is nearly blank: " + spread(image));
      }
    }
  }

  @Test
  void fruitFillsAFairShareOfEveryImage() {
    SaladPainter painter = new SaladPainter(SMALL);
    for (int[] cell : cells()) {
      BufferedImage image = painter.paint(Fruit.values()[cell[0]], Style.values()[cell[1]], 0);
      double share = unlikeTheCorners(image);
      assertTrue(share > 0.12, Arrays.toString(cell) + " covers only " + share);
    }
  }

  @Test
  void anInstanceOutOfRangeIsRefused() {
    SaladPainter painter = new SaladPainter(SMALL);
    String message =
        assertThrows(IllegalArgumentException.class, () -> painter.paint(Fruit.KIWI, Style.OIL, 4))
            .getMessage();
    assertTrue(message.contains("4") && message.contains("0 to 3"), message);
  }

  @Test
  void labelsAreTheWordsOfThePaper() {
    assertEquals("blueberries", Fruit.BLUEBERRIES.label());
    assertEquals("crayon", Style.CRAYON.label());
  }

  private static List<int[]> cells() {
    List<int[]> cells = new ArrayList<>();
    for (int fruit = 0; fruit < 10; fruit++) {
      for (int style = 0; style < 10; style++) {
        cells.add(new int[] {fruit, style, 0});
      }
    }
    return cells;
  }

  private static int print(SaladPainter painter, int[] cell) {
    return Arrays.hashCode(
        pixels(painter.paint(Fruit.values()[cell[0]], Style.values()[cell[1]], cell[2])));
  }

  private static int[] pixels(BufferedImage image) {
    return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
  }

  /// Standard deviation of the green channel, 0..255.
  private static double spread(BufferedImage image) {
    int[] green = Arrays.stream(pixels(image)).map(p -> p >> 8 & 255).toArray();
    double mean = Arrays.stream(green).average().orElseThrow();
    return Math.sqrt(
        Arrays.stream(green).mapToDouble(v -> (v - mean) * (v - mean)).average().orElseThrow());
  }

  /// Share of pixels that differ clearly from all four corners.
  private static double unlikeTheCorners(BufferedImage image) {
    int n = image.getWidth();
    int[] rgb = pixels(image);
    int[] corners = {rgb[0], rgb[n - 1], rgb[n * n - n], rgb[n * n - 1]};
    return Arrays.stream(rgb).filter(p -> Arrays.stream(corners).allMatch(c -> far(p, c))).count()
        / (double) (n * n);
  }

  private static boolean far(int p, int q) {
    int r = Math.abs((p >> 16 & 255) - (q >> 16 & 255));
    int g = Math.abs((p >> 8 & 255) - (q >> 8 & 255));
    int b = Math.abs((p & 255) - (q & 255));
    return r + g + b > 60;
  }
}

package io.semblance.synth.paint.style;

import io.semblance.synth.paint.scene.Dice;
import io.semblance.synth.paint.scene.Picture;
import io.semblance.synth.paint.scene.Plate;
import io.semblance.synth.paint.scene.Rgb;
import io.semblance.synth.paint.scene.Scene;
import io.semblance.synth.paint.scene.View;

/// Pixel art: a 36 x 36 grid, a palette of sixteen colours made for the fruit, a dark outline, a
/// flat backdrop.
public final class PixelRenderer implements Renderer {
  private static final int CELLS = 36;
  private static final int FINE = 4;
  private static final int COLOURS = 15;
  private static final Rgb OUTLINE = Rgb.hex(0x1B1420);
  private static final Rgb BACK = Rgb.hex(0x9AAA9C);
  private static final Lighting LIGHT = new Lighting(0.5, 0.68, 0.7);

  @Override
  public Picture render(Scene scene, Dice dice, int size) {
    View view = new View(CELLS * FINE, 1, 0.5, 0.5);
    Plate plate = Plate.of(scene, view, 0, 1.7);
    Picture lit = new Picture(plate.size);
    LIGHT.over(lit, plate, scene.light());
    Grid grid = Grid.of(plate, lit);
    float[] table = TableShadow.of(scene, view, 0.05);
    Palette palette = Palette.of(grid.colour, grid.solid, COLOURS);
    Rgb back = BACK.vary(dice, 0.4);
    Rgb[] cells = new Rgb[CELLS * CELLS];
    for (int i = 0; i < cells.length; i++) {
      int centre = (i / CELLS * FINE + 2) * plate.size + i % CELLS * FINE + 2;
      Rgb ground = table[centre] > 0.5 ? back.times(0.72) : back;
      cells[i] = grid.solid[i] ? palette.nearest(grid.shade(i)) : grid.rim(i) ? OUTLINE : ground;
    }
    return enlarge(cells, size);
  }

  private static Picture enlarge(Rgb[] cells, int size) {
    Picture picture = new Picture(size);
    for (int y = 0; y < size; y++) {
      for (int x = 0; x < size; x++) {
        picture.set(y * size + x, cells[y * CELLS / size * CELLS + x * CELLS / size]);
      }
    }
    return picture;
  }

  /// The scene in coarse cells.
  private record Grid(Rgb[] colour, boolean[] solid, int[] part) {
    static Grid of(Plate plate, Picture lit) {
      Rgb[] colour = new Rgb[CELLS * CELLS];
      boolean[] solid = new boolean[CELLS * CELLS];
      int[] part = new int[CELLS * CELLS];
      for (int i = 0; i < colour.length; i++) {
        int corner = i / CELLS * FINE * plate.size + i % CELLS * FINE;
        double covered = mean(plate.cover, corner);
        double k = 1 / Math.max(1e-3, covered);
        solid[i] = covered > 0.45;
        colour[i] =
            new Rgb(
                (float) (mean(lit.r, corner) * k),
                (float) (mean(lit.g, corner) * k),
                (float) (mean(lit.b, corner) * k));
        part[i] = plate.part[corner + FINE / 2 * plate.size + FINE / 2];
      }
      return new Grid(colour, solid, part);
    }

    private static double mean(float[] plane, int corner) {
      double sum = 0;
      for (int j = 0; j < FINE * FINE; j++) {
        sum += plane[corner + j / FINE * CELLS * FINE + j % FINE];
      }
      return sum / (FINE * FINE);
    }

    boolean rim(int i) {
      int x = i % CELLS;
      int y = i / CELLS;
      return x > 0 && solid[i - 1]
          || x < CELLS - 1 && solid[i + 1]
          || y > 0 && solid[i - CELLS]
          || y < CELLS - 1 && solid[i + CELLS];
    }

    Rgb shade(int i) {
      Rgb own = colour[i];
      double grey = own.luma();
      double k = 1.22;
      Rgb vivid =
          new Rgb(
              (float) (grey + (own.r() - grey) * k),
              (float) (grey + (own.g() - grey) * k),
              (float) (grey + (own.b() - grey) * k));
      boolean seam = i + CELLS < part.length && solid[i + CELLS] && part[i + CELLS] > part[i];
      double dither = (i % CELLS + i / CELLS) % 2 == 0 ? 1.03 : 0.97;
      return vivid.times((seam ? 0.72 : 1) * dither);
    }
  }
}

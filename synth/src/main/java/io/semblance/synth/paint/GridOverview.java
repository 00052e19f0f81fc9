package io.semblance.synth.paint;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;

/// The 10 x 10 grid of one instance: fruits across, styles down, thin gutters, names in the
/// painter's own lettering.
public final class GridOverview {
  private static final Color BACK = new Color(0xFFFFFF);
  private static final Color INK = new Color(0x333333);
  private final SaladPainter painter;
  private final int cell;
  private final boolean labels;

  /// An overview of the given painter.
  ///
  /// @param painter paints the images, at its own size; they are reduced or enlarged to the cell
  /// @param cell width and height of a cell in pixels, 16..1024
  /// @param labels whether names stand above the columns and beside the rows
  /// @throws IllegalArgumentException if the cell is out of range
  public GridOverview(SaladPainter painter, int cell, boolean labels) {
    if (cell < 16 || cell > 1024) {
      throw new IllegalArgumentException(
          "cell is " + cell + " pixels, allowed are 16 to 1024; choose such as 128");
    }
    this.painter = painter;
    this.cell = cell;
    this.labels = labels;
  }

  /// Paints the grid.
  ///
  /// @param instance which one, 0 <= instance < instances of the painter
  /// @return a new opaque image
  public BufferedImage paint(int instance) {
    int gutter = Math.max(1, cell / 40);
    int margin = labels ? cell / 4 : gutter;
    int columns = Fruit.values().length;
    int rows = Style.values().length;
    BufferedImage grid =
        new BufferedImage(
            margin + columns * (cell + gutter),
            margin + rows * (cell + gutter),
            BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = grid.createGraphics();
    pen.setColor(BACK);
    pen.fillRect(0, 0, grid.getWidth(), grid.getHeight());
    pen.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    for (Style style : Style.values()) {
      for (Fruit fruit : Fruit.values()) {
        int x = margin + fruit.ordinal() * (cell + gutter);
        int y = margin + style.ordinal() * (cell + gutter);
        pen.drawImage(fitted(painter.paint(fruit, style, instance)), x, y, cell, cell, null);
      }
    }
    if (labels) {
      label(pen, margin, cell + gutter);
    }
    pen.dispose();
    return grid;
  }

  /// Halves the image while it is at least twice the cell, so that reducing keeps its texture.
  private BufferedImage fitted(BufferedImage image) {
    BufferedImage now = image;
    while (now.getWidth() >= 2 * cell) {
      now = halved(now);
    }
    return now;
  }

  private static BufferedImage halved(BufferedImage image) {
    int n = image.getWidth() / 2;
    BufferedImage half = new BufferedImage(n, n, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < n; y++) {
      for (int x = 0; x < n; x++) {
        int a = image.getRGB(2 * x, 2 * y);
        int b = image.getRGB(2 * x + 1, 2 * y);
        int c = image.getRGB(2 * x, 2 * y + 1);
        int d = image.getRGB(2 * x + 1, 2 * y + 1);
        half.setRGB(x, y, mean(a, b, c, d, 16) | mean(a, b, c, d, 8) | mean(a, b, c, d, 0));
      }
    }
    return half;
  }

  private static int mean(int a, int b, int c, int d, int shift) {
    return ((a >> shift & 255) + (b >> shift & 255) + (c >> shift & 255) + (d >> shift & 255) + 2)
            / 4
        << shift;
  }

  private void label(Graphics2D pen, int margin, int pitch) {
    pen.setColor(INK);
    pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    double height = margin * 0.42;
    for (Fruit fruit : Fruit.values()) {
      double x = margin + fruit.ordinal() * pitch + cell / 2.0;
      Lettering.draw(pen, fruit.label(), x, margin / 2.0, height, cell * 0.95, false);
    }
    for (Style style : Style.values()) {
      double y = margin + style.ordinal() * pitch + cell / 2.0;
      Lettering.draw(pen, style.label(), margin / 2.0, y, height, cell * 0.95, true);
    }
  }
}

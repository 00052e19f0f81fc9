package io.semblance.salad;

import io.semblance.salad.figure.Drawing;
import io.semblance.salad.figure.Lettering;
import io.semblance.salad.figure.Mark;
import io.semblance.salad.figure.Mark.Anchor;
import io.semblance.salad.figure.Palette;
import io.semblance.salad.figure.Shape;
import java.util.Arrays;
import java.util.Locale;

/// Draws images in the plane: colour is the category, shape the style. Source: fruit-SALAD, figure
/// 7.
final class ScatterFigure {

  private static final double SIDE = 480;
  private static final double LEFT = 20;
  private static final double TOP = 52;
  private static final double SIZE = 12;

  private ScatterFigure() {}

  /// @param title usually the model's name
  /// @param axes of the salad
  /// @param scatter any
  static Drawing of(String title, SaladAxes axes, Scatter scatter) {
    int[] categories = distinct(scatter, axes::categoryOf);
    int[] styles = distinct(scatter, axes::styleOf);
    double widest = 80;
    for (int c : categories) {
      widest = Math.max(widest, Lettering.width(axes.categories().get(c), SIZE));
    }
    for (int s : styles) {
      widest = Math.max(widest, Lettering.width(axes.styles().get(s), SIZE));
    }
    double rows = 20.0 * (categories.length + styles.length) + 70;
    var drawing = new Drawing(LEFT + SIDE + 50 + widest, Math.max(TOP + SIDE, rows) + 20);
    drawing.text(title, LEFT, 22, 16, Anchor.START);
    drawing.add(new Mark.Text(quality(scatter), LEFT, 42, 11, Anchor.START, false, Drawing.QUIET));
    var frame = new PlaneFrame(scatter.points(), LEFT, TOP, SIDE, SIDE, 14);
    frame.draw(drawing, false);
    for (int i = 0; i < scatter.cells().length; i++) {
      drawing.add(
          new Mark.Dot(
              Shape.cycle(axes.styleOf(scatter.cells()[i])),
              frame.x(scatter.points().get(i, 0)),
              frame.y(scatter.points().get(i, 1)),
              4.5,
              Palette.kind(Arrays.binarySearch(categories, axes.categoryOf(scatter.cells()[i])))));
    }
    legend(drawing, axes, categories, styles);
    return drawing;
  }

  /// @return how the layout was made and how well it keeps distances
  static String quality(Scatter scatter) {
    String shown =
        scatter.cells().length == scatter.chosen()
            ? scatter.chosen() + " images"
            : scatter.cells().length + " of " + scatter.chosen() + " images";
    return switch (scatter.method()) {
      case MDS -> String.format(Locale.ROOT, "MDS of %s, stress-1 %.3f", shown, scatter.stress1());
      case PCA ->
          String.format(
              Locale.ROOT,
              "principal components of %s, %.1f %% of variance",
              shown,
              100 * scatter.explained());
    };
  }

  private static void legend(Drawing drawing, SaladAxes axes, int[] categories, int[] styles) {
    double x = LEFT + SIDE + 24;
    double y = TOP + 10;
    for (int k = 0; k < categories.length; k++) {
      drawing.add(new Mark.Dot(Shape.CIRCLE, x, y, 5, Palette.kind(k)));
      drawing.text(axes.categories().get(categories[k]), x + 14, y + 4, SIZE, Anchor.START);
      y += 20;
    }
    y += 14;
    for (int s : styles) {
      drawing.add(new Mark.Dot(Shape.cycle(s), x, y, 5, Drawing.QUIET));
      drawing.text(axes.styles().get(s), x + 14, y + 4, SIZE, Anchor.START);
      y += 20;
    }
  }

  private static int[] distinct(Scatter scatter, java.util.function.IntUnaryOperator part) {
    return Arrays.stream(scatter.cells()).map(part).sorted().distinct().toArray();
  }
}

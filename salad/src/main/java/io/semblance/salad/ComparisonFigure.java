package io.semblance.salad;

import io.semblance.core.linalg.Matrix;
import io.semblance.salad.figure.Drawing;
import io.semblance.salad.figure.LabelPlacement;
import io.semblance.salad.figure.Lettering;
import io.semblance.salad.figure.Mark;
import io.semblance.salad.figure.Mark.Anchor;
import io.semblance.salad.figure.Palette;
import io.semblance.salad.figure.Shape;
import java.util.Locale;
import java.util.Set;

/// Draws models on their first two principal components, each with its name. Source: fruit-SALAD,
/// figure 6.
final class ComparisonFigure {

  private static final double WIDTH = 760;
  private static final double HEIGHT = 520;
  private static final double LEFT = 40;
  private static final double TOP = 40;
  private static final double SIZE = 12;
  private static final double RADIUS = 5;

  private ComparisonFigure() {}

  /// @param comparison of at least two models
  /// @param conceptual names of the models made from labels alone
  static Drawing of(ModelComparison comparison, Set<String> conceptual) {
    var drawing = new Drawing(WIDTH, HEIGHT);
    double width = WIDTH - LEFT - 20;
    double height = HEIGHT - TOP - 40;
    Matrix scores = comparison.scores();
    var frame = new PlaneFrame(scores, LEFT, TOP, width, height, 60);
    frame.draw(drawing, true);
    axes(drawing, comparison);
    var labels = new LabelPlacement(LEFT + 2, TOP + 2, width - 4, height - 4);
    for (int m = 0; m < scores.rows(); m++) {
      labels.keepFree(x(frame, scores, m), y(frame, scores, m), RADIUS + 2);
    }
    for (int m = 0; m < scores.rows(); m++) {
      String name = comparison.models().get(m);
      double x = x(frame, scores, m);
      double y = y(frame, scores, m);
      boolean concept = conceptual.contains(name);
      int color = Palette.kind(concept ? 1 : 0);
      LabelPlacement.Place place =
          labels.place(x, y, RADIUS + 3, Lettering.width(name, SIZE), SIZE + 2);
      if (place.distance() > RADIUS + 4) {
        double towards = Math.clamp(x, place.x(), place.x() + Lettering.width(name, SIZE));
        drawing.line(x, y, towards, Math.clamp(y, place.y(), place.y() + SIZE + 2), 0xbbbbbb);
      }
      drawing.add(new Mark.Dot(concept ? Shape.DIAMOND : Shape.CIRCLE, x, y, RADIUS, color));
      drawing.text(name, place.x(), place.y() + SIZE - 1, SIZE, Anchor.START);
    }
    return drawing;
  }

  private static void axes(Drawing drawing, ModelComparison comparison) {
    drawing.text(component(comparison, 0), WIDTH - 20, HEIGHT - 20, SIZE, Anchor.END);
    drawing.add(
        new Mark.Text(
            component(comparison, 1), LEFT - 10, TOP, SIZE, Anchor.END, true, Drawing.INK));
    drawing.add(new Mark.Dot(Shape.CIRCLE, LEFT + 6, 20, RADIUS, Palette.kind(0)));
    drawing.text("computed from images", LEFT + 18, 24, SIZE, Anchor.START);
    drawing.add(new Mark.Dot(Shape.DIAMOND, LEFT + 206, 20, RADIUS, Palette.kind(1)));
    drawing.text("conceptual, from labels", LEFT + 218, 24, SIZE, Anchor.START);
  }

  private static String component(ModelComparison comparison, int k) {
    double share = k < comparison.explained().length ? comparison.explained()[k] : 0;
    return String.format(Locale.ROOT, "component %d (%.1f %% of variance)", k + 1, 100 * share);
  }

  private static double x(PlaneFrame frame, Matrix scores, int m) {
    return frame.x(PlaneFrame.coordinate(scores, m, 0));
  }

  private static double y(PlaneFrame frame, Matrix scores, int m) {
    return frame.y(PlaneFrame.coordinate(scores, m, 1));
  }
}

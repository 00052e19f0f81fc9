package io.semblance.salad;

import io.semblance.salad.figure.Drawing;
import io.semblance.salad.figure.Lettering;
import io.semblance.salad.figure.Mark;
import io.semblance.salad.figure.Mark.Anchor;
import io.semblance.salad.figure.Palette;
import java.util.List;
import java.util.Locale;

/// Draws a heatmap once with both orders: below the diagonal sorted by style, then category; above
/// it by category, then style. Low is blue, high is yellow, the diagonal is left out. Source:
/// fruit-SALAD, figure 4.
final class HeatmapFigure {

  private static final double TITLE = 16;
  private static final double LABEL = 11;
  private static final int MISSING = 0xdddddd;

  private final String title;
  private final Heatmap heatmap;
  private final SaladAxes axes;
  private final int cell;
  private final double side;
  private final double left;
  private final double top;
  private final Drawing drawing;

  private HeatmapFigure(String title, Heatmap heatmap) {
    this.title = title;
    this.heatmap = heatmap;
    this.axes = heatmap.axes();
    this.cell = Math.clamp(620 / Math.max(1, axes.cells()), 2, 40);
    this.side = (double) cell * axes.cells();
    double styles = widest(axes.styles());
    double categories = widest(axes.categories());
    this.left = styles + 40;
    this.top = 2 * TITLE + 26 + (fits(axes.categories(), axes.styles()) ? LABEL : categories);
    double below = (fits(axes.styles(), axes.categories()) ? LABEL : styles) + 90;
    this.drawing = new Drawing(left + side + categories + 44, top + side + below);
  }

  /// @param title usually the model's name
  /// @param heatmap any
  static Drawing of(String title, Heatmap heatmap) {
    var figure = new HeatmapFigure(title, heatmap);
    figure.cells();
    figure.groups();
    figure.labels();
    figure.legend();
    return figure.drawing;
  }

  /// Where the cells are, in the drawing's units.
  ///
  /// @param left of the first column
  /// @param top of the first row
  /// @param cell width and height of a cell
  /// @param width of the whole drawing
  record Place(double left, double top, int cell, double width) {}

  /// @param heatmap any; those on the same axes have the same place
  static Place place(Heatmap heatmap) {
    var figure = new HeatmapFigure("", heatmap);
    return new Place(figure.left, figure.top, figure.cell, figure.drawing.width());
  }

  private void cells() {
    drawing.text(title, left, 1.4 * TITLE, TITLE, Anchor.START);
    double[] range = range(heatmap);
    for (int row = 0; row < axes.cells(); row++) {
      for (int column = 0; column < axes.cells(); column++) {
        if (row != column) {
          boolean below = row > column;
          double mean = heatmap.means().get(cellAt(row, below), cellAt(column, below));
          int color =
              Double.isNaN(mean)
                  ? MISSING
                  : Palette.scale((mean - range[0]) / (range[1] - range[0]));
          drawing.add(new Mark.Box(left + column * cell, top + row * cell, cell, cell, color));
        }
      }
    }
  }

  /// White lines between groups, each in its own triangle.
  private void groups() {
    for (int k = 1; k < axes.styles().size(); k++) {
      double at = (double) k * axes.categories().size() * cell;
      white(left, top + at, left + at, top + at);
      white(left + at, top + at, left + at, top + side);
    }
    for (int k = 1; k < axes.categories().size(); k++) {
      double at = (double) k * axes.styles().size() * cell;
      white(left + at, top, left + at, top + at);
      white(left + at, top + at, left + side, top + at);
    }
  }

  private void white(double x1, double y1, double x2, double y2) {
    drawing.line(x1, y1, x2, y2, 0xffffff);
  }

  private void labels() {
    List<String> styles = axes.styles();
    List<String> categories = axes.categories();
    for (int k = 0; k < styles.size(); k++) {
      double middle = (k + 0.5) * categories.size() * cell;
      drawing.text(styles.get(k), left - 8, top + middle + 4, LABEL, Anchor.END);
      across(styles.get(k), middle, top + side, fits(styles, categories), false);
    }
    for (int k = 0; k < categories.size(); k++) {
      double middle = (k + 0.5) * styles.size() * cell;
      drawing.text(categories.get(k), left + side + 8, top + middle + 4, LABEL, Anchor.START);
      across(categories.get(k), middle, top, fits(categories, styles), true);
    }
    quiet("above the diagonal: by category, then style", left + side, 1.4 * TITLE + 18, Anchor.END);
    quiet("below the diagonal: by style, then category", left, drawing.height() - 62, Anchor.START);
  }

  private void across(String label, double middle, double edge, boolean flat, boolean above) {
    if (flat) {
      drawing.text(label, left + middle, above ? edge - 8 : edge + 17, LABEL, Anchor.MIDDLE);
    } else {
      drawing.add(
          new Mark.Text(
              label,
              left + middle + 4,
              above ? edge - 8 : edge + 8,
              LABEL,
              above ? Anchor.START : Anchor.END,
              true,
              Drawing.INK));
    }
  }

  private void legend() {
    double[] range = range(heatmap);
    double y = drawing.height() - 48;
    int steps = 100;
    double width = Math.min(side, 300);
    for (int k = 0; k < steps; k++) {
      drawing.add(
          new Mark.Box(
              left + Math.floor(k * width / steps),
              y,
              Math.ceil(width / steps),
              12,
              Palette.scale(k / (steps - 1.0))));
    }
    quiet(number(range[0]), left, y + 26, Anchor.START);
    quiet(number(range[1]), left + width, y + 26, Anchor.END);
    quiet("mean distance, low = alike", left + width + 14, y + 10, Anchor.START);
  }

  private void quiet(String text, double x, double y, Anchor anchor) {
    drawing.add(new Mark.Text(text, x, y, LABEL, anchor, false, Drawing.QUIET));
  }

  private int cellAt(int position, boolean styleFirst) {
    int inner = styleFirst ? axes.categories().size() : axes.styles().size();
    return styleFirst
        ? axes.cell(position % inner, position / inner)
        : axes.cell(position / inner, position % inner);
  }

  /// Whether every label is narrower than its group of cells.
  private boolean fits(List<String> outer, List<String> inner) {
    return widest(outer) < (double) inner.size() * cell - 4;
  }

  private static double widest(List<String> labels) {
    return labels.stream().mapToDouble(l -> Lettering.width(l, LABEL)).max().orElse(0);
  }

  /// @return smallest and largest defined number off the diagonal
  private static double[] range(Heatmap heatmap) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (double v : heatmap.offDiagonal()) {
      if (!Double.isNaN(v)) {
        low = Math.min(low, v);
        high = Math.max(high, v);
      }
    }
    return low < high ? new double[] {low, high} : new double[] {Math.min(low, 0), low + 1};
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.3g", value);
  }
}

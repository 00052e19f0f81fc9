package io.semblance.salad;

import io.semblance.core.linalg.Matrix;
import io.semblance.salad.figure.Drawing;

/// Puts points of the plane into a frame on a drawing, with the same scale for both axes.
final class PlaneFrame {

  private final double left;
  private final double top;
  private final double width;
  private final double height;
  private final double middleX;
  private final double middleY;
  private final double scale;

  /// @param points p x 2 or p x 1, p >= 1
  /// @param left of the frame on the drawing
  /// @param top of the frame
  /// @param width of the frame
  /// @param height of the frame
  /// @param inset pixels kept free inside the frame
  PlaneFrame(Matrix points, double left, double top, double width, double height, double inset) {
    this.left = left;
    this.top = top;
    this.width = width;
    this.height = height;
    double[] x = range(points, 0);
    double[] y = range(points, 1);
    this.middleX = (x[0] + x[1]) / 2;
    this.middleY = (y[0] + y[1]) / 2;
    double spreadX = Math.max(x[1] - x[0], 1e-9);
    double spreadY = Math.max(y[1] - y[0], 1e-9);
    this.scale = Math.min((width - 2 * inset) / spreadX, (height - 2 * inset) / spreadY);
  }

  /// @param value first coordinate
  /// @return pixels from the drawing's left
  double x(double value) {
    return left + width / 2 + (value - middleX) * scale;
  }

  /// @param value second coordinate
  /// @return pixels from the drawing's top
  double y(double value) {
    return top + height / 2 - (value - middleY) * scale;
  }

  /// Draws the border, and the lines through the origin if they fall inside.
  void draw(Drawing drawing, boolean origin) {
    if (origin && x(0) > left && x(0) < left + width) {
      drawing.line(x(0), top, x(0), top + height, 0xe4e4e4);
    }
    if (origin && y(0) > top && y(0) < top + height) {
      drawing.line(left, y(0), left + width, y(0), 0xe4e4e4);
    }
    drawing.line(left, top, left + width, top, 0xbbbbbb);
    drawing.line(left, top + height, left + width, top + height, 0xbbbbbb);
    drawing.line(left, top, left, top + height, 0xbbbbbb);
    drawing.line(left + width, top, left + width, top + height, 0xbbbbbb);
  }

  /// @param points p x c
  /// @param row of a point
  /// @param column of a coordinate
  /// @return the coordinate, 0 where there are fewer columns
  static double coordinate(Matrix points, int row, int column) {
    return column < points.columns() ? points.get(row, column) : 0;
  }

  private static double[] range(Matrix points, int column) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < points.rows(); i++) {
      low = Math.min(low, coordinate(points, i, column));
      high = Math.max(high, coordinate(points, i, column));
    }
    return new double[] {low, high};
  }
}

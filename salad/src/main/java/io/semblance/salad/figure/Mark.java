package io.semblance.salad.figure;

/// One thing on a drawing. Coordinates are in pixels, y grows downwards; colours are `0xRRGGBB`.
public sealed interface Mark {

  /// A filled rectangle without an outline, painted without softened edges.
  ///
  /// @param x left
  /// @param y top
  /// @param width of the rectangle
  /// @param height of the rectangle
  /// @param color fill
  record Box(double x, double y, double width, double height, int color) implements Mark {}

  /// A straight line.
  ///
  /// @param x1 start
  /// @param y1 start
  /// @param x2 end
  /// @param y2 end
  /// @param width thickness
  /// @param color of the line
  record Line(double x1, double y1, double x2, double y2, double width, int color)
      implements Mark {}

  /// A small symbol.
  ///
  /// @param shape its form
  /// @param x centre
  /// @param y centre
  /// @param radius half its width
  /// @param color fill
  record Dot(Shape shape, double x, double y, double radius, int color) implements Mark {}

  /// A line of text.
  ///
  /// @param text what it says
  /// @param x of the anchor
  /// @param y of the baseline; of the anchor if `upwards`
  /// @param size height of the letters in pixels, as CSS counts it
  /// @param anchor which part of the text stands at x
  /// @param upwards whether it reads from bottom to top
  /// @param color of the letters
  record Text(
      String text, double x, double y, double size, Anchor anchor, boolean upwards, int color)
      implements Mark {}

  /// Which part of a text stands at its coordinates.
  enum Anchor {
    /// Its beginning.
    START,
    /// Its middle.
    MIDDLE,
    /// Its end.
    END
  }
}

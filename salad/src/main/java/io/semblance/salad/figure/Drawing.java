package io.semblance.salad.figure;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// A white sheet with marks, later ones on top. Not safe for use by several threads.
public final class Drawing {

  /// Nearly black, for words.
  public static final int INK = 0x222222;

  /// Grey, for what is less important.
  public static final int QUIET = 0x777777;

  private final double width;
  private final double height;
  private final List<Mark> marks = new ArrayList<>();

  /// @param width in pixels, above 0
  /// @param height in pixels, above 0
  public Drawing(double width, double height) {
    this.width = width;
    this.height = height;
  }

  /// @return in pixels
  public double width() {
    return width;
  }

  /// @return in pixels
  public double height() {
    return height;
  }

  /// @return all marks, first one undermost
  public List<Mark> marks() {
    return Collections.unmodifiableList(marks);
  }

  /// @param mark put on top of the others
  public void add(Mark mark) {
    marks.add(mark);
  }

  /// Writes a line of text.
  ///
  /// @param text what it says
  /// @param x of the anchor
  /// @param y of the baseline
  /// @param size letter size
  /// @param anchor which part stands at x
  public void text(String text, double x, double y, double size, Mark.Anchor anchor) {
    add(new Mark.Text(text, x, y, size, anchor, false, INK));
  }

  /// Draws a thin line.
  ///
  /// @param x1 start
  /// @param y1 start
  /// @param x2 end
  /// @param y2 end
  /// @param color `0xRRGGBB`
  public void line(double x1, double y1, double x2, double y2, int color) {
    add(new Mark.Line(x1, y1, x2, y2, 1, color));
  }
}

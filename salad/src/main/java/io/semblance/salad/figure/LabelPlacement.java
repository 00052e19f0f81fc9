package io.semblance.salad.figure;

import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;

/// Finds free places for labels beside points: as near as possible, never over a point or another
/// label. Greedy, in the order of the calls.
public final class LabelPlacement {

  private static final int DIRECTIONS = 16;

  private final Rectangle2D frame;
  private final List<Rectangle2D> taken = new ArrayList<>();

  /// @param x left of the frame no label may leave
  /// @param y top
  /// @param width of the frame
  /// @param height of the frame
  public LabelPlacement(double x, double y, double width, double height) {
    this.frame = new Rectangle2D.Double(x, y, width, height);
  }

  /// A label's place.
  ///
  /// @param x left
  /// @param y top
  /// @param distance from the point to the label's nearest edge
  public record Place(double x, double y, double distance) {}

  /// @param x centre of a point that no label may cover
  /// @param y centre
  /// @param radius of the point
  public void keepFree(double x, double y, double radius) {
    taken.add(new Rectangle2D.Double(x - radius, y - radius, 2 * radius, 2 * radius));
  }

  /// Takes a free place near a point.
  ///
  /// @param x of the point
  /// @param y of the point
  /// @param gap smallest distance from the point
  /// @param width of the label
  /// @param height of the label
  /// @return where it fits; beside the point if nothing is free
  public Place place(double x, double y, double gap, double width, double height) {
    for (double far = gap; far < Math.max(frame.getWidth(), frame.getHeight()); far += 4) {
      for (int k = 0; k < DIRECTIONS; k++) {
        int turn = (k % 2 == 0 ? k : -k - 1) / 2; // 0, -1, 1, -2, 2 ...
        double angle = 2 * Math.PI * turn / DIRECTIONS;
        double cos = Math.cos(angle);
        double sin = Math.sin(angle);
        double left = x + cos * far + (cos - 1) / 2 * width;
        double top = y + sin * far + (sin - 1) / 2 * height;
        var box = new Rectangle2D.Double(left, top, width, height);
        if (frame.contains(box) && taken.stream().noneMatch(box::intersects)) {
          taken.add(box);
          return new Place(left, top, far);
        }
      }
    }
    return new Place(x + gap, y - height / 2, gap);
  }
}

package io.semblance.synth.paint.scene;

import java.util.List;

/// One fruit or piece of fruit, with what hangs on it.
///
/// @param parts back to front
/// @param footX scene x of the point where it touches the table
/// @param footY scene y of that point
/// @param reach half the width of its contact with the table, scene units
public record Item(List<Part> parts, double footX, double footY, double reach) {
  /// Copies the list.
  public Item {
    parts = List.copyOf(parts);
  }
}

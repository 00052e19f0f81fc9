package io.semblance.core.collection;

import java.util.List;

/// Where an image stands on a salad's grid. Each part may be unknown (null).
///
/// @param category what is shown, e.g. "apple"
/// @param style how it is shown, e.g. "crayon"
/// @param instance which of the images of that category and style, e.g. "042"
public record Labels(String category, String style, String instance) {

  /// The parts' names, in order: of columns, JSON members and fields of patterns.
  public static final List<String> NAMES = List.of("category", "style", "instance");

  /// No label is known.
  public static final Labels NONE = new Labels(null, null, null);

  /// @param category what is shown, or null
  /// @param style how it is shown, or null
  /// @param instance which of them, or null
  /// @return the labels; [#NONE] itself where nothing is known
  public static Labels of(String category, String style, String instance) {
    return category == null && style == null && instance == null
        ? NONE
        : new Labels(category, style, instance);
  }

  /// @return whether both category and style are known, so that the image has a cell
  public boolean hasCell() {
    return category != null && style != null;
  }
}

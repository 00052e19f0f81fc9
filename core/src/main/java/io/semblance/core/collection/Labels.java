package io.semblance.core.collection;

/// Where an image stands on a salad's grid. Each part may be unknown (null).
///
/// @param category what is shown, e.g. "apple"
/// @param style how it is shown, e.g. "crayon"
/// @param instance which of the images of that category and style, e.g. "042"
public record Labels(String category, String style, String instance) {

  /// No label is known.
  public static final Labels NONE = new Labels(null, null, null);

  /// @return whether both category and style are known, so that the image has a cell
  public boolean hasCell() {
    return category != null && style != null;
  }
}

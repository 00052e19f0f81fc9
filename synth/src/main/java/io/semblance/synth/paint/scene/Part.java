package io.semblance.synth.paint.scene;

import java.util.List;

/// One region of a fruit: form, surface, and details drawn on top.
///
/// @param form its outline and relief
/// @param skin its surface
/// @param role what it is to the fruit
/// @param marks details, later ones over earlier ones
public record Part(Geometry form, Skin skin, Role role, List<Mark> marks) {
  /// Copies the list.
  public Part {
    marks = List.copyOf(marks);
  }

  /// A part without details.
  ///
  /// @param form its outline and relief
  /// @param skin its surface
  /// @param role what it is to the fruit
  public Part(Geometry form, Skin skin, Role role) {
    this(form, skin, role, List.of());
  }
}

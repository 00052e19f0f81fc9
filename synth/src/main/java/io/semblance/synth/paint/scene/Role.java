package io.semblance.synth.paint.scene;

/// What a part is to its fruit; renderers treat them apart.
public enum Role {
  /// The fruit's outside.
  BODY,
  /// A cut face or other flat inside.
  FLESH,
  /// A stone or large seed.
  PIT,
  /// Leaf, sepal or crown blade.
  LEAF,
  /// Stem, stalk or scar.
  STEM
}

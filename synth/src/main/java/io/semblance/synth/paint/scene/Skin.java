package io.semblance.synth.paint.scene;

/// What a surface looks like, before any light falls on it.
@FunctionalInterface
public interface Skin {
  /// Colours one point.
  ///
  /// @param spot has its place filled in; receives colour and gloss, and may have its normal bent
  void paint(Spot spot);

  /// {@return a plain surface}
  ///
  /// @param colour the same everywhere
  /// @param gloss in [0, 1]
  static Skin plain(Rgb colour, double gloss) {
    return spot -> spot.set(colour, gloss);
  }
}

package io.semblance.synth.paint;

/// The ten fruits of SALAD, in the paper's order. Source: Ohm et al., "fruit-SALAD: A Style Aligned
/// Artwork Dataset to reveal similarity perception in image embeddings".
public enum Fruit {
  /// A mound of dusty blue berries.
  BLUEBERRIES,
  /// Purple figs, mostly with a cut half.
  FIG,
  /// Red hearts with seeds and sepals.
  STRAWBERRY,
  /// Red apples with stem and leaf.
  APPLE,
  /// A cut orange, often with a whole one.
  ORANGE,
  /// One pineapple with its crown.
  PINEAPPLE,
  /// A bunch of bananas.
  BANANAS,
  /// Yellow-green pears.
  PEAR,
  /// A halved avocado with its stone.
  AVOCADO,
  /// A cut kiwi, often with a whole one.
  KIWI;

  /// {@return the lower-case word, as used in file names, for example "blueberries"}
  public String label() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}

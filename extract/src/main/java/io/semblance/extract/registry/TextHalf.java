package io.semblance.extract.registry;

import io.semblance.extract.text.TextCard;
import java.util.List;
import java.util.Optional;

/// The text tower of a model whose image tower the registry has. Its id is that of the image model
/// with `-text` behind it, and its vectors are in that model's space.
///
/// @param card how the graph is fed, in the terms of the first of `weights`; empty where the export
///   writes it
/// @param json what `card` was read from, or null
/// @param weights where they come from, best first, at least one
public record TextHalf(Optional<TextCard> card, String json, List<Weights> weights) {

  private static final String ENDING = "-text";

  /// Copies the list.
  public TextHalf {
    weights = List.copyOf(weights);
  }

  /// @param imageModel id of the image model
  /// @return id of its text tower
  public static String id(String imageModel) {
    return imageModel + ENDING;
  }
}

package io.semblance.extract.registry;

import io.semblance.extract.ModelCard;
import io.semblance.extract.onnx.OnnxCard;
import java.util.List;
import java.util.Optional;

/// What the program knows of a model that it does not ship.
///
/// @param model id, aliases, dimension (0 where it cannot be established), licence, source,
///   preprocessing; the hash of the weights is null, as they are elsewhere
/// @param onnx how the graph is fed, in the terms of the first of `weights`; empty where that
///   cannot be established, and then the user's own card beside the graph says it
/// @param json what `onnx` was read from, the content of a `model.json`; null where `onnx` is empty
/// @param family of architectures, e.g. `CLIP`
/// @param paper which work it is known from
/// @param terms what the licence asks
/// @param precision of the weights, `float32`
/// @param weights where they come from, best first, at least one
/// @param text its text tower, if it has one
/// @param notes what cannot be established, and what else somebody should know; may be empty
public record RegistryCard(
    ModelCard model,
    Optional<OnnxCard> onnx,
    String json,
    String family,
    Paper paper,
    Terms terms,
    String precision,
    List<Weights> weights,
    Optional<TextHalf> text,
    List<String> notes) {

  /// Copies the lists.
  public RegistryCard {
    weights = List.copyOf(weights);
    notes = List.copyOf(notes);
  }

  /// What a licence asks before the weights may be had.
  ///
  /// @param gated whether the publisher wants it accepted first
  /// @param nonCommercial whether it forbids commercial use
  public record Terms(boolean gated, boolean nonCommercial) {

    /// @return whether somebody has to say yes to it
    public boolean ask() {
      return gated || nonCommercial;
    }
  }

  /// @return stable name
  public String id() {
    return model.id();
  }

  /// @return the weights that can be downloaded ready to run, if there are any
  public Optional<Weights.Hub> hub() {
    for (Weights some : weights) {
      if (some instanceof Weights.Hub hub) {
        return Optional.of(hub);
      }
    }
    return Optional.empty();
  }
}

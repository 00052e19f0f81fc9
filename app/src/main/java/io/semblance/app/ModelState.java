package io.semblance.app;

import com.fasterxml.jackson.annotation.JsonValue;
import io.semblance.extract.registry.LocalModel;
import io.semblance.extract.registry.LocalText;
import io.semblance.extract.registry.RegistryCard;
import io.semblance.extract.registry.Weights;

/// What it takes to use a model.
enum ModelState {
  BUILT_IN("built in"),
  HERE("here"),
  PULL("pull"),
  PULL_LICENCE("pull, licence"),
  EXPORT("export"),
  YOURS("yours");

  private final String words;

  ModelState(String words) {
    this.words = words;
  }

  static ModelState of(LocalModel model) {
    if (model.present()) {
      return HERE;
    }
    return absent(model.card(), model.card().weights().getFirst());
  }

  static ModelState of(LocalText text) {
    return text.present()
        ? HERE
        : absent(text.card(), text.card().text().orElseThrow().weights().getFirst());
  }

  private static ModelState absent(RegistryCard card, Weights best) {
    return switch (best) {
      case Weights.Hub _ -> card.terms().ask() ? PULL_LICENCE : PULL;
      case Weights.Export _ -> EXPORT;
      case Weights.Own _ -> YOURS;
    };
  }

  @Override
  @JsonValue
  public String toString() {
    return words;
  }
}

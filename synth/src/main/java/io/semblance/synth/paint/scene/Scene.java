package io.semblance.synth.paint.scene;

import java.util.List;

/// What is to be painted, before any style: fruits on a table or in a heap, and the light.
///
/// @param items back to front
/// @param light the one light
public record Scene(List<Item> items, Light light) {
  /// Copies the list.
  public Scene {
    items = List.copyOf(items);
  }
}

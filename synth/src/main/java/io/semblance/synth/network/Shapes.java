package io.semblance.synth.network;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// Gathers the parameters that the parts of a network declare as they are made.
final class Shapes {

  private final Map<String, long[]> byName = new LinkedHashMap<>();

  /// @param name of a parameter
  /// @param sizes of its axes
  /// @return the name
  String declare(String name, long... sizes) {
    if (byName.put(name, sizes) != null) {
      throw new IllegalStateException("two parts of the network are called " + name);
    }
    return name;
  }

  /// @return sizes of axes by name, in the order of the network
  Map<String, long[]> byName() {
    return Collections.unmodifiableMap(byName);
  }
}

package io.semblance.core.array;

/// What one entry of an array file holds: numbers or texts.
public sealed interface StoredArray permits NumberArray, TextArray {

  /// @return a copy of the sizes of the axes
  long[] shape();

  /// @return type and shape in words, e.g. `float32 3 x 4`
  @Override
  String toString();
}

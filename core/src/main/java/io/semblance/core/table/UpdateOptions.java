package io.semblance.core.table;

/// What a [TableUpdate] does with vectors of earlier runs.
///
/// @param reuse whether the vector of an image depends on its file alone, so that an earlier one
///   can stand for it; false for models that read labels
/// @param prune whether rows of images that are gone are dropped; else they stay at the table's end
public record UpdateOptions(boolean reuse, boolean prune) {

  /// @return vectors are reused and rows of images that are gone stay
  public static UpdateOptions defaults() {
    return new UpdateOptions(true, false);
  }

  /// @param value whether an earlier vector can stand for an image
  /// @return these options with another answer
  public UpdateOptions withReuse(boolean value) {
    return new UpdateOptions(value, prune);
  }

  /// @param value whether rows of images that are gone are dropped
  /// @return these options with another answer
  public UpdateOptions withPrune(boolean value) {
    return new UpdateOptions(reuse, value);
  }
}

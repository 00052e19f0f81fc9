package io.semblance.core.table;

/// What a [TableUpdate] does with vectors of earlier runs.
///
/// @param reuse whether the vector of an image depends on its file alone, so that an earlier one
///   can stand for it; false for models that read labels
/// @param prune whether rows of images that are gone are dropped; else they stay at the table's end
/// @param fresh whether to begin again, whatever is there; a finished table gives way when the new
///   one is whole
public record UpdateOptions(boolean reuse, boolean prune, boolean fresh) {

  /// @return vectors are reused and rows of images that are gone stay
  public static UpdateOptions defaults() {
    return new UpdateOptions(true, false, false);
  }

  /// @param value whether an earlier vector can stand for an image
  /// @return these options with another answer
  public UpdateOptions withReuse(boolean value) {
    return new UpdateOptions(value, prune, fresh);
  }

  /// @param value whether rows of images that are gone are dropped
  /// @return these options with another answer
  public UpdateOptions withPrune(boolean value) {
    return new UpdateOptions(reuse, value, fresh);
  }

  /// @param value whether to begin again
  /// @return these options with another answer
  public UpdateOptions withFresh(boolean value) {
    return new UpdateOptions(reuse, prune, value);
  }
}

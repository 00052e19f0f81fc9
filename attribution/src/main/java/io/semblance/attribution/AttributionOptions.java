package io.semblance.attribution;

/// How queries are attributed.
///
/// @param top how many images to list for each query, at least 1
/// @param excludeSelf whether a query that is itself in the index is left out of its own hits
public record AttributionOptions(int top, boolean excludeSelf) {

  /// Checks the options.
  ///
  /// @throws IllegalArgumentException if `top` is below 1
  public AttributionOptions {
    if (top < 1) {
      throw new IllegalArgumentException("top must be at least 1, got " + top);
    }
  }

  /// @return ten images a query, itself included
  public static AttributionOptions defaults() {
    return new AttributionOptions(10, false);
  }

  /// @param count how many images to list for each query, at least 1
  /// @return the same options with that number
  public AttributionOptions withTop(int count) {
    return new AttributionOptions(count, excludeSelf);
  }

  /// @param exclude whether a query is left out of its own hits
  /// @return the same options with that choice
  public AttributionOptions withExcludeSelf(boolean exclude) {
    return new AttributionOptions(top, exclude);
  }
}

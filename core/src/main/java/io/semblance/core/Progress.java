package io.semblance.core;

/// Hears how far a long job is. Calls come from one thread at a time and may be frequent; the
/// listener thins them out.
@FunctionalInterface
public interface Progress {

  /// @param done units finished so far, from 0 to `total`
  /// @param total units in all, at least 0
  void at(long done, long total);

  /// A listener that does nothing.
  static Progress none() {
    return (_, _) -> {};
  }
}

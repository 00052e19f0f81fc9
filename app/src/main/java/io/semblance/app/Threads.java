package io.semblance.app;

import io.semblance.core.linalg.LinearAlgebra;

/// The one thread setting of a command.
final class Threads {

  private Threads() {}

  /// Sets libtorch's threads; ONNX Runtime takes its number with each session.
  ///
  /// @param count at least 1
  static void use(int count) {
    LinearAlgebra.threads(count);
  }
}

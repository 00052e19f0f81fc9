package io.semblance.synth.weights;

import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/// Work whose native memory is freed at its end, but for its result.
public final class Scoped {

  private Scoped() {}

  /// Does some work and frees all that it made but its result, which goes to the scope around.
  ///
  /// @param work answers with a tensor that it made
  /// @return that tensor; the caller's
  public static Tensor keep(Supplier<Tensor> work) {
    PointerScope outer = PointerScope.getInnerScope();
    try (var _ = new PointerScope()) {
      return handed(work.get(), outer);
    }
  }

  /// Hands a tensor of this scope to another, so that it outlives this one.
  ///
  /// @param tensor made in this scope
  /// @param outer the scope around, or null for none: the tensor then lives until it is closed
  /// @return the tensor
  public static Tensor handed(Tensor tensor, PointerScope outer) {
    if (outer == null) {
      tensor.retainReference();
    } else {
      outer.attach(tensor);
    }
    return tensor;
  }
}

package io.semblance.synth.network;

import io.semblance.synth.weights.Parameters;
import io.semblance.synth.weights.Scoped;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;

/// One pass through a network.
///
/// @param parameters of the network
/// @param hooks into it
record Pass(Parameters parameters, Hooks hooks) {

  Tensor parameter(String name) {
    return parameters.get(name);
  }

  /// @param name of a parameter, or null for none
  TensorOptional optional(String name) {
    return name == null ? new TensorOptional() : new TensorOptional(parameters.get(name));
  }

  /// Does some work and frees all that it made but its result, which goes to the scope around.
  ///
  /// @param work answers with a tensor that it made
  static Tensor keep(Supplier<Tensor> work) {
    return Scoped.keep(work);
  }
}

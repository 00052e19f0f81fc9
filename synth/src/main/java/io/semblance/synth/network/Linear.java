package io.semblance.synth.network;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// A product with a matrix along the last axis.
///
/// @param weight name of the matrix, out x in
/// @param bias name of the vector that is added, or null
record Linear(String weight, String bias) {

  static Linear of(Shapes shapes, String name, long in, long out) {
    Linear plain = withoutBias(shapes, name, in, out);
    return new Linear(plain.weight, shapes.declare(name + ".bias", out));
  }

  static Linear withoutBias(Shapes shapes, String name, long in, long out) {
    return new Linear(shapes.declare(name + ".weight", out, in), null);
  }

  Tensor apply(Pass pass, Tensor x) {
    return torch.linear(x, pass.parameter(weight), pass.optional(bias));
  }
}

package io.semblance.synth.network;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// Each token to mean 0 and variance 1, then a scale and shift for each channel.
///
/// @param name of the layer
/// @param channels of a token
/// @param eps added to the variance
record LayerNorm(String name, long channels, double eps) {

  static LayerNorm of(Shapes shapes, String name, long channels, double eps) {
    shapes.declare(name + ".weight", channels);
    shapes.declare(name + ".bias", channels);
    return new LayerNorm(name, channels, eps);
  }

  Tensor apply(Pass pass, Tensor x) {
    return torch.layer_norm(
        x,
        new long[] {channels},
        pass.optional(name + ".weight"),
        pass.optional(name + ".bias"),
        eps,
        true);
  }
}

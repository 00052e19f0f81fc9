package io.semblance.synth.network;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// Groups of channels to mean 0 and variance 1, then a scale and shift for each channel.
///
/// @param name of the layer
/// @param groups number of groups
/// @param eps added to the variance
record GroupNorm(String name, int groups, double eps) {

  static GroupNorm of(Shapes shapes, String name, long channels, int groups, double eps) {
    shapes.declare(name + ".weight", channels);
    shapes.declare(name + ".bias", channels);
    return new GroupNorm(name, groups, eps);
  }

  Tensor apply(Pass pass, Tensor x) {
    return pass.hooks()
        .groupNorm(
            name,
            x,
            y ->
                torch.group_norm(
                    y,
                    groups,
                    pass.optional(name + ".weight"),
                    pass.optional(name + ".bias"),
                    eps,
                    true));
  }
}

package io.semblance.synth.network;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// Numbers as waves of falling frequency. Source: diffusers, `get_timestep_embedding`.
///
/// @param channels waves, half of them sines
/// @param flip whether cosines come first
/// @param shift of the frequencies
record Sinusoids(int channels, boolean flip, double shift) {

  private static final double PERIOD = 10_000;

  /// @param values `n`, any type
  /// @return `n x channels`, float32
  Tensor of(Tensor values) {
    return Pass.keep(
        () -> {
          int half = channels / 2;
          var floats = new TensorOptions(ScalarType.Float);
          Tensor frequencies =
              torch
                  .arange(new Scalar(half), floats)
                  .mul(new Scalar(-Math.log(PERIOD)))
                  .div(new Scalar(half - shift))
                  .exp()
                  .to(values.device(), ScalarType.Float);
          Tensor angles = values.to(ScalarType.Float).unsqueeze(1).mul(frequencies.unsqueeze(0));
          var waves =
              flip
                  ? new TensorVector(angles.cos(), angles.sin())
                  : new TensorVector(angles.sin(), angles.cos());
          return torch.cat(waves, -1);
        });
  }
}

package io.semblance.synth.schedule;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// How much of an image is left at each timestep: latents are sqrt(a) image + sqrt(1 - a) noise.
///
/// @param kept a of timesteps 0 to T - 1, falling
@SuppressWarnings("ArrayRecordComponent") // a table, not written to
public record NoiseLevels(float[] kept) {

  /// The levels of a training, in float32 by libtorch, as diffusers has them.
  ///
  /// @param config of the training
  /// @return a of each timestep
  public static NoiseLevels of(ScheduleConfig config) {
    try (var _ = new PointerScope()) {
      boolean scaled = config.scaledLinear();
      double from = scaled ? Math.sqrt(config.betaStart()) : config.betaStart();
      double to = scaled ? Math.sqrt(config.betaEnd()) : config.betaEnd();
      var floats = new TensorOptions(ScalarType.Float);
      Tensor line = torch.linspace(new Scalar(from), new Scalar(to), config.trainSteps(), floats);
      Tensor betas = scaled ? line.mul(line) : line;
      Tensor kept = betas.neg().add(new Scalar(1.0)).cumprod(0).contiguous();
      float[] out = new float[config.trainSteps()];
      new FloatPointer(kept.data_ptr_float()).get(out);
      return new NoiseLevels(out);
    }
  }

  /// @param t timestep, 0 to T - 1
  /// @return a
  public double at(int t) {
    return kept[t];
  }

  /// @return T
  public int steps() {
    return kept.length;
  }

  /// Adds noise.
  ///
  /// @param clean latents
  /// @param noise standard normal, of the same shape
  /// @param t timestep
  /// @return sqrt(a) clean + sqrt(1 - a) noise
  public Tensor noised(Tensor clean, Tensor noise, int t) {
    return Mix.of(Math.sqrt(at(t)), clean, Math.sqrt(1 - at(t)), noise);
  }
}

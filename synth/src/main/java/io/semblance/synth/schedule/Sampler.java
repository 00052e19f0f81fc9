package io.semblance.synth.schedule;

import org.bytedeco.pytorch.Tensor;

/// Takes noise from latents in a number of steps. One run, one sampler: some remember earlier
/// steps. Latents begin as standard normal noise.
public sealed interface Sampler permits Ddim, DpmSolver {

  /// The ways.
  enum Kind {
    /// Denoising diffusion implicit models.
    DDIM,
    /// DPM-Solver++ of second order, multistep.
    DPM
  }

  /// @param kind which way
  /// @param config of the model
  /// @param steps n, from 1
  /// @param eta share of noise that DDIM draws anew at each step, 0 to 1
  /// @return a fresh sampler
  /// @throws IllegalArgumentException if there are too many steps, or the way draws no noise
  static Sampler of(Kind kind, ScheduleConfig config, int steps, double eta) {
    NoiseLevels levels = NoiseLevels.of(config);
    return switch (kind) {
      case DDIM -> new Ddim(config, levels, steps, eta);
      case DPM -> {
        if (eta != 0) {
          throw new IllegalArgumentException("eta is " + eta + ": it is for ddim; give 0 with dpm");
        }
        yield new DpmSolver(config, levels, steps);
      }
    };
  }

  /// @return timesteps, the noisiest first; not to be written to
  int[] timesteps();

  /// @return whether [#step] wants noise
  boolean drawsNoise();

  /// One step.
  ///
  /// @param index of the timestep, in order
  /// @param predicted by the network for `latents`, of the same shape and type
  /// @param latents at that timestep
  /// @param noise standard normal, of the same shape, or null where none is wanted
  /// @return latents at the next timestep; the caller's
  Tensor step(int index, Tensor predicted, Tensor latents, Tensor noise);
}

package io.semblance.synth.schedule;

import io.semblance.synth.weights.Scoped;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;

/// DDIM. Source: arXiv 2010.02502, equations 12 and 16; inversion as `invert` of Google's
/// StyleAligned does it.
public final class Ddim implements Sampler {

  private final ScheduleConfig config;
  private final NoiseLevels levels;
  private final int[] timesteps;
  private final int ratio;
  private final double eta;

  /// @param config of the model
  /// @param levels of the same
  /// @param steps n, 1 to T
  /// @param eta share of noise that is drawn anew at each step, 0 to 1
  /// @throws IllegalArgumentException if one is out of range
  public Ddim(ScheduleConfig config, NoiseLevels levels, int steps, double eta) {
    if (!(eta >= 0 && eta <= 1)) {
      throw new IllegalArgumentException("eta is " + eta + ": give 0 to 1");
    }
    this.config = config;
    this.levels = levels;
    this.timesteps = Timesteps.ddim(config, steps);
    this.ratio = config.trainSteps() / steps;
    this.eta = eta;
  }

  @Override
  public int[] timesteps() {
    return timesteps;
  }

  @Override
  public boolean drawsNoise() {
    return eta > 0;
  }

  @Override
  public Tensor step(int index, Tensor predicted, Tensor latents, Tensor noise) {
    int t = timesteps[index];
    double a = levels.at(t);
    double next = before(t);
    double variance = (1 - next) / (1 - a) * (1 - a / next);
    double deviation = eta * Math.sqrt(Math.max(0, variance));
    double rest = Math.sqrt(Math.max(0, 1 - next - deviation * deviation));
    return Scoped.keep(
        () -> {
          Tensor image = clipped(image(predicted, latents, a));
          Tensor direction = noise(predicted, latents, a);
          Tensor out = Mix.of(Math.sqrt(next), image, rest, direction);
          return eta > 0 ? Mix.of(1, out, deviation, noise) : out;
        });
  }

  /// One step backwards, from a timestep to the noisier one whose prediction is given.
  ///
  /// @param t the noisier timestep, at which the network predicted
  /// @param predicted by the network
  /// @param latents at the timestep before
  /// @return latents at t; the caller's
  public Tensor back(int t, Tensor predicted, Tensor latents) {
    double a = levels.at(t);
    double before = before(t);
    return Scoped.keep(
        () -> {
          Tensor image = image(predicted, latents, before);
          Tensor direction = noise(predicted, latents, before);
          return Mix.of(Math.sqrt(a), image, Math.sqrt(1 - a), direction);
        });
  }

  /// What is left of the image one step nearer to it.
  private double before(int t) {
    int next = t - ratio;
    if (next >= 0) {
      return levels.at(Math.min(next, levels.steps() - 1));
    }
    return config.oneAtEnd() ? 1 : levels.at(0);
  }

  private Tensor image(Tensor predicted, Tensor latents, double a) {
    return config.velocity()
        ? Mix.of(Math.sqrt(a), latents, -Math.sqrt(1 - a), predicted)
        : Mix.of(1 / Math.sqrt(a), latents, -Math.sqrt(1 - a) / Math.sqrt(a), predicted);
  }

  private Tensor noise(Tensor predicted, Tensor latents, double a) {
    return config.velocity()
        ? Mix.of(Math.sqrt(a), predicted, Math.sqrt(1 - a), latents)
        : predicted;
  }

  private Tensor clipped(Tensor image) {
    double most = config.clipRange();
    return most == 0
        ? image
        : image.clamp(new ScalarOptional(new Scalar(-most)), new ScalarOptional(new Scalar(most)));
  }
}

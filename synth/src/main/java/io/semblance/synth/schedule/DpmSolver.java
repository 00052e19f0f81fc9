package io.semblance.synth.schedule;

import io.semblance.synth.weights.Scoped;
import org.bytedeco.pytorch.Tensor;

/// DPM-Solver++ of second order, multistep, by midpoints. Source: arXiv 2211.01095, algorithm 2.
public final class DpmSolver implements Sampler {

  private static final int FEW = 15;

  private final ScheduleConfig config;
  private final int[] timesteps;
  private final double[] sigmas;
  private Tensor earlier;

  /// @param config of the model
  /// @param levels of the same
  /// @param steps n, 1 to T - 1
  /// @throws IllegalArgumentException if that is out of range
  public DpmSolver(ScheduleConfig config, NoiseLevels levels, int steps) {
    this.config = config;
    this.timesteps = Timesteps.dpm(config, steps);
    this.sigmas = new double[timesteps.length + 1];
    for (int i = 0; i < timesteps.length; i++) {
      sigmas[i] = (float) sigma(levels.at(timesteps[i]));
    }
    sigmas[timesteps.length] = config.finalZero() ? 0 : (float) sigma(levels.at(0));
  }

  private static double sigma(double a) {
    return Math.sqrt((1 - a) / a);
  }

  @Override
  public int[] timesteps() {
    return timesteps;
  }

  /// @return noise over image at each timestep, and at the end
  double[] sigmas() {
    return sigmas;
  }

  @Override
  public boolean drawsNoise() {
    return false;
  }

  @Override
  public Tensor step(int index, Tensor predicted, Tensor latents, Tensor noise) {
    boolean last = index == timesteps.length - 1;
    boolean lower =
        last
            && (config.eulerAtFinal()
                || config.finalZero()
                || config.lowerOrderFinal() && timesteps.length < FEW);
    return Scoped.keep(
        () -> {
          Tensor image = image(predicted, latents, sigmas[index]);
          Tensor out =
              earlier == null || lower
                  ? first(index, image, latents)
                  : second(index, image, latents);
          remember(last ? null : image);
          return out;
        });
  }

  // the last step leaves nothing behind
  private void remember(Tensor image) {
    if (earlier != null) {
      earlier.close();
    }
    if (image != null) {
      image.retainReference();
    }
    earlier = image;
  }

  private Tensor image(Tensor predicted, Tensor latents, double sigma) {
    double alpha = alpha(sigma);
    return config.velocity()
        ? Mix.of(alpha, latents, -sigma * alpha, predicted)
        : Mix.of(1 / alpha, latents, -sigma, predicted);
  }

  private Tensor first(int index, Tensor image, Tensor latents) {
    double from = sigmas[index];
    double to = sigmas[index + 1];
    return Mix.of(kept(from, to), latents, -alpha(to) * Math.expm1(-step(from, to)), image);
  }

  private Tensor second(int index, Tensor image, Tensor latents) {
    double before = sigmas[index - 1];
    double from = sigmas[index];
    double to = sigmas[index + 1];
    double h = step(from, to);
    double r = step(before, from) / h;
    Tensor change = Mix.of(1 / r, image, -1 / r, earlier);
    double weight = -alpha(to) * Math.expm1(-h);
    Tensor plain = Mix.of(kept(from, to), latents, weight, image);
    return Mix.of(1, plain, weight / 2, change);
  }

  private static double kept(double from, double to) {
    return to * alpha(to) / (from * alpha(from));
  }

  /// Difference of the logarithms of image over noise.
  private static double step(double from, double to) {
    return Math.log(from) - Math.log(to);
  }

  private static double alpha(double sigma) {
    return 1 / Math.sqrt(sigma * sigma + 1);
  }
}

package io.semblance.synth.diffusion;

import io.semblance.synth.network.Tiles;
import io.semblance.synth.schedule.Sampler;
import io.semblance.synth.schedule.ScheduleConfig.Spacing;
import java.util.List;

/// Images that are asked for: one for each prompt and seed, computed together.
///
/// @param prompts one an image, at least one
/// @param negative what images shall not be, or null for none
/// @param seeds one an image
/// @param settings how they are made
public record Request(List<String> prompts, String negative, List<Long> seeds, Settings settings) {

  private static final int MOST = 1 << 14;

  /// Copies the lists.
  ///
  /// @throws IllegalArgumentException if there is no prompt, or not one seed for each
  public Request {
    prompts = List.copyOf(prompts);
    seeds = List.copyOf(seeds);
    if (prompts.isEmpty() || prompts.size() != seeds.size()) {
      throw new IllegalArgumentException(
          "%d prompts have %d seeds: give each one".formatted(prompts.size(), seeds.size()));
    }
  }

  /// How images are made.
  ///
  /// @param width in pixels
  /// @param height in pixels
  /// @param steps of the sampler
  /// @param guidance how far prompts are followed
  /// @param sampler which way
  /// @param eta share of noise that DDIM draws anew
  /// @param spacing how timesteps are chosen, or null for as the model says
  /// @param offset added to timesteps, or -1 for as the model's pipeline has it
  /// @param tiles how large images are decoded
  public record Settings(
      int width,
      int height,
      int steps,
      Denoiser.Guidance guidance,
      Sampler.Kind sampler,
      double eta,
      Spacing spacing,
      int offset,
      Tiles tiles) {

    /// Checks the sizes.
    ///
    /// @throws IllegalArgumentException if a side or the number of steps is out of range
    public Settings {
      if (width < 8 || height < 8 || width > MOST || height > MOST) {
        throw new IllegalArgumentException(
            "size is %d x %d: give 8 to %d pixels a side".formatted(width, height, MOST));
      }
      if (steps < 1) {
        throw new IllegalArgumentException("steps is " + steps + ": give 1 or more");
      }
    }

    /// What a pipeline does when nothing is said.
    ///
    /// @param pipeline any
    /// @return its native size, 50 steps of DDIM, guidance 7.5, or 5 with SDXL
    public static Settings defaults(Pipeline pipeline) {
      int side = pipeline.nativeSize();
      var guidance = new Denoiser.Guidance(pipeline.xl() ? 5 : 7.5, 0);
      return new Settings(
          side, side, 50, guidance, Sampler.Kind.DDIM, 0, null, -1, Tiles.forImage(side, side));
    }
  }
}

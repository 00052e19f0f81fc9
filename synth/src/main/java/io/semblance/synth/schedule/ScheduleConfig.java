package io.semblance.synth.schedule;

import io.semblance.core.SemblanceException;
import io.semblance.synth.network.ComponentConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// What a model was trained with and how its timesteps are chosen: `scheduler_config.json` of
/// diffusers, whichever of its schedulers the file was made for. What is missing takes the defaults
/// of `DDIMScheduler`.
///
/// @param trainSteps timesteps of training, 1000
/// @param betaStart first variance that is added
/// @param betaEnd last variance that is added
/// @param scaledLinear whether roots of variances rise in a line, else the variances
/// @param clipRange to what predicted images are clipped at each DDIM step, or 0 for not
/// @param oneAtEnd whether the last DDIM step goes to no noise at all, else to that of timestep 0
/// @param offset added to timesteps of [Spacing#LEADING]
/// @param velocity whether the network predicts velocity, else noise
/// @param spacing how timesteps are chosen, or null for as the sampler has it: leading for DDIM,
///   linspace for DPM-Solver++
/// @param finalZero whether DPM-Solver++ ends at no noise at all, else at that of timestep 0
/// @param lowerOrderFinal whether DPM-Solver++ takes its last step of fewer than 15 by first order
/// @param eulerAtFinal whether it does so for any number of steps
public record ScheduleConfig(
    int trainSteps,
    double betaStart,
    double betaEnd,
    boolean scaledLinear,
    double clipRange,
    boolean oneAtEnd,
    int offset,
    boolean velocity,
    Spacing spacing,
    boolean finalZero,
    boolean lowerOrderFinal,
    boolean eulerAtFinal) {

  /// How n timesteps are chosen of 1000. Source: arXiv 2305.08891, table 2.
  public enum Spacing {
    /// Multiples of 1000 / n, from 0.
    LEADING,
    /// From the last one down.
    TRAILING,
    /// First and last and evenly between.
    LINSPACE;

    /// @return as configurations spell it
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// Reads a `scheduler_config.json`.
  ///
  /// @param file of diffusers
  /// @return the configuration
  /// @throws SemblanceException if a value is not supported; the message names it
  public static ScheduleConfig read(Path file) throws IOException {
    ComponentConfig json = ComponentConfig.read(file);
    json.only(SUPPORTED);
    if (json.says("_class_name", "DPMSolverMultistepScheduler")) {
      json.only(
          Map.of("solver_order", 2, "algorithm_type", "dpmsolver++", "solver_type", "midpoint"));
    }
    String schedule = json.choice("beta_schedule", "linear", "linear", "scaled_linear");
    String spacing = json.choice("timestep_spacing", null, "leading", "trailing", "linspace");
    return new ScheduleConfig(
        json.integer("num_train_timesteps", 1000),
        json.real("beta_start", 1e-4),
        json.real("beta_end", 0.02),
        schedule.equals("scaled_linear"),
        json.flag("clip_sample", true) ? json.real("clip_sample_range", 1) : 0,
        json.flag("set_alpha_to_one", true),
        json.integer("steps_offset", 0),
        json.choice("prediction_type", "epsilon", "epsilon", "v_prediction").equals("v_prediction"),
        spacing == null ? null : Spacing.valueOf(spacing.toUpperCase(Locale.ROOT)),
        json.choice("final_sigmas_type", "zero", "zero", "sigma_min").equals("zero"),
        json.flag("lower_order_final", true),
        json.flag("euler_at_final", false));
  }

  private static final Map<String, Object> SUPPORTED = supported();

  private static Map<String, Object> supported() {
    var out = new HashMap<String, Object>();
    out.put("trained_betas", null);
    for (String off :
        new String[] {
          "thresholding",
          "rescale_betas_zero_snr",
          "use_karras_sigmas",
          "use_exponential_sigmas",
          "use_beta_sigmas",
          "use_lu_lambdas",
          "use_flow_sigmas"
        }) {
      out.put(off, false);
    }
    return out;
  }

  /// @param value added to timesteps of [Spacing#LEADING]
  /// @return this with another one
  public ScheduleConfig withOffset(int value) {
    return new ScheduleConfig(
        trainSteps,
        betaStart,
        betaEnd,
        scaledLinear,
        clipRange,
        oneAtEnd,
        value,
        velocity,
        spacing,
        finalZero,
        lowerOrderFinal,
        eulerAtFinal);
  }

  /// @param value how timesteps are chosen
  /// @return this with another one
  public ScheduleConfig withSpacing(Spacing value) {
    return new ScheduleConfig(
        trainSteps,
        betaStart,
        betaEnd,
        scaledLinear,
        clipRange,
        oneAtEnd,
        offset,
        velocity,
        value,
        finalZero,
        lowerOrderFinal,
        eulerAtFinal);
  }

  /// @param value to what predicted images are clipped, or 0 for not
  /// @return this with another one
  public ScheduleConfig withClipRange(double value) {
    return new ScheduleConfig(
        trainSteps,
        betaStart,
        betaEnd,
        scaledLinear,
        value,
        oneAtEnd,
        offset,
        velocity,
        spacing,
        finalZero,
        lowerOrderFinal,
        eulerAtFinal);
  }

  /// As the pipeline of SD 1.x changes every configuration, and that of SDXL none: offset 1, no
  /// clipping.
  ///
  /// @return the changed one
  public ScheduleConfig asSd1() {
    return withOffset(1).withClipRange(0);
  }
}

package io.semblance.attribution.calibrate;

import io.semblance.attribution.mapper.SpaceCorrection;
import io.semblance.core.table.Provenance;
import java.util.List;

/// From cosines to influence: relu(exp((s - max s) / tau) - lambda) over its sum. Source: AbC
/// (arXiv 2306.09345), eq. 6.
///
/// @param schema version of the file, [#SCHEMA] today
/// @param tau temperature, over 0
/// @param lambda threshold, below 1
/// @param schedule how it was fitted: `exact`, `paper`, or `published` for one from elsewhere
/// @param fit how well
/// @param conditions what it holds for
/// @param evidence the 95th percentile of the highest cosine of calibration queries with their own
///   exemplars taken out, or null where unknown
/// @param ordinaryDrop the 95th percentile of the largest drop between consecutive ones of the
///   first ten scores of calibration queries, or null where unknown
/// @param resamples fits to resampled calibration models
public record Calibrator(
    int schema,
    double tau,
    double lambda,
    String schedule,
    Fit fit,
    Conditions conditions,
    Double evidence,
    Double ordinaryDrop,
    List<Resample> resamples) {

  /// The version this program writes.
  public static final int SCHEMA = 1;

  /// Ranks among which the largest drop is looked for.
  public static final int DROP_RANKS = 10;

  /// Copies the list and checks the numbers.
  ///
  /// @throws IllegalArgumentException if tau or lambda is out of its range
  public Calibrator {
    resamples = resamples == null ? List.of() : List.copyOf(resamples);
    if (!(tau > 0) || Double.isInfinite(tau) || !(lambda < 1) || Double.isInfinite(lambda)) {
      throw new IllegalArgumentException(
          "a calibrator needs tau over 0 and lambda below 1, got %s and %s".formatted(tau, lambda));
    }
  }

  /// How well it fits its own calibration queries.
  ///
  /// @param queries how many
  /// @param models customised models that made them
  /// @param kept scores kept a query, at most
  /// @param divergenceBefore softplus (beta 100) KL divergence at tau 1, lambda 0
  /// @param divergenceAfter softplus (beta 100) KL divergence as fitted
  /// @param exemplarsWithoutShare fraction of exemplars that get no influence at all, in [0, 1]
  public record Fit(
      int queries,
      int models,
      int kept,
      double divergenceBefore,
      double divergenceAfter,
      double exemplarsWithoutShare) {}

  /// What a calibrator holds for: with another model or mapper its shares mean nothing.
  ///
  /// @param model which model's features, or null where unknown
  /// @param mapper hash of the mapper's file, or null without one
  /// @param pool distractors it was fitted against
  /// @param inputs hashes of the files read
  /// @param program name and version of the program
  /// @param correction of the feature space, `none` where there is none
  /// @param correctionSha256 hash of what the correction was fitted to, or null without one
  public record Conditions(
      Provenance model,
      String mapper,
      long pool,
      List<String> inputs,
      String program,
      String correction,
      String correctionSha256) {

    /// Fills in what older files do not say.
    public Conditions {
      correction = correction == null ? SpaceCorrection.NONE.word() : correction;
    }

    /// Conditions of a space without correction.
    ///
    /// @param model which model's features, or null where unknown
    /// @param mapper hash of the mapper's file, or null without one
    /// @param pool distractors it was fitted against
    /// @param inputs hashes of the files read
    /// @param program name and version of the program
    public Conditions(
        Provenance model, String mapper, long pool, List<String> inputs, String program) {
      this(model, mapper, pool, inputs, program, null, null);
    }
  }

  /// One fit to resampled models.
  ///
  /// @param tau temperature
  /// @param lambda threshold
  public record Resample(double tau, double lambda) {}

  /// What a score weighs before it is divided by the sum of all: at most 1 - lambda.
  ///
  /// @param below the score minus the highest score of the query, at most 0
  /// @return at least 0
  public double weight(double below) {
    return weight(below, tau, lambda);
  }

  static double weight(double below, double tau, double lambda) {
    return Math.max(0, Math.exp(below / tau) - lambda);
  }
}

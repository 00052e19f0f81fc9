package io.semblance.attribution.calibrate;

import io.semblance.attribution.calibrate.Calibrator.Conditions;
import io.semblance.attribution.calibrate.Calibrator.Fit;
import io.semblance.attribution.calibrate.Calibrator.Resample;
import io.semblance.attribution.calibrate.PaperSchedule.Fitted;
import io.semblance.core.Progress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// Fits a calibrator to kept scores. Source: AbC (arXiv 2306.09345), section 4.2 and Appendix C.3.
public final class Calibration {

  private static final int RESAMPLES = 200;

  /// Scores up to which every resample is fitted anew; above, one Newton step from the fit to all.
  private static final long REFIT_SCORES = 20_000;

  private final KeptScores scores;

  /// How the optimisation goes.
  public enum Schedule {
    /// To convergence, as relu is approached.
    EXACT,
    /// As published: 200 steps of Adam with softplus.
    PAPER
  }

  /// @param scores of calibration queries; stays the caller's
  public Calibration(KeptScores scores) {
    this.scores = scores;
  }

  /// @param schedule which optimisation
  /// @param seed of batches and resamples
  /// @param conditions recorded with the calibrator
  /// @param progress hears the resamples done
  /// @return the calibrator
  public Calibrator fit(Schedule schedule, long seed, Conditions conditions, Progress progress) {
    Fitted at =
        switch (schedule) {
          case EXACT -> ExactSchedule.fit(scores);
          case PAPER -> PaperSchedule.fit(scores, seed);
        };
    double tau = 1 / at.inverseTau();
    List<Resample> resamples = resamples(at, schedule, seed, progress);
    return new Calibrator(
        Calibrator.SCHEMA,
        tau,
        at.lambda(),
        schedule.name().toLowerCase(java.util.Locale.ROOT),
        fit(at),
        conditions,
        evidence(),
        ordinaryDrop(),
        resamples);
  }

  /// Softplus (beta 100) KL divergence, as both schedules report it.
  ///
  /// @param tau over 0
  /// @param lambda threshold
  /// @return mean over queries, at least 0 up to the approximation
  public double divergence(double tau, double lambda) {
    return divergence(tau, lambda, PaperSchedule.BETA);
  }

  /// KL divergence from the uniform distribution over a query's exemplars.
  ///
  /// @param tau over 0
  /// @param lambda threshold
  /// @param beta of the softplus in place of relu
  /// @return mean over queries
  public double divergence(double tau, double lambda, double beta) {
    var loss = new CalibrationLoss(scores, beta);
    return loss.at(1 / tau, lambda).value() - loss.constant();
  }

  private Fit fit(Fitted at) {
    int kept = 0;
    for (int q = 0; q < scores.queries(); q++) {
      kept = Math.max(kept, scores.count(q));
    }
    return new Fit(
        scores.queries(),
        models().length,
        kept,
        divergence(1, 0),
        divergence(1 / at.inverseTau(), at.lambda()),
        withoutShare(1 / at.inverseTau(), at.lambda()));
  }

  private double withoutShare(double tau, double lambda) {
    long none = 0;
    long all = 0;
    for (int q = 0; q < scores.queries(); q++) {
      for (int e = 0; e < scores.exemplars(q); e++) {
        none += Calibrator.weight(scores.score(q, e) - scores.top(q), tau, lambda) == 0 ? 1 : 0;
        all++;
      }
    }
    return (double) none / all;
  }

  /// The 95th percentile of the highest distractor of every query: what a query reaches whose
  /// exemplars are not in the pool.
  private Double evidence() {
    double[] tops =
        java.util.stream.IntStream.range(0, scores.queries())
            .filter(q -> scores.count(q) > scores.exemplars(q))
            .mapToDouble(scores::topDistractor)
            .sorted()
            .toArray();
    return tops.length == 0 ? null : tops[(int) Math.ceil(0.95 * tops.length) - 1];
  }

  private Double ordinaryDrop() {
    double[] drops = new double[scores.queries()];
    for (int q = 0; q < drops.length; q++) {
      double[] first = new double[Math.min(scores.count(q), 4 * Calibrator.DROP_RANKS)];
      Arrays.setAll(first, scores(q));
      Arrays.sort(first);
      int n = Math.min(first.length, Calibrator.DROP_RANKS);
      for (int i = first.length - 1; i > first.length - n; i--) {
        drops[q] = Math.max(drops[q], first[i] - first[i - 1]);
      }
    }
    Arrays.sort(drops);
    return drops[(int) Math.ceil(0.95 * drops.length) - 1];
  }

  /// Scores of a query by index: the exemplars, then the highest distractors.
  private java.util.function.IntToDoubleFunction scores(int query) {
    return i -> scores.score(query, i);
  }

  private int[] models() {
    return java.util.stream.IntStream.range(0, scores.queries())
        .map(scores::model)
        .distinct()
        .sorted()
        .toArray();
  }

  /// Fits to models drawn with repetition: queries of one model come and go together.
  private List<Resample> resamples(Fitted at, Schedule schedule, long seed, Progress progress) {
    int[] models = models();
    if (models.length < 2) {
      return List.of();
    }
    var random = new Random(seed + 1);
    double beta = schedule == Schedule.EXACT ? ExactSchedule.lastBeta() : PaperSchedule.BETA;
    boolean refit = schedule == Schedule.EXACT && scores.size() <= REFIT_SCORES;
    OneStep step = refit ? null : new OneStep(scores, beta, at);
    var out = new ArrayList<Resample>();
    for (int b = 0; b < RESAMPLES; b++) {
      int[] drawn = new int[models[models.length - 1] + 1];
      for (int i = 0; i < models.length; i++) {
        drawn[models[random.nextInt(models.length)]]++;
      }
      double[] weights = new double[scores.queries()];
      Arrays.setAll(weights, q -> drawn[scores.model(q)]);
      Fitted found = refit ? ExactSchedule.refit(scores, weights, at) : step.to(weights);
      out.add(new Resample(1 / found.inverseTau(), found.lambda()));
      progress.at(b + 1L, RESAMPLES);
    }
    return out;
  }
}

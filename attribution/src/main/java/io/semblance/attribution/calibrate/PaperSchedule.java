package io.semblance.attribution.calibrate;

import java.util.Random;

/// The published optimisation: Adam at 0.5 on inv_tau = 1 / tau (from 1) and bias (from 0), lambda
/// = -0.001 bias, softplus with beta 100, 200 steps of 4,096 queries. Source: AbC (arXiv
/// 2306.09345), Appendix C.3, and its published code.
final class PaperSchedule {

  static final double BETA = 100;
  static final int STEPS = 200;
  static final int BATCH = 4096;

  private static final double RATE = 0.5;
  private static final double UNIT = -0.001;

  private final double[] at = {1, 0};
  private final double[] first = new double[2];
  private final double[] second = new double[2];

  static Fitted fit(KeptScores scores, long seed) {
    var schedule = new PaperSchedule();
    var random = new Random(seed);
    int n = scores.queries();
    var all = new CalibrationLoss(scores, BETA);
    for (int step = 1; step <= STEPS; step++) {
      double[] weights = n <= BATCH ? null : batch(n, random);
      schedule.step(all, weights, step);
    }
    return new Fitted(schedule.at[0], UNIT * schedule.at[1]);
  }

  private static double[] batch(int n, Random random) {
    double[] weights = new double[n];
    int chosen = 0;
    while (chosen < BATCH) {
      int q = random.nextInt(n);
      chosen += weights[q] == 0 ? 1 : 0;
      weights[q] = 1;
    }
    return weights;
  }

  /// @return the loss before the step
  double step(CalibrationLoss loss, double[] weights, int step) {
    CalibrationLoss.At here = loss.at(at[0], UNIT * at[1], weights);
    double[] gradient = {here.byInverseTau(), UNIT * here.byLambda()};
    for (int i = 0; i < 2; i++) {
      first[i] = 0.9 * first[i] + 0.1 * gradient[i];
      second[i] = 0.999 * second[i] + 0.001 * gradient[i] * gradient[i];
      double root = Math.sqrt(second[i]) / Math.sqrt(1 - Math.pow(0.999, step)) + 1e-8;
      at[i] -= RATE / (1 - Math.pow(0.9, step)) * first[i] / root;
    }
    return here.value();
  }

  double inverseTau() {
    return at[0];
  }

  double bias() {
    return at[1];
  }

  /// @param inverseTau 1 / tau
  /// @param lambda threshold
  record Fitted(double inverseTau, double lambda) {}
}

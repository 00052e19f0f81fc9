package io.semblance.attribution.calibrate;

import io.semblance.attribution.calibrate.PaperSchedule.Fitted;

/// Fits the temperature and the threshold to convergence, as relu is approached: from the best of a
/// grid, damped Newton steps at beta 100, 1,000 and 10,000. At the last a score under the threshold
/// costs its distance times 10,000 and no more, so the loss stays finite where an exemplar gets
/// nothing.
final class ExactSchedule {

  private static final double[] BETAS = {100, 1_000, 10_000};
  private static final double[] INVERSE_TAUS = {3, 10, 30, 100, 300};
  private static final double[] LAMBDAS = {0.001, 0.03, 0.2};
  private static final int STEPS = 40;
  private static final double MOST_LAMBDA = 0.999;
  private static final double DIFFERENCE = 1e-4;

  private final CalibrationLoss loss;
  private final double[] weights;

  private ExactSchedule(CalibrationLoss loss, double[] weights) {
    this.loss = loss;
    this.weights = weights;
  }

  /// The softness at which fits are compared.
  static double lastBeta() {
    return BETAS[BETAS.length - 1];
  }

  static Fitted fit(KeptScores scores) {
    Fitted best = null;
    double least = Double.POSITIVE_INFINITY;
    for (Fitted start : starts(scores)) {
      Fitted at = start;
      for (double beta : BETAS) {
        at = new ExactSchedule(new CalibrationLoss(scores, beta), null).descend(at);
      }
      double value =
          new CalibrationLoss(scores, lastBeta()).at(at.inverseTau(), at.lambda()).value();
      if (value < least) {
        least = value;
        best = at;
      }
    }
    return best;
  }

  /// From an optimum of other weights to that of these.
  static Fitted refit(KeptScores scores, double[] weights, Fitted from) {
    return new ExactSchedule(new CalibrationLoss(scores, lastBeta()), weights).descend(from);
  }

  /// The two best of a grid, at different temperatures.
  private static java.util.List<Fitted> starts(KeptScores scores) {
    var loss = new CalibrationLoss(scores, BETAS[0]);
    record Tried(Fitted at, double value) {}
    var tried = new java.util.ArrayList<Tried>();
    for (double a : INVERSE_TAUS) {
      Tried best = null;
      for (double lambda : LAMBDAS) {
        double value = loss.at(a, lambda).value();
        if (best == null || value < best.value) {
          best = new Tried(new Fitted(a, lambda), value);
        }
      }
      tried.add(best);
    }
    tried.sort(java.util.Comparator.comparingDouble(Tried::value));
    return tried.stream().limit(2).map(Tried::at).toList();
  }

  /// Damped Newton in (log 1/tau, lambda), lambda held in [0, 0.999].
  private Fitted descend(Fitted from) {
    double u = Math.log(from.inverseTau());
    double l = from.lambda();
    double damping = 1e-3;
    CalibrationLoss.At here = at(u, l);
    for (int step = 0; step < STEPS; step++) {
      double a = Math.exp(u);
      double gu = here.byInverseTau() * a;
      double gl = here.byLambda();
      double[] h = hessian(u, l, gu, gl);
      boolean moved = false;
      double nextU = u;
      double nextL = l;
      for (int tries = 0; tries < 12 && !moved; tries++) {
        double huu = Math.abs(h[0]) + damping;
        double hll = Math.abs(h[2]) + damping;
        double hul = h[0] > 0 && h[2] > 0 && h[0] * h[2] > h[1] * h[1] ? h[1] : 0;
        double determinant = huu * hll - hul * hul;
        double du = Math.clamp(-(hll * gu - hul * gl) / determinant, -1.0, 1.0);
        double dl = -(huu * gl - hul * gu) / determinant;
        nextU = u + du;
        nextL = Math.clamp(l + Math.clamp(dl, -0.2, 0.2), 0.0, MOST_LAMBDA);
        CalibrationLoss.At there = at(nextU, nextL);
        if (there.value() < here.value()) {
          here = there;
          moved = true;
          damping = Math.max(1e-9, damping / 10);
        } else {
          damping *= 10;
        }
      }
      double change = Math.abs(nextU - u) + Math.abs(nextL - l);
      if (!moved) {
        break;
      }
      u = nextU;
      l = nextL;
      if (change < 1e-7) {
        break;
      }
    }
    return new Fitted(Math.exp(u), l);
  }

  private CalibrationLoss.At at(double u, double lambda) {
    return loss.at(Math.exp(u), lambda, weights);
  }

  /// Second derivatives by differences of the gradient: uu, ul, ll.
  private double[] hessian(double u, double l, double gu, double gl) {
    double du = DIFFERENCE;
    double dl = Math.max(1e-7, DIFFERENCE * Math.max(l, 1e-2));
    CalibrationLoss.At atU = at(u + du, l);
    CalibrationLoss.At atL = at(u, l + dl);
    double uu = (atU.byInverseTau() * Math.exp(u + du) - gu) / du;
    double ul = (atU.byLambda() - gl) / du;
    double ll = (atL.byLambda() - gl) / dl;
    return new double[] {uu, ul, ll};
  }
}

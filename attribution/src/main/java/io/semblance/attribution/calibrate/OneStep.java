package io.semblance.attribution.calibrate;

import io.semblance.attribution.calibrate.PaperSchedule.Fitted;

/// The fit to reweighted queries by one Newton step from the fit to all: gradients and second
/// derivatives of every query are taken once, so that 200 resamples of a large calibration cost as
/// much as three evaluations. The one-step bootstrap of estimating equations.
final class OneStep {

  private static final double DIFFERENCE = 1e-4;

  private final Fitted at;
  private final double[][] here;
  private final double[][] atU;
  private final double[][] atL;
  private final double stepL;

  OneStep(KeptScores scores, double beta, Fitted at) {
    var loss = new CalibrationLoss(scores, beta);
    this.at = at;
    this.stepL = Math.max(1e-7, DIFFERENCE * Math.max(at.lambda(), 1e-2));
    this.here = loss.each(at.inverseTau(), at.lambda());
    this.atU = loss.each(at.inverseTau() * Math.exp(DIFFERENCE), at.lambda());
    this.atL = loss.each(at.inverseTau(), at.lambda() + stepL);
  }

  /// @param weights of the queries
  /// @return log(1/tau) and lambda moved by -H^-1 (g weighted - g at the fit)
  Fitted to(double[] weights) {
    double a = at.inverseTau();
    double ahead = a * Math.exp(DIFFERENCE);
    double gu = 0;
    double gl = 0;
    double uu = 0;
    double ul = 0;
    double ll = 0;
    for (int q = 0; q < weights.length; q++) {
      double w = weights[q] - 1; // a fit that stopped early has a gradient of its own
      gu += w * here[1][q] * a;
      gl += w * here[2][q];
      uu += weights[q] * (atU[1][q] * ahead - here[1][q] * a) / DIFFERENCE;
      ul += weights[q] * (atU[2][q] - here[2][q]) / DIFFERENCE;
      ll += weights[q] * (atL[2][q] - here[2][q]) / stepL;
    }
    double determinant = uu * ll - ul * ul;
    double du;
    double dl;
    if (uu > 0 && determinant > 0) {
      du = -(ll * gu - ul * gl) / determinant;
      dl = -(uu * gl - ul * gu) / determinant;
    } else { // lambda at its bound: only the temperature moves
      du = uu == 0 ? 0 : -gu / Math.abs(uu);
      dl = 0;
    }
    return new Fitted(
        a * Math.exp(Math.clamp(du, -1.0, 1.0)),
        Math.clamp(at.lambda() + dl, Math.min(0, at.lambda()), 0.999));
  }
}

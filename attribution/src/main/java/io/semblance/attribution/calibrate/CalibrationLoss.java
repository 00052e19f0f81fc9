package io.semblance.attribution.calibrate;

import java.util.stream.IntStream;

/// The loss of a temperature and a threshold and its gradient in closed form, streamed over
/// queries.
///
/// For a query with scores s, p = softplus(exp((s - max s) / tau) - lambda): the loss is minus the
/// mean over exemplars of log p, plus the log of the sum of p over all kept scores; mean over
/// queries. It is the KL divergence from the uniform distribution over exemplars plus the log of
/// their number. Source: AbC (arXiv 2306.09345), eq. 5-7.
final class CalibrationLoss {

  /// Scores this far down give exp under 1e-14, and are taken as all alike.
  private static final double NOTHING = -32;

  private final KeptScores scores;
  private final Softness softness;

  CalibrationLoss(KeptScores scores, double beta) {
    this.scores = scores;
    this.softness = new Softness(beta);
  }

  /// @param value mean loss
  /// @param byInverseTau derivative by 1 / tau
  /// @param byLambda derivative by lambda
  record At(double value, double byInverseTau, double byLambda) {}

  /// @param inverseTau 1 / tau
  /// @param lambda threshold
  /// @return at all queries, each counted once
  At at(double inverseTau, double lambda) {
    return at(inverseTau, lambda, null);
  }

  /// @param weights of the queries, or null for 1 each; their sum is over 0
  At at(double inverseTau, double lambda, double[] weights) {
    int n = scores.queries();
    double[] value = new double[n];
    double[] byTau = new double[n];
    double[] byLambda = new double[n];
    IntStream.range(0, n)
        .parallel()
        .filter(q -> weights == null || weights[q] != 0)
        .forEach(q -> query(q, inverseTau, lambda, value, byTau, byLambda));
    double sum = 0;
    double sumTau = 0;
    double sumLambda = 0;
    double total = 0;
    for (int q = 0; q < n; q++) { // one order of summation, whatever the threads
      double w = weights == null ? 1 : weights[q];
      sum += w * value[q];
      sumTau += w * byTau[q];
      sumLambda += w * byLambda[q];
      total += w;
    }
    return new At(sum / total, sumTau / total, sumLambda / total);
  }

  /// Loss and gradient of every query by itself.
  double[][] each(double inverseTau, double lambda) {
    int n = scores.queries();
    double[][] out = new double[3][n];
    IntStream.range(0, n)
        .parallel()
        .forEach(q -> query(q, inverseTau, lambda, out[0], out[1], out[2]));
    return out;
  }

  private void query(
      int q, double a, double lambda, double[] value, double[] byTau, double[] byLambda) {
    double top = scores.top(q);
    int exemplars = scores.exemplars(q);
    int count = scores.count(q);
    double logs = 0;
    double logsByA = 0;
    double logsByX = 0;
    double sum = 0;
    double sumByA = 0;
    double sumByX = 0;
    for (int i = 0; i < count; i++) {
      double below = scores.score(q, i) - top;
      if (i >= exemplars && a * below < NOTHING) {
        double left = count - i; // distractors descend: all that follow are alike
        sum += left * softness.value(-lambda);
        sumByX += left * softness.slope(-lambda);
        break;
      }
      double exp = Math.exp(a * below);
      double x = exp - lambda;
      if (i >= exemplars && softness.isNothing(x)) {
        break; // and so are all that follow
      }
      double slope = softness.slope(x);
      sum += softness.value(x);
      sumByX += slope;
      sumByA += slope * exp * below;
      if (i < exemplars) {
        double logSlope = softness.logSlope(x);
        logs += softness.log(x);
        logsByX += logSlope;
        logsByA += logSlope * exp * below;
      }
    }
    value[q] = Math.log(sum) - logs / exemplars;
    byTau[q] = sumByA / sum - logsByA / exemplars;
    byLambda[q] = logsByX / exemplars - sumByX / sum;
  }

  /// Mean of log(number of exemplars): what the loss has over the KL divergence.
  double constant() {
    double sum = 0;
    for (int q = 0; q < scores.queries(); q++) {
      sum += Math.log(scores.exemplars(q));
    }
    return sum / scores.queries();
  }
}

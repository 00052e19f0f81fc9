package io.semblance.attribution.calibrate;

import java.util.ArrayList;
import java.util.List;

/// What a calibrator's shares look like on its queries: predicted against observed share, and the
/// distribution of influence before and after. Influence is a share and no yes/no probability: what
/// an exemplar should get is 1 / (number of exemplars).
public final class ShareTable {

  private static final double[] EDGES = {
    0, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 0.03, 0.1, 0.2, 0.4, 0.6, 0.8, 1.0000001
  };

  private ShareTable() {}

  /// Images with shares of about one size.
  ///
  /// @param from least share
  /// @param to share above
  /// @param images how many, of all queries together
  /// @param predicted their mean share
  /// @param observed their mean of 1 / (number of exemplars) where they are one, else 0
  public record Bin(double from, double to, long images, double predicted, double observed) {}

  /// @param scores of queries
  /// @param tau over 0
  /// @param lambda threshold
  /// @return the bins that hold an image
  public static List<Bin> bins(KeptScores scores, double tau, double lambda) {
    long[] images = new long[EDGES.length];
    double[] predicted = new double[EDGES.length];
    double[] observed = new double[EDGES.length];
    for (int q = 0; q < scores.queries(); q++) {
      double[] shares = shares(scores, q, tau, lambda);
      for (int i = 0; i < shares.length; i++) {
        int bin = bin(shares[i]);
        images[bin]++;
        predicted[bin] += shares[i];
        observed[bin] += i < scores.exemplars(q) ? 1.0 / scores.exemplars(q) : 0;
      }
    }
    var out = new ArrayList<Bin>();
    for (int b = 0; b < EDGES.length - 1; b++) {
      if (images[b] > 0) {
        out.add(
            new Bin(
                EDGES[b],
                Math.min(1, EDGES[b + 1]),
                images[b],
                predicted[b] / images[b],
                observed[b] / images[b]));
      }
    }
    return out;
  }

  private static int bin(double share) {
    int b = 0;
    while (share >= EDGES[b + 1]) {
      b++;
    }
    return b;
  }

  /// @param scores of queries
  /// @param query one of them
  /// @param tau over 0
  /// @param lambda threshold
  /// @return shares of its kept scores, exemplars first, summing to 1
  static double[] shares(KeptScores scores, int query, double tau, double lambda) {
    double top = scores.top(query);
    double[] out = new double[scores.count(query)];
    double sum = 0;
    for (int i = 0; i < out.length; i++) {
      out[i] = Calibrator.weight(scores.score(query, i) - top, tau, lambda);
      sum += out[i];
    }
    for (int i = 0; i < out.length; i++) {
      out[i] /= sum;
    }
    return out;
  }
}

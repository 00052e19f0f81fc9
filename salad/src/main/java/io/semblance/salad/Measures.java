package io.semblance.salad;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/// Every [Quantity] of one model.
///
/// @param estimates all of them
public record Measures(Map<Quantity, Estimate> estimates) {

  private static final double[] NONE = {};

  /// Copies the map.
  public Measures {
    estimates = Map.copyOf(estimates);
  }

  /// @param quantity any
  /// @return its estimate
  public Estimate of(Quantity quantity) {
    return estimates.get(quantity);
  }

  /// @param heatmap of the model
  /// @param weights its weights
  /// @param pass its distances, all seen
  /// @param neighbours k
  /// @param resampling the draws, or null if there are none
  /// @param sums the replicates' sums, or null
  static Measures of(
      Heatmap heatmap,
      Weights weights,
      DistancePass pass,
      int neighbours,
      Resampling resampling,
      ReplicateWeights sums) {
    var out = new EnumMap<Quantity, Estimate>(Quantity.class);
    Weights[] drawn = sums == null ? new Weights[0] : sums.all(PairClasses.of(heatmap));
    for (Quantity q :
        Quantity.values()) { // those that come from the heatmap; the others follow below
      double[] replicates = Arrays.stream(drawn).mapToDouble(w -> w.get(q)).toArray();
      out.put(q, Estimate.of(weights.get(q), replicates));
    }
    rate(out, Quantity.NN1_CATEGORY, pass, 1, CrossNeighbours.Share.CATEGORY, resampling);
    rate(out, Quantity.NN1_STYLE, pass, 1, CrossNeighbours.Share.STYLE, resampling);
    rate(out, Quantity.NNK_CATEGORY, pass, neighbours, CrossNeighbours.Share.CATEGORY, resampling);
    rate(out, Quantity.NNK_STYLE, pass, neighbours, CrossNeighbours.Share.STYLE, resampling);
    double[] percent = resampling == null ? NONE : resampling.meanPercent(pass.imageCounts());
    out.put(Quantity.SELF_RECOGNITION, Estimate.of(pass.selfRecognition().meanPercent(), percent));
    return new Measures(out);
  }

  private static void rate(
      Map<Quantity, Estimate> out,
      Quantity quantity,
      DistancePass pass,
      int neighbours,
      CrossNeighbours.Share share,
      Resampling resampling) {
    double[] rates = pass.imageRates(neighbours, share);
    double mean = Arrays.stream(rates).average().orElse(Double.NaN);
    out.put(quantity, Estimate.of(mean, resampling == null ? NONE : resampling.mean(rates)));
  }
}

package io.semblance.salad;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What the heatmap shows in pictures, as numbers: the z-scored distance of each cell pair
/// regressed on an intercept, [category differs] and [style differs], and rank correlations with
/// the three conceptual models.
///
/// Two different cells share the category, the style or neither: three kinds of pairs for three
/// coefficients, so that least squares are the differences of the kinds' means.
///
/// @param category rise of the z-scored distance when the category differs; NaN where the grid
///   lacks one of the three kinds of pairs
/// @param style rise of the z-scored distance when the style differs
/// @param intercept z-scored distance predicted for equal category and style
/// @param r2 share of the variance explained, in [0, 1]
/// @param spearmanStyleBlind rank correlation with the model that sees only categories, in [-1, 1]
/// @param spearmanCategoryBlind rank correlation with the model that sees only styles
/// @param spearmanBalanced rank correlation with the model that sees both
public record Weights(
    double category,
    double style,
    double intercept,
    double r2,
    double spearmanStyleBlind,
    double spearmanCategoryBlind,
    double spearmanBalanced) {

  /// Below this share of the variance explained, category and style say little about the distances.
  private static final double LITTLE = 0.05;

  /// Heatmaps differ from equal ones by less than this in z-scores: 1e-9 in double precision, 1e-5
  /// for float32 sums of replicates.
  private static final double EXACT = 1e-9;

  static final double SINGLE = 1e-5;

  private static final double NAN = Double.NaN;
  private static final Weights UNDEFINED = new Weights(NAN, NAN, NAN, NAN, NAN, NAN, NAN);

  /// @return a warning where category and style explain little of the distances, else empty
  public Optional<String> warning() {
    return r2 < LITTLE
        ? Optional.of(
            String.format(
                Locale.ROOT,
                "Category and style explain only %.1f %% of how far cells lie apart, so what weighs"
                    + " more says little of this model.",
                100 * r2))
        : Optional.empty();
  }

  /// @param heatmap of a model
  /// @return its weights; all NaN if its distances do not vary
  public static Weights of(Heatmap heatmap) {
    PairClasses pairs = PairClasses.of(heatmap);
    double[] distance = new double[pairs.size()];
    Arrays.setAll(distance, p -> heatmap.means().get(pairs.a()[p], pairs.b()[p]));
    double[] once = new double[distance.length];
    Arrays.fill(once, 1);
    return of(distance, once, pairs, EXACT);
  }

  /// @param distance of each pair, length p
  /// @param times how often each pair counts, at least 0, length p
  /// @param pairs what they share
  /// @param tie z-scores no further apart are equal
  static Weights of(double[] distance, double[] times, PairClasses pairs, double tie) {
    double[] z = ZScores.of(distance, times);
    if (z == null) {
      return UNDEFINED;
    }
    double[] n = new double[3];
    double[] mean = means(z, times, pairs.share(), n);
    double between = 0;
    double total = 0;
    for (int k = 0; k < 3; k++) {
      between += n[k] == 0 ? 0 : n[k] * mean[k] * mean[k];
      total += n[k];
    }
    double sameCategory = mean[PairClasses.CATEGORY];
    double sameStyle = mean[PairClasses.STYLE];
    double neither = mean[PairClasses.NEITHER];
    var ranks = new RankCorrelation(Ranks.of(z, times, tie), times, pairs.share());
    return new Weights(
        neither - sameCategory,
        neither - sameStyle,
        sameCategory + sameStyle - neither,
        Math.clamp(between / total, 0, 1),
        ranks.with(0, 1, 1),
        ranks.with(1, 0, 1),
        ranks.with(pairs.balanced()));
  }

  /// Weighted means of the three kinds; `n` receives their weights.
  static double[] means(double[] values, double[] times, int[] share, double[] n) {
    double[] sum = new double[3];
    for (int p = 0; p < values.length; p++) {
      sum[share[p]] += times[p] * values[p];
      n[share[p]] += times[p];
    }
    return new double[] {sum[0] / n[0], sum[1] / n[1], sum[2] / n[2]};
  }

  /// @param quantity one that comes from the heatmap
  /// @return its value; NaN for any other
  double get(Quantity quantity) {
    return switch (quantity) {
      case W_CATEGORY -> category;
      case W_STYLE -> style;
      case R2 -> r2;
      case SPEARMAN_STYLE_BLIND -> spearmanStyleBlind;
      case SPEARMAN_CATEGORY_BLIND -> spearmanCategoryBlind;
      case SPEARMAN_BALANCED -> spearmanBalanced;
      case NN1_CATEGORY, NN1_STYLE, NNK_CATEGORY, NNK_STYLE, SELF_RECOGNITION -> NAN;
    };
  }
}

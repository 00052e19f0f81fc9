package io.semblance.salad;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What the heatmap shows in pictures, as numbers: the z-scored distance of each cell pair
/// regressed on an intercept, [category differs] and [style differs], and rank correlations with
/// the three conceptual models. Point estimates; no interval is attached.
///
/// @param category rise of the z-scored distance when the category differs
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
    PairTable pairs = PairTable.of(heatmap);
    double[] z = ZScores.of(pairs.distance());
    if (z == null) {
      double nan = Double.NaN;
      return new Weights(nan, nan, nan, nan, nan, nan, nan);
    }
    double[] fit = Regression.fit(z, pairs.categoryDiffers(), pairs.styleDiffers());
    return new Weights(
        fit[1],
        fit[2],
        fit[0],
        fit[3],
        Spearman.of(z, pairs.categoryDiffers()),
        Spearman.of(z, pairs.styleDiffers()),
        Spearman.of(z, pairs.balanced()));
  }

  /// The defined off-diagonal cell pairs of a heatmap, one column each, of equal length.
  @SuppressWarnings("ArrayRecordComponent") // lives within one call
  private record PairTable(
      double[] distance, double[] categoryDiffers, double[] styleDiffers, double[] balanced) {

    static PairTable of(Heatmap heatmap) {
      SaladAxes axes = heatmap.axes();
      var rows = new ArrayList<double[]>();
      for (int a = 0; a < axes.cells(); a++) {
        for (int b = a + 1; b < axes.cells(); b++) {
          double category = axes.categoryOf(a) == axes.categoryOf(b) ? 0 : 1;
          double style = axes.styleOf(a) == axes.styleOf(b) ? 0 : 1;
          double both =
              Math.sqrt(axes.categories().size() * category + axes.styles().size() * style);
          if (!Double.isNaN(heatmap.means().get(a, b))) {
            rows.add(new double[] {heatmap.means().get(a, b), category, style, both});
          }
        }
      }
      return new PairTable(column(rows, 0), column(rows, 1), column(rows, 2), column(rows, 3));
    }

    private static double[] column(List<double[]> rows, int k) {
      return rows.stream().mapToDouble(r -> r[k]).toArray();
    }
  }
}

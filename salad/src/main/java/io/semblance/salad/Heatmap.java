package io.semblance.salad;

import io.semblance.core.linalg.Matrix;

/// Mean distance of the images of two cells, over all pairs; within a cell over the pairs of
/// different images. Source: fruit-SALAD, "Model Heatmaps".
///
/// @param axes categories and styles
/// @param means `CS x CS`, symmetric, at least 0, lower is more alike; NaN where a cell is missing,
///   and on the diagonal where a cell has one image
public record Heatmap(SaladAxes axes, Matrix means) {

  /// The cells above the diagonal, row by row: how the model is described to the others.
  ///
  /// @return length CS(CS-1)/2; NaN where a cell is missing
  public double[] offDiagonal() {
    int cells = axes.cells();
    double[] out = new double[cells * (cells - 1) / 2];
    int k = 0;
    for (int a = 0; a < cells; a++) {
      for (int b = a + 1; b < cells; b++) {
        out[k++] = means.get(a, b);
      }
    }
    return out;
  }

  /// Mean distance of two different cells that share one thing and not the other.
  ///
  /// @param sameCategory whether the two cells share the category
  /// @param sameStyle whether they share the style
  /// @return the mean over such cell pairs, each counting the same; NaN if there is none
  public double meanWhere(boolean sameCategory, boolean sameStyle) {
    double sum = 0;
    int pairs = 0;
    for (int a = 0; a < axes.cells(); a++) {
      for (int b = a + 1; b < axes.cells(); b++) {
        if ((axes.categoryOf(a) == axes.categoryOf(b)) == sameCategory
            && (axes.styleOf(a) == axes.styleOf(b)) == sameStyle
            && !Double.isNaN(means.get(a, b))) {
          sum += means.get(a, b);
          pairs++;
        }
      }
    }
    return pairs == 0 ? Double.NaN : sum / pairs;
  }
}

package io.semblance.salad;

/// A number that is measured of every model, with an interval where the grid has several images a
/// cell.
public enum Quantity {
  /// Rise of the z-scored distance when the category differs.
  W_CATEGORY("w_category"),
  /// Rise of the z-scored distance when the style differs.
  W_STYLE("w_style"),
  /// Share of the variance of distances that category and style explain, in [0, 1].
  R2("r2"),
  /// Rank correlation with the model that sees categories only, in [-1, 1].
  SPEARMAN_STYLE_BLIND("spearman_style_blind"),
  /// Rank correlation with the model that sees styles only.
  SPEARMAN_CATEGORY_BLIND("spearman_category_blind"),
  /// Rank correlation with the model that sees both.
  SPEARMAN_BALANCED("spearman_balanced"),
  /// Share of images whose nearest image of another cell has their category, in [0, 1].
  NN1_CATEGORY("nn1_category"),
  /// Share of images whose nearest image of another cell has their style.
  NN1_STYLE("nn1_style"),
  /// Share of their category among the k nearest images of other cells.
  NNK_CATEGORY("nnk_category"),
  /// Share of their style among the k nearest images of other cells.
  NNK_STYLE("nnk_style"),
  /// Mean self-recognition of the cells, in percent.
  SELF_RECOGNITION("self_recognition_percent");

  private final String key;

  Quantity(String key) {
    this.key = key;
  }

  /// @return its name in tables and JSON
  public String key() {
    return key;
  }
}

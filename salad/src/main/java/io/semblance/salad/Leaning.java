package io.semblance.salad;

/// What moves images further apart for a model: another category or another style.
public enum Leaning {
  /// What is shown weighs more: images of one category in two styles are closer than images of one
  /// style in two categories.
  CATEGORY,
  /// How it is shown weighs more.
  STYLE,
  /// The two mean distances differ by less than five percent of the larger (ours).
  NEITHER,
  /// The grid has no two cells that share a category, or no two that share a style.
  UNDEFINED;

  private static final double SAME = 0.05;

  /// Reads the mean distances of a heatmap. No interval is attached to the answer.
  ///
  /// @param heatmap of one model
  public static Leaning of(Heatmap heatmap) {
    double sameCategory = heatmap.meanWhere(true, false);
    double sameStyle = heatmap.meanWhere(false, true);
    if (Double.isNaN(sameCategory) || Double.isNaN(sameStyle)) {
      return UNDEFINED;
    }
    double larger = Math.max(sameCategory, sameStyle);
    if (larger == 0 || Math.abs(sameCategory - sameStyle) < SAME * larger) {
      return NEITHER;
    }
    return sameCategory < sameStyle ? CATEGORY : STYLE;
  }

  /// @return one clause for a reader who knows no statistics
  public String sentence() {
    return switch (this) {
      case CATEGORY -> "What is shown weighs more than how it is shown";
      case STYLE -> "How it is shown weighs more than what is shown";
      case NEITHER -> "What is shown and how it is shown weigh about the same";
      case UNDEFINED -> "The grid has no pair of cells to tell what weighs more";
    };
  }
}

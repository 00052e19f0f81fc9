package io.semblance.extract.registry;

/// Which work a model is known from.
public enum Paper {
  /// The benchmark of category and style.
  FRUIT_SALAD("fruit-salad", "fruit-SALAD (Ohm, Karjus, Tamm, Schich), Table 1"),
  /// Data attribution by customisation.
  ABC("abc", "AbC (arXiv 2306.09345), as its published code runs them"),
  /// Neither: what came after.
  SINCE("since", "Since then");

  private final String key;
  private final String title;

  Paper(String key, String title) {
    this.key = key;
    this.title = title;
  }

  /// @return its short name, as options and cards write it
  public String key() {
    return key;
  }

  /// @return what heads a list of its models
  public String title() {
    return title;
  }

  @Override
  public String toString() {
    return key;
  }
}

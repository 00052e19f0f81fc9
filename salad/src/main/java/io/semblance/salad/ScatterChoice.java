package io.semblance.salad;

import java.util.List;

/// Which images the scatter plots show.
///
/// @param axis categories or styles
/// @param labels the chosen ones; empty stands for the default: apples and oranges where present,
///   else the first two categories
public record ScatterChoice(Axis axis, List<String> labels) {

  /// What is chosen by.
  public enum Axis {
    /// What is shown.
    CATEGORY,
    /// How it is shown.
    STYLE
  }

  /// Copies the list.
  public ScatterChoice {
    labels = List.copyOf(labels);
  }

  /// @return apples and oranges, or the first two categories
  public static ScatterChoice defaults() {
    return new ScatterChoice(Axis.CATEGORY, List.of());
  }

  /// @param text `category:apple,orange` or `style:comic`
  /// @throws IllegalArgumentException if it has another form
  public static ScatterChoice parse(String text) {
    List<String> parts = List.of(text.split(":", 2));
    if (parts.size() == 2 && !parts.get(1).isBlank()) {
      List<String> labels = List.of(parts.get(1).split(",", -1));
      if (parts.getFirst().equals("category")) {
        return new ScatterChoice(Axis.CATEGORY, labels);
      }
      if (parts.getFirst().equals("style")) {
        return new ScatterChoice(Axis.STYLE, labels);
      }
    }
    throw new IllegalArgumentException(
        "'" + text + "' chooses nothing: write category:apple,orange or style:comic.");
  }

  /// @param axes a grid's
  /// @throws IllegalArgumentException if a label chosen is not among them
  void requireIn(SaladAxes axes) {
    List<String> have = axis == Axis.CATEGORY ? axes.categories() : axes.styles();
    for (String label : labels) {
      if (!have.contains(label)) {
        String kind = axis == Axis.CATEGORY ? "category" : "style";
        throw new IllegalArgumentException(
            "--scatter asks for the %s '%s', and there is none: it has %s."
                .formatted(kind, label, String.join(", ", have)));
      }
    }
  }

  /// The labels to show on a given grid.
  ///
  /// @param axes the grid's
  /// @return labels of this choice's axis that the grid has, in its order; empty if it has none
  List<String> resolve(SaladAxes axes) {
    List<String> have = axis == Axis.CATEGORY ? axes.categories() : axes.styles();
    if (!labels.isEmpty()) {
      return have.stream().filter(labels::contains).toList();
    }
    for (List<String> pair : List.of(List.of("apple", "orange"), List.of("3", "4"))) {
      if (have.containsAll(pair)) {
        return pair;
      }
    }
    return have.subList(0, Math.min(2, have.size()));
  }
}

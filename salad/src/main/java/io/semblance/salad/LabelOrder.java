package io.semblance.salad;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// The order in which categories and styles are listed and drawn: by number if every label is one,
/// as in the paper if every label is one of the paper's words, else alphabetical.
final class LabelOrder {

  static final List<String> FRUITS =
      List.of(
          "blueberries",
          "fig",
          "strawberry",
          "apple",
          "orange",
          "pineapple",
          "bananas",
          "pear",
          "avocado",
          "kiwi");

  static final List<String> STYLES =
      List.of(
          "crayon",
          "watercolor",
          "comic",
          "pixel",
          "patch",
          "cubic",
          "oil",
          "glamour",
          "lomo",
          "pile");

  private LabelOrder() {}

  /// @param labels distinct
  /// @param paper the paper's words in its order
  /// @return the same labels in order
  static List<String> sort(Collection<String> labels, List<String> paper) {
    return labels.stream().sorted(comparator(labels, paper)).toList();
  }

  private static Comparator<String> comparator(Collection<String> labels, List<String> paper) {
    if (labels.stream().allMatch(l -> l.matches("-?\\d{1,18}(\\.\\d{1,18})?"))) {
      return Comparator.comparing((String l) -> new BigDecimal(l)).thenComparing(l -> l);
    }
    if (labels.stream().allMatch(l -> paper.contains(word(l)))) {
      return Comparator.comparingInt((String l) -> paper.indexOf(word(l))).thenComparing(l -> l);
    }
    return Comparator.naturalOrder();
  }

  static String word(String label) {
    String lower = label.toLowerCase(Locale.ROOT);
    return lower.equals("oilio") ? "oil" : lower;
  }
}

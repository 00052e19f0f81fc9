package io.semblance.salad;

import java.util.Locale;

/// What a model weighs, in words that follow from its two weights and their intervals.
///
/// @param kind what can be said
/// @param ratio of the larger weight to the smaller; NaN where it is not said
/// @param interval of that ratio
/// @param sentence for a reader who knows no statistics
public record Verdict(Kind kind, double ratio, Interval interval, String sentence) {

  /// A weight counts as above 0 from this z-score on: rounding of float32 sums stays below it.
  private static final double ZERO = 1e-4;

  /// Weights whose ratio surely stays below this are about the same.
  private static final double ALIKE = 1.25;

  /// What can be said of two weights.
  public enum Kind {
    /// Both are above 0, and category is the larger.
    CATEGORY_MORE,
    /// Both are above 0, and style is the larger.
    STYLE_MORE,
    /// Both are above 0, and the interval of their ratio includes 1 and reaches no farther than a
    /// quarter more of one or the other.
    ALIKE,
    /// Both are above 0, and the interval of their ratio includes 1 and much else.
    UNCERTAIN,
    /// Only the interval of the category's weight lies above 0.
    ONLY_CATEGORY,
    /// Only the interval of the style's weight lies above 0.
    ONLY_STYLE,
    /// Neither interval lies above 0.
    NONE,
    /// There are no intervals, or no weights.
    UNDEFINED
  }

  /// @param category the category's weight
  /// @param style the style's weight
  public static Verdict of(Estimate category, Estimate style) {
    if (Double.isNaN(category.value()) || Double.isNaN(style.value())) {
      return plain(
          Kind.UNDEFINED,
          "Weights are not defined: distances do not vary, or the grid lacks two categories or two"
              + " styles.");
    }
    if (!category.interval().defined() || !style.interval().defined()) {
      return plain(Kind.UNDEFINED, withoutInterval(category.value(), style.value()));
    }
    boolean byCategory = category.interval().low() > ZERO;
    boolean byStyle = style.interval().low() > ZERO;
    String numbers =
        String.format(
            Locale.ROOT,
            "(category %s %s, style %s %s)",
            number(category.value()),
            category.interval(),
            number(style.value()),
            style.interval());
    if (byCategory && byStyle) {
      return ratio(category, style);
    }
    if (byCategory) {
      return plain(Kind.ONLY_CATEGORY, "Only category weighs measurably " + numbers + ".");
    }
    return byStyle
        ? plain(Kind.ONLY_STYLE, "Only style weighs measurably " + numbers + ".")
        : plain(Kind.NONE, "No measurable weight " + numbers + ".");
  }

  private static Verdict plain(Kind kind, String sentence) {
    return new Verdict(kind, Double.NaN, Interval.UNDEFINED, sentence);
  }

  private static String withoutInterval(double category, double style) {
    return String.format(
        Locale.ROOT,
        "Category weighs %s and style %s in z-scored distance, without interval: how sure that is"
            + " cannot be said.",
        number(category),
        number(style));
  }

  private static Verdict ratio(Estimate category, Estimate style) {
    boolean styleFirst = style.value() >= category.value();
    Estimate large = styleFirst ? style : category;
    Estimate small = styleFirst ? category : style;
    double[] above = moved(large);
    double[] below = moved(small);
    double[] ratios = new double[above.length];
    // A weight that vanishes in a resample leaves the ratio without bound there.
    java.util.Arrays.setAll(
        ratios, r -> below[r] > 0 ? above[r] / below[r] : Double.POSITIVE_INFINITY);
    double ratio = large.value() / small.value();
    Interval interval = Interval.quantiles(ratios);
    boolean told = interval.low() > 1 + ZERO;
    boolean narrow = interval.high() <= ALIKE && interval.low() >= 1 / ALIKE;
    Kind kind =
        told
            ? styleFirst ? Kind.STYLE_MORE : Kind.CATEGORY_MORE
            : narrow ? Kind.ALIKE : Kind.UNCERTAIN;
    String first = styleFirst ? "style" : "category";
    String second = styleFirst ? "category" : "style";
    String subject = Character.toUpperCase(first.charAt(0)) + first.substring(1);
    String sentence =
        switch (kind) {
          case ALIKE -> "Category and style weigh about the same (%2$s to %3$s: %4$.3g %5$s).";
          case UNCERTAIN ->
              "Category and style both weigh, and which weighs more cannot be told (%2$s to %3$s:"
                  + " %4$.3g %5$s).";
          default -> "%1$s weighs %4$.3g times as much as %3$s %5$s.";
        };
    return new Verdict(
        kind,
        ratio,
        interval,
        String.format(Locale.ROOT, sentence, subject, first, second, ratio, interval));
  }

  /// The replicates of a weight, moved until their mean is the weight.
  private static double[] moved(Estimate weight) {
    double[] own = weight.replicates();
    double mean =
        java.util.Arrays.stream(own).filter(v -> !Double.isNaN(v)).average().orElse(Double.NaN);
    return java.util.Arrays.stream(own).map(v -> v - mean + weight.value()).toArray();
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.2f", Math.abs(value) < ZERO ? 0 : value);
  }
}

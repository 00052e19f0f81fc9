package io.semblance.salad;

import java.util.Arrays;
import java.util.Locale;

/// Where 95 % of the replicates of a number lie, moved so that their mean is the number itself.
///
/// A resample holds the noise of every image that it draws twice, so that by itself it lowers R²,
/// rank correlations and z-scored weights: the replicates lie around a number of a noisier heatmap.
/// Their spread is what is asked for, not their place. Ends are the 2.5 % and the 97.5 % quantile,
/// between order statistics linearly as numpy takes them.
///
/// @param low lower end; NaN where there are no replicates
/// @param high upper end, at least `low`; NaN where there are no replicates, infinite for a ratio
///   without bound
public record Interval(double low, double high) {

  /// No interval.
  public static final Interval UNDEFINED = new Interval(Double.NaN, Double.NaN);

  private static final double TAIL = 0.025;
  private static final double ROUNDING = 1e-6;

  /// @param value the number from all images
  /// @param replicates any number of them; those that are NaN are passed over
  /// @return [#UNDEFINED] if fewer than half of them are defined
  public static Interval of(double value, double[] replicates) {
    double[] sorted = Arrays.stream(replicates).filter(v -> !Double.isNaN(v)).sorted().toArray();
    if (sorted.length == 0 || 2 * sorted.length < replicates.length) {
      return UNDEFINED;
    }
    double shift = value - Arrays.stream(sorted).average().orElseThrow();
    return new Interval(quantile(sorted, TAIL) + shift, quantile(sorted, 1 - TAIL) + shift);
  }

  /// @param values of replicates, at their place; may be infinite
  /// @return their 2.5 % and 97.5 % quantiles; [#UNDEFINED] if there are none
  static Interval quantiles(double[] values) {
    double[] sorted = Arrays.stream(values).filter(v -> !Double.isNaN(v)).sorted().toArray();
    return sorted.length == 0
        ? UNDEFINED
        : new Interval(quantile(sorted, TAIL), quantile(sorted, 1 - TAIL));
  }

  private static double quantile(double[] sorted, double q) {
    double at = q * (sorted.length - 1);
    int below = (int) at;
    int above = Math.min(below + 1, sorted.length - 1);
    if (Double.isInfinite(sorted[above])) {
      return sorted[at > below ? above : below];
    }
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }

  /// @return whether there is an interval
  public boolean defined() {
    return !Double.isNaN(low);
  }

  /// @return as in `[2.1, 2.5]`, three significant digits; empty if undefined
  @Override
  public String toString() {
    return defined() ? "[" + number(low) + ", " + number(high) + "]" : "";
  }

  private static String number(double value) {
    if (Double.isInfinite(value)) {
      return "no bound";
    }
    return Math.abs(value) < ROUNDING ? "0" : String.format(Locale.ROOT, "%.3g", value);
  }
}

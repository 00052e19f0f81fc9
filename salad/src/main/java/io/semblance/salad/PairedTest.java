package io.semblance.salad;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/// Whether two models differ in a quantity: the difference, its interval over the same resamples,
/// and a p value.
///
/// @param first name of a model
/// @param second name of another
/// @param quantity what is compared
/// @param difference second less first
/// @param interval of the difference, replicate by replicate
/// @param p two-sided, of a difference as large under the normal distribution with the standard
///   deviation of the replicates, in [0, 1]
/// @param adjusted p after Holm's correction over all pairs of models for this quantity
public record PairedTest(
    String first,
    String second,
    Quantity quantity,
    double difference,
    Interval interval,
    double p,
    double adjusted) {

  /// What models are tested on.
  public static final List<Quantity> TESTED =
      List.of(
          Quantity.W_CATEGORY,
          Quantity.W_STYLE,
          Quantity.NN1_CATEGORY,
          Quantity.NN1_STYLE,
          Quantity.SELF_RECOGNITION);

  /// Smaller differences are rounding.
  private static final double ZERO = 1e-6;

  /// @param models in the order of the result
  /// @return every pair for every quantity of [#TESTED] that has replicates
  static List<PairedTest> all(List<ModelResult> models) {
    var out = new ArrayList<PairedTest>();
    for (Quantity quantity : TESTED) {
      var tests = new ArrayList<PairedTest>();
      for (int a = 0; a < models.size(); a++) {
        for (int b = a + 1; b < models.size(); b++) {
          PairedTest test = of(models.get(a), models.get(b), quantity);
          if (test.interval.defined()) {
            tests.add(test);
          }
        }
      }
      out.addAll(holm(tests));
    }
    return List.copyOf(out);
  }

  private static PairedTest of(ModelResult a, ModelResult b, Quantity quantity) {
    Estimate x = a.measures().of(quantity);
    Estimate y = b.measures().of(quantity);
    double[] gaps = new double[Math.min(x.replicates().length, y.replicates().length)];
    Arrays.setAll(gaps, r -> y.replicates()[r] - x.replicates()[r]);
    double difference = y.value() - x.value();
    double p = p(difference, gaps);
    return new PairedTest(
        a.name(), b.name(), quantity, difference, Interval.of(difference, gaps), p, p);
  }

  private static double p(double difference, double[] gaps) {
    double mean = Arrays.stream(gaps).average().orElse(Double.NaN);
    double variance =
        Arrays.stream(gaps).map(g -> (g - mean) * (g - mean)).sum() / (gaps.length - 1);
    double deviation = Math.sqrt(variance);
    if (Math.abs(difference) <= ZERO) {
      return 1;
    }
    return deviation <= ZERO / 10 ? 0 : NormalTail.twoSided(difference / deviation);
  }

  /// Holm's step-down correction; the order of the tests stays.
  private static List<PairedTest> holm(List<PairedTest> tests) {
    PairedTest[] out = tests.toArray(PairedTest[]::new);
    Integer[] order = new Integer[out.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparingDouble(i -> out[i].p));
    double largest = 0;
    for (int k = 0; k < order.length; k++) {
      PairedTest t = out[order[k]];
      largest = Math.max(largest, Math.min(1, (order.length - k) * t.p));
      out[order[k]] =
          new PairedTest(t.first, t.second, t.quantity, t.difference, t.interval, t.p, largest);
    }
    return List.of(out);
  }
}

package io.semblance.attribution.evaluate;

import java.util.List;
import java.util.function.ToDoubleFunction;

/// A mean over queries with its standard error, clustered by customised model: the queries of one
/// model are not independent, so models are what there is many of.
///
/// @param value the mean
/// @param error standard error, in the value's unit; NaN with a single model
public record Estimate(double value, double error) {

  /// The mean, and sqrt(G / (G - 1) * sum over models of (sum of deviations)^2) / n. Source: Liang
  /// and Zeger 1986, for a mean.
  ///
  /// @param queries at least one
  /// @param metric of a query
  /// @return the estimate
  static Estimate of(List<QueryResult> queries, ToDoubleFunction<QueryResult> metric) {
    double sum = 0;
    int models = 0;
    for (QueryResult q : queries) {
      sum += metric.applyAsDouble(q);
      models = Math.max(models, q.model() + 1);
    }
    double mean = sum / queries.size();
    double[] deviation = new double[models];
    boolean[] seen = new boolean[models];
    for (QueryResult q : queries) {
      deviation[q.model()] += metric.applyAsDouble(q) - mean;
      seen[q.model()] = true;
    }
    double squares = 0;
    int clusters = 0;
    for (int m = 0; m < models; m++) {
      squares += deviation[m] * deviation[m];
      clusters += seen[m] ? 1 : 0;
    }
    double error =
        clusters < 2
            ? Double.NaN
            : Math.sqrt(squares * clusters / (clusters - 1.0)) / queries.size();
    return new Estimate(mean, error);
  }

  /// @param cases one estimate a test case, independent of each other
  /// @return their mean, as the paper averages test cases
  static Estimate mean(List<Estimate> cases) {
    double value = 0;
    double variance = 0;
    for (Estimate e : cases) {
      value += e.value();
      variance += e.error() * e.error();
    }
    return new Estimate(value / cases.size(), Math.sqrt(variance) / cases.size());
  }
}

package io.semblance.attribution.evaluate;

import java.util.ArrayList;
import java.util.List;

/// What one test case (a split with one prompt scheme) gave.
///
/// @param name of the split
/// @param scheme of the prompts
/// @param pool distractors, N
/// @param queries at least one
/// @param metrics R@K for the asked K, then mAP
/// @param tied queries in which a distractor scores exactly as much as an exemplar
public record CaseResult(
    String name,
    String scheme,
    long pool,
    List<QueryResult> queries,
    List<Measured> metrics,
    int tied) {

  /// Copies the lists.
  public CaseResult {
    queries = List.copyOf(queries);
    metrics = List.copyOf(metrics);
  }

  /// One metric.
  ///
  /// @param name `R@10`, `mAP`
  /// @param estimate mean over queries and its clustered standard error
  /// @param ceiling the most there can be: below 1 where a model has more than K exemplars
  /// @param chance what a random ranking gives, on average
  public record Measured(String name, Estimate estimate, double ceiling, double chance) {}

  static CaseResult of(
      String name, String scheme, long pool, List<QueryResult> queries, List<Integer> ks) {
    var metrics = new ArrayList<Measured>();
    for (int k : ks) {
      metrics.add(
          new Measured(
              "R@" + k,
              Estimate.of(queries, q -> q.recall(k)),
              queries.stream().mapToDouble(q -> q.ceiling(k)).average().orElseThrow(),
              queries.stream()
                  .mapToDouble(q -> Math.min(1, (double) k / (pool + q.ranks().length)))
                  .average()
                  .orElseThrow()));
    }
    metrics.add(
        new Measured(
            "mAP",
            Estimate.of(queries, QueryResult::averagePrecision),
            1,
            queries.stream()
                .mapToDouble(q -> chance(q.ranks().length, pool + q.ranks().length))
                .average()
                .orElseThrow()));
    int tied = (int) queries.stream().filter(QueryResult::tied).count();
    return new CaseResult(name, scheme, pool, queries, metrics, tied);
  }

  /// Average precision of a random ranking of n images with e wanted ones. Source: Bestgen 2015,
  /// "Exact expected average precision of the random baseline".
  static double chance(long e, long n) {
    double harmonic = 0;
    if (n < 10_000) {
      for (long i = 1; i <= n; i++) {
        harmonic += 1.0 / i;
      }
    } else {
      harmonic = Math.log((double) n) + 0.5772156649015329 + 0.5 / n;
    }
    return n == 1 ? 1 : (harmonic + (e - 1.0) / (n - 1.0) * (n - harmonic)) / n;
  }

  /// @param metric name of one, e.g. `R@10`
  /// @return it
  /// @throws IllegalArgumentException if it was not measured
  public Measured metric(String metric) {
    return metrics.stream()
        .filter(m -> m.name().equals(metric))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("there is no " + metric + " among " + metrics));
  }
}

package io.semblance.core.search;

import io.semblance.core.table.EmbeddingTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The naive twin of [ExactSearch]: scores every pair with plain loops and sorts.
final class NaiveSearch {

  private NaiveSearch() {}

  static List<List<SearchHit>> search(
      List<EmbeddingTable> tables, Metric metric, float[] queries, int k) {
    int d = tables.getFirst().dimension();
    var answer = new ArrayList<List<SearchHit>>();
    for (int q = 0; q < queries.length / d; q++) {
      float[] query = java.util.Arrays.copyOfRange(queries, q * d, (q + 1) * d);
      var hits = new ArrayList<SearchHit>();
      for (int t = 0; t < tables.size(); t++) {
        for (int r = 0; r < tables.get(t).size(); r++) {
          hits.add(new SearchHit(t, r, score(metric, query, tables.get(t).vector(r))));
        }
      }
      Comparator<SearchHit> closest = Comparator.comparingDouble(SearchHit::score);
      // List.sort is stable: of equal scores the earlier row stays first.
      hits.sort(metric == Metric.EUCLIDEAN ? closest : closest.reversed());
      answer.add(List.copyOf(hits.subList(0, Math.min(k, hits.size()))));
    }
    return answer;
  }

  static double score(Metric metric, float[] a, float[] b) {
    double dot = 0;
    double squareA = 0;
    double squareB = 0;
    double squareDifference = 0;
    for (int j = 0; j < a.length; j++) {
      dot += (double) a[j] * b[j];
      squareA += (double) a[j] * a[j];
      squareB += (double) b[j] * b[j];
      squareDifference += ((double) a[j] - b[j]) * ((double) a[j] - b[j]);
    }
    return switch (metric) {
      case COSINE ->
          squareA == 0 || squareB == 0
              ? 0
              : Math.max(-1, Math.min(1, dot / Math.sqrt(squareA * squareB)));
      case INNER_PRODUCT -> dot;
      case EUCLIDEAN -> Math.sqrt(squareDifference);
    };
  }
}

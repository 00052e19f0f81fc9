package io.semblance.attribution.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.semblance.attribution.Golden;
import io.semblance.attribution.feature.MemoryFeatures;
import io.semblance.attribution.feature.Pool;
import io.semblance.attribution.feature.TestSet;
import io.semblance.attribution.feature.TestSet.Model;
import io.semblance.attribution.feature.TestSet.Rows;
import io.semblance.attribution.feature.TestSet.Scheme;
import io.semblance.attribution.mapper.FeatureMap;
import io.semblance.core.Progress;
import io.semblance.core.table.Provenance;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Ranks, average precision and recalls of exactly given scores, against a stable `torch.argsort`.
class MetricsGoldenTest {

  private static final Provenance NET = Provenance.unknown("net");

  private static float[] floats(String name) throws IOException {
    double[] numbers = Golden.numbers(name);
    float[] out = new float[numbers.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) numbers[i];
    }
    return out;
  }

  private static Rows rows(String prefix, float[] vectors, int d) {
    List<String> ids =
        IntStream.range(0, vectors.length / d).mapToObj(i -> prefix + " " + i).toList();
    return new Rows(ids, vectors);
  }

  /// Exemplars of each model: how many ranks its queries have.
  private static List<Model> models(List<List<String>> lines) {
    var counts = new ArrayList<Integer>();
    for (List<String> line : lines) {
      if (Integer.parseInt(line.get(0)) == counts.size()) {
        counts.add(line.get(1).split(" ", -1).length);
      }
    }
    var out = new ArrayList<Model>();
    int from = 0;
    for (int count : counts) {
      out.add(new Model(from, from + count, null, null));
      from += count;
    }
    return out;
  }

  private static List<QueryResult> evaluate(String name, List<List<String>> lines)
      throws IOException {
    float[] queries = floats("metrics-" + name + "-queries");
    int d = queries.length / lines.size();
    int[] model = lines.stream().mapToInt(l -> Integer.parseInt(l.get(0))).toArray();
    var set =
        new TestSet(
            name,
            NET,
            d,
            rows("exemplar", floats("metrics-" + name + "-exemplars"), d),
            models(lines),
            List.of(new Scheme("gpt", rows("query", queries, d), model)));
    FeatureMap same = FeatureMap.identity(d);
    try (Pool pool =
        Pool.of(new MemoryFeatures(NET, floats("metrics-" + name + "-pool"), d, null))) {
      return new Evaluator(pool, same, same, List.of(1))
          .evaluate(List.of(set), Progress.none())
          .getFirst()
          .queries();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"random", "tied", "constant", "negative", "degenerate", "few"})
  void identicalScoresGiveIdenticalMetrics(String name) throws IOException {
    List<List<String>> lines = Golden.csv("metrics-" + name + ".csv");
    List<QueryResult> found = evaluate(name, lines);
    assertEquals(6, found.size());
    for (int q = 0; q < 6; q++) {
      List<String> line = lines.get(q);
      QueryResult r = found.get(q);
      String ranks =
          Arrays.stream(r.ranks()).mapToObj(Long::toString).collect(Collectors.joining(" "));
      assertEquals(line.get(1), ranks, name + " " + q);
      assertEquals(Double.parseDouble(line.get(2)), r.averagePrecision(), 1e-14);
      assertEquals(Double.parseDouble(line.get(3)), r.recall(1), 1e-15);
      assertEquals(Double.parseDouble(line.get(4)), r.recall(5), 1e-15);
      assertEquals(Double.parseDouble(line.get(5)), r.best(), "the score itself, to the last bit");
    }
  }

  @Test
  void tiesAreCounted() throws IOException {
    for (String name : List.of("tied", "constant", "degenerate")) {
      assertTrue(
          evaluate(name, Golden.csv("metrics-" + name + ".csv")).stream()
              .allMatch(QueryResult::tied),
          name);
    }
  }
}

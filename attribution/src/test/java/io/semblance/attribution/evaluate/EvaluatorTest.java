package io.semblance.attribution.evaluate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.semblance.attribution.feature.MemoryFeatures;
import io.semblance.attribution.feature.Pool;
import io.semblance.attribution.feature.TestSet;
import io.semblance.attribution.feature.TestSet.Model;
import io.semblance.attribution.feature.TestSet.Rows;
import io.semblance.attribution.feature.TestSet.Scheme;
import io.semblance.attribution.mapper.FeatureMap;
import io.semblance.core.Progress;
import io.semblance.core.SemblanceException;
import io.semblance.core.search.Metric;
import io.semblance.core.table.Provenance;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EvaluatorTest {

  private static final Provenance NET =
      new Provenance("net", Provenance.Kind.NEURAL, "aa", "224 px", false);

  /// Small whole numbers as components make many exactly equal cosines.
  private static float[] vectors(Random random, int n, int d, boolean coarse) {
    float[] out = new float[n * d];
    for (int i = 0; i < out.length; i++) {
      out[i] = coarse ? random.nextInt(3) - 1 : (float) random.nextGaussian();
    }
    return out;
  }

  private static List<String> names(String prefix, int n) {
    return IntStream.range(0, n).mapToObj(i -> prefix + i).toList();
  }

  private static TestSet set(Random random, int d, boolean coarse, int... exemplars) {
    var models = new ArrayList<Model>();
    int from = 0;
    for (int e : exemplars) {
      models.add(new Model(from, from + e, null, "c" + models.size() % 2));
      from += e;
    }
    var schemes = new ArrayList<Scheme>();
    for (String name : List.of("gpt", "object")) {
      int[] model = random.ints(7, 0, exemplars.length).toArray();
      schemes.add(new Scheme(name, new Rows(names(name, 7), vectors(random, 7, d, coarse)), model));
    }
    return new TestSet(
        "set",
        NET,
        d,
        new Rows(names("e", from), vectors(random, from, d, coarse)),
        models,
        schemes);
  }

  /// The naive twin: every cosine by [Metric], then counted one by one.
  private static long[] ranks(TestSet set, Scheme scheme, int query, float[] pool) {
    int d = set.dimension();
    float[] q = Arrays.copyOfRange(scheme.queries().vectors(), query * d, (query + 1) * d);
    Model model = set.models().get(scheme.model()[query]);
    var scores = new ArrayList<Double>();
    for (int e = model.from(); e < model.to(); e++) {
      float[] x = Arrays.copyOfRange(set.exemplars().vectors(), e * d, (e + 1) * d);
      scores.add(Metric.COSINE.score(q, x));
    }
    scores.sort((a, b) -> Double.compare(b, a));
    long[] ranks = new long[scores.size()];
    for (int j = 0; j < ranks.length; j++) {
      ranks[j] = j + 1L;
      for (int r = 0; r < pool.length / d; r++) {
        float[] x = Arrays.copyOfRange(pool, r * d, (r + 1) * d);
        ranks[j] += Metric.COSINE.score(q, x) >= scores.get(j) ? 1 : 0;
      }
    }
    return ranks;
  }

  private static List<CaseResult> evaluate(TestSet set, float[] pool, List<Integer> ks)
      throws IOException {
    var rows = new MemoryFeatures(NET, pool, set.dimension(), null);
    FeatureMap same = FeatureMap.identity(set.dimension());
    return new Evaluator(Pool.of(rows), same, same, ks).evaluate(List.of(set), Progress.none());
  }

  private static void assertTwin(TestSet set, float[] pool) throws IOException {
    List<CaseResult> results = evaluate(set, pool, List.of(1, 5));
    assertEquals(2, results.size());
    for (int s = 0; s < 2; s++) {
      Scheme scheme = set.schemes().get(s);
      for (int q = 0; q < scheme.queries().size(); q++) {
        assertArrayEquals(
            ranks(set, scheme, q, pool), results.get(s).queries().get(q).ranks(), "query " + q);
      }
    }
  }

  @Test
  void ranksAsTheNaiveTwinOnRandomVectors() throws IOException {
    for (int seed = 0; seed < 8; seed++) {
      var random = new Random(seed);
      int d = 1 + random.nextInt(40);
      assertTwin(set(random, d, false, 1, 3, 12), vectors(random, 5000, d, false));
    }
  }

  @Test
  void countsTiesAgainstTheExemplar() throws IOException {
    for (int seed = 0; seed < 8; seed++) {
      var random = new Random(seed);
      int d = 4; // squares and products of -1, 0 and 1: cosines are equal to the last bit
      TestSet set = set(random, d, true, 1, 2, 5);
      float[] pool = vectors(random, 300, d, true);
      assertTwin(set, pool);
      assertTrue(evaluate(set, pool, List.of(1)).getFirst().tied() > 0);
    }
  }

  @Test
  void aCopyOfTheExemplarStandsBeforeIt() throws IOException {
    float[] e = {0.1f, 0.7f, -0.3f};
    var set =
        new TestSet(
            "set",
            NET,
            3,
            new Rows(List.of("e"), e),
            List.of(new Model(0, 1, null, null)),
            List.of(
                new Scheme(
                    "gpt", new Rows(List.of("q"), new float[] {0.2f, 0.5f, 0.1f}), new int[] {0})));
    float[] pool = {0.1f, 0.7f, -0.3f, 0.2f, 1.4f, -0.6f, -1, -1, -1, 0, 0, 0};
    QueryResult q = evaluate(set, pool, List.of(1)).getFirst().queries().getFirst();
    assertArrayEquals(new long[] {3}, q.ranks());
    assertTrue(q.tied());
    assertEquals(1.0 / 3, q.averagePrecision());
  }

  @Test
  void saysWhichVectorIsNotFinite() {
    var random = new Random(1);
    TestSet set = set(random, 4, false, 1);
    float[] pool = vectors(random, 10, 4, false);
    pool[6] = Float.NaN;
    var e = assertThrows(SemblanceException.class, () -> evaluate(set, pool, List.of(1)));
    assertTrue(e.getMessage().contains("row 1"), e.getMessage());
    float[] good = vectors(random, 10, 4, false);
    set.exemplars().vectors()[2] = Float.POSITIVE_INFINITY;
    e = assertThrows(SemblanceException.class, () -> evaluate(set, good, List.of(1)));
    assertTrue(e.getMessage().contains("e0"), e.getMessage());
  }

  @Test
  void refusesACutOffBeyondThePool() {
    var random = new Random(1);
    TestSet set = set(random, 4, false, 2);
    float[] pool = vectors(random, 10, 4, false);
    var e = assertThrows(SemblanceException.class, () -> evaluate(set, pool, List.of(13)));
    assertTrue(e.getMessage().contains("12 images"), e.getMessage());
  }

  @Test
  void refusesAnotherDimension() {
    var random = new Random(1);
    TestSet set = set(random, 4, false, 2);
    var rows = new MemoryFeatures(NET, new float[15], 5, null);
    FeatureMap same = FeatureMap.identity(4);
    var evaluator = new Evaluator(Pool.of(rows), same, same, List.of(1));
    assertThrows(SemblanceException.class, () -> evaluator.evaluate(List.of(set), Progress.none()));
  }

  @Test
  void standardErrorsAreThoseOfClusters() {
    // three models with means 1, 0, 0 over two queries each
    var queries = new ArrayList<QueryResult>();
    for (int m = 0; m < 3; m++) {
      for (int i = 0; i < 2; i++) {
        queries.add(new QueryResult("q", m, new long[] {m == 0 ? 1 : 9}, 0, false));
      }
    }
    Estimate e = Estimate.of(queries, q -> q.recall(1));
    assertEquals(1.0 / 3, e.value(), 1e-15);
    double squares = Math.pow(4.0 / 3, 2) + 2 * Math.pow(2.0 / 3, 2);
    assertEquals(Math.sqrt(squares * 3 / 2) / 6, e.error(), 1e-15);
  }

  @Test
  void chanceIsWhatRandomRankingsGive() {
    var random = new Random(5);
    double sum = 0;
    int trials = 40_000;
    for (int t = 0; t < trials; t++) {
      long[] ranks = random.ints(1, 21).distinct().limit(3).sorted().asLongStream().toArray();
      sum += new QueryResult("q", 0, ranks, 0, false).averagePrecision();
    }
    assertEquals(sum / trials, CaseResult.chance(3, 20), 0.004);
  }

  @Test
  void thePaperHasEightTestCasesOfThirtySixLines() throws IOException {
    assertEquals(288, PaperTables.all().size());
    var result = new CaseResult("imagenet_unseen_test", "media", 1, List.of(), List.of(), 0);
    List<PaperTables.Row> dino = PaperTables.beside(result, "dino");
    assertEquals(8, dino.size());
    assertEquals(0.540, dino.getFirst().recall5());
    assertThrows(SemblanceException.class, () -> PaperTables.beside(result, "resnet"));
  }
}

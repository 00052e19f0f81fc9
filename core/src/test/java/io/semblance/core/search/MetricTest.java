package io.semblance.core.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// One law a test, every metric a row: a new metric is tested by being there.
class MetricTest {

  private static final int D = 17;
  private static final float[] POINTS = Tables.gaussian(1, 30, D);

  @ParameterizedTest
  @EnumSource(Metric.class)
  void isSymmetric(Metric metric) {
    forAllPairs((a, b) -> assertEquals(metric.score(a, b), metric.score(b, a)));
  }

  @ParameterizedTest
  @EnumSource(Metric.class)
  void scoresDuplicatesEqually(Metric metric) {
    forAllPairs((a, b) -> assertEquals(metric.score(a, b), metric.score(a.clone(), b.clone())));
  }

  @ParameterizedTest
  @EnumSource(Metric.class)
  void staysInItsRange(Metric metric) {
    forAllPairs(
        (a, b) -> {
          double score = metric.score(a, b);
          switch (metric) {
            case COSINE -> assertTrue(score >= -1 && score <= 1);
            case INNER_PRODUCT -> assertTrue(Double.isFinite(score));
            case EUCLIDEAN -> assertTrue(score >= 0);
          }
        });
  }

  @ParameterizedTest
  @EnumSource(Metric.class)
  void scoresAVectorAgainstItself(Metric metric) {
    for (int i = 0; i < 30; i++) {
      float[] a = point(i);
      double expected =
          switch (metric) {
            case COSINE -> 1;
            case INNER_PRODUCT -> NaiveSearch.score(Metric.INNER_PRODUCT, a, a);
            case EUCLIDEAN -> 0;
          };
      assertEquals(expected, metric.score(a, a));
    }
  }

  @ParameterizedTest
  @EnumSource(Metric.class)
  void pointsTheWayItSays(Metric metric) {
    float[] query = {1, 0};
    double near = metric.score(query, new float[] {1, 0});
    double far = metric.score(query, new float[] {-1, 0});
    assertEquals(metric.higherIsCloser(), near > far);
    assertTrue(metric.closenessOf(near) > metric.closenessOf(far));
  }

  @ParameterizedTest
  @EnumSource(Metric.class)
  void neverUnderestimatesTheClosenessOfARow(Metric metric) {
    forAllPairs(
        (a, b) -> {
          double normA = metricNorm(a);
          double normB = metricNorm(b);
          double unitDot = NaiveSearch.score(Metric.INNER_PRODUCT, a, b) / normA;
          double most = metric.closeness(unitDot, normA, normB) + metric.slack(1e-6, normA, normB);
          double exact = metric.closenessOf(metric.score(a, b));
          assertTrue(most >= exact);
          assertEquals(exact, most, 1e-6 * (normA + normB) * (normA + normB) + 1e-6);
        });
  }

  @Test
  void cosineIgnoresLengthAndIsZeroWithZeros() {
    float[] doubled = new float[D];
    for (int j = 0; j < D; j++) {
      doubled[j] = 2 * POINTS[j];
    }
    assertEquals(1, Metric.COSINE.score(point(0), doubled));
    assertEquals(0, Metric.COSINE.score(point(0), new float[D]));
    assertEquals(0, Metric.COSINE.score(new float[D], new float[D]));
  }

  @Test
  void refusesVectorsOfDifferentLength() {
    assertThrows(
        IllegalArgumentException.class,
        () -> Metric.COSINE.score(new float[] {1}, new float[] {1, 2}));
  }

  private static double metricNorm(float[] a) {
    return Math.sqrt(NaiveSearch.score(Metric.INNER_PRODUCT, a, a));
  }

  private static float[] point(int i) {
    return Arrays.copyOfRange(POINTS, i * D, (i + 1) * D);
  }

  private static void forAllPairs(java.util.function.BiConsumer<float[], float[]> law) {
    for (int i = 0; i < 30; i++) {
      for (int j = 0; j < 30; j++) {
        law.accept(point(i), point(j));
      }
    }
  }
}

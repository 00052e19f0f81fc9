package io.semblance.salad;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.semblance.core.Progress;
import io.semblance.core.SemblanceException;
import io.semblance.core.linalg.Matrix;
import io.semblance.core.table.Compute;
import io.semblance.core.table.EmbeddingTable;
import io.semblance.core.table.Precision;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetricsTest {

  private static final SyntheticSalad GRID = new SyntheticSalad(3, 2, 4);

  /// The definition, pair by pair.
  private static double naive(double[] x, double[] y, Metric metric) {
    double dot = 0;
    double xx = 0;
    double yy = 0;
    double squared = 0;
    for (int j = 0; j < x.length; j++) {
      dot += x[j] * y[j];
      xx += x[j] * x[j];
      yy += y[j] * y[j];
      squared += (x[j] - y[j]) * (x[j] - y[j]);
    }
    return metric == Metric.COSINE ? 1 - dot / Math.sqrt(xx * yy) : Math.sqrt(squared);
  }

  @ParameterizedTest
  @EnumSource(
      value = Metric.class,
      names = {"EUCLIDEAN", "COSINE"})
  void heatmapsEqualTheMeanOverAllPairs(Metric metric) throws SemblanceException {
    EmbeddingTable table = GRID.model("a", 7, 1, 1, 3);
    Matrix x = Matrix.of(table);
    Heatmap heatmap =
        SaladAnalysis.of(
                List.of(table), SaladOptions.defaults().withMetric(metric), Progress.none())
            .models()
            .getFirst()
            .heatmap();
    for (int a = 0; a < 6; a++) {
      for (int b = 0; b < 6; b++) {
        double sum = 0;
        for (int i = 0; i < 4; i++) {
          for (int j = 0; j < 4; j++) {
            sum += a == b && i == j ? 0 : naive(x.row(4 * a + i), x.row(4 * b + j), metric);
          }
        }
        assertEquals(sum / (a == b ? 12 : 16), heatmap.means().get(a, b), 1e-9);
      }
    }
  }

  @Test
  void roundingOfHalfPrecisionIsDroppedOrWarnedOf() throws IOException {
    Matrix x = Matrix.of(GRID.model("a", 3, 1, 1, 4));
    for (int i = 0; i < x.rows(); i++) {
      x.set(i, 1, 1e-3 * x.get(i, 1));
      x.set(i, 2, 1e-6 * x.get(i, 2));
    }
    var options = SaladOptions.defaults().withCovariance(new CovarianceChoice.Empirical());
    FeatureSpace single = FeatureSpace.of(x, Precision.FLOAT32, options);
    assertEquals(3, single.facts().rank());
    assertTrue(single.warnings().isEmpty());
    FeatureSpace half = FeatureSpace.of(x, Precision.FLOAT16, options);
    assertEquals(2, half.facts().rank());
    assertTrue(half.warnings().getFirst().contains("float16"), half.warnings().toString());
  }

  @Test
  void computingInLessIsWarnedOfAndDropsNothing() throws IOException {
    Matrix x = Matrix.of(GRID.model("a", 3, 1, 1, 4));
    for (int i = 0; i < x.rows(); i++) {
      x.set(i, 1, 1e-3 * x.get(i, 1));
    }
    var options = SaladOptions.defaults().withCovariance(new CovarianceChoice.Empirical());
    FeatureSpace plain = FeatureSpace.of(x, Precision.FLOAT32, Compute.FP32, options);
    assertTrue(plain.warnings().isEmpty(), plain.warnings().toString());
    FeatureSpace reduced = FeatureSpace.of(x, Precision.FLOAT32, Compute.BF16, options);
    assertEquals(plain.facts(), reduced.facts());
    String warning = reduced.warnings().getFirst();
    assertTrue(
        warning.startsWith("1 of 3 directions vary hardly more than computing in bf16"), warning);
  }

  @Test
  void vectorsAllEqualAreMeasuredAndSaid() throws SemblanceException {
    var grid = new SyntheticSalad(1, 3, 4);
    SaladResult result =
        SaladAnalysis.of(
            List.of(grid.styleBlind(), grid.categoryBlind()),
            SaladOptions.defaults(),
            Progress.none());
    assertTrue(result.models().getFirst().warnings().getFirst().contains("equal"));
    assertTrue(result.comparison().notes().getFirst().contains("same distance"));
    assertEquals(Verdict.Kind.UNDEFINED, result.models().getFirst().verdict().kind());
  }

  @Test
  void zerosHaveNoCosineAndInfinityNoDistance() throws SemblanceException {
    float[] zeros = new float[24 * 2];
    float[] infinite = new float[24 * 2];
    infinite[5] = Float.POSITIVE_INFINITY;
    var provenance = GRID.balanced().provenance();
    SaladResult result =
        SaladAnalysis.of(
            List.of(
                EmbeddingTable.of(provenance, GRID.rows(), zeros),
                EmbeddingTable.of(provenance, GRID.rows(), infinite),
                GRID.model("good", 4, 1, 1, 1)),
            SaladOptions.defaults().withMetric(Metric.COSINE),
            Progress.none());
    assertEquals(2, result.refusals().size());
    assertEquals("balanced (2)", result.refusals().get(1).name());
    assertTrue(result.refusals().get(1).reason().contains("0_0_2.png is Infinity"));
    assertEquals("good", result.models().getFirst().name());
  }

  @Test
  void aVerdictNamesTheCellsNoComputationalModelRecognises() throws SemblanceException {
    SaladResult result =
        SaladAnalysis.of(
            List.of(GRID.balanced(), GRID.model("a", 4, 9, 9, 1)),
            SaladOptions.defaults().withMetric(Metric.EUCLIDEAN),
            Progress.none());
    assertEquals(1, result.verdict().models());
    assertTrue(result.verdict().passed());
    SaladResult blind =
        SaladAnalysis.of(
            List.of(GRID.balanced(), GRID.model("a", 4, 9, 0, 1)),
            SaladOptions.defaults().withMetric(Metric.EUCLIDEAN),
            Progress.none());
    assertEquals(false, blind.verdict().passed());
    SaladResult concepts =
        SaladAnalysis.of(
            List.of(GRID.balanced()),
            SaladOptions.defaults().withMetric(Metric.EUCLIDEAN),
            Progress.none());
    assertEquals(false, concepts.verdict().defined());
  }

  @Test
  void tooFewImagesForTheDirectionsAskedForAreRefused() {
    Matrix x = Matrix.of(GRID.model("a", 30, 1, 1, 1));
    for (String choice : List.of("empirical", "pca:23")) {
      var options = SaladOptions.defaults().withCovariance(CovarianceChoice.parse(choice));
      SemblanceException e =
          assertThrows(
              SemblanceException.class, () -> FeatureSpace.of(x, Precision.FLOAT32, options));
      assertTrue(e.getMessage().startsWith("24 images are too few"), e.getMessage());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"pca:0", "pca:", "pca", "Empirical", "", "pca:99999999999"})
  void covariancesThatDoNotExistAreRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> CovarianceChoice.parse(text));
    assertThrows(IllegalArgumentException.class, () -> Metric.parse(text));
    assertThrows(IllegalArgumentException.class, () -> ScatterChoice.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"auto", "empirical", "ledoit-wolf", "pca:50"})
  void covariancesAreNamedAsTheyAreAskedFor(String text) {
    assertEquals(text, CovarianceChoice.parse(text).toString());
  }

  @Test
  void optionsOutOfRangeAreRefused() {
    var options = SaladOptions.defaults();
    assertThrows(IllegalArgumentException.class, () -> options.withInits(0));
    assertThrows(
        IllegalArgumentException.class,
        () -> SaladAnalysis.of(List.of(), options, Progress.none()));
  }
}

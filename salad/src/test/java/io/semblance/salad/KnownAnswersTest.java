package io.semblance.salad;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.semblance.core.Progress;
import io.semblance.core.SemblanceException;
import io.semblance.core.linalg.Matrix;
import io.semblance.core.table.EmbeddingTable;
import io.semblance.core.table.Precision;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the definition of the benchmark says must come out.
class KnownAnswersTest {

  private static final SaladOptions OPTIONS =
      SaladOptions.defaults()
          .withScatterPoints(0)
          .withResamples(new SaladOptions.Resamples(0, false));

  private static ModelResult only(EmbeddingTable table) throws SemblanceException {
    return SaladAnalysis.of(List.of(table), OPTIONS, Progress.none()).models().getFirst();
  }

  private static ModelResult only(EmbeddingTable table, String covariance)
      throws SemblanceException {
    var options = OPTIONS.withCovariance(CovarianceChoice.parse(covariance));
    return SaladAnalysis.of(List.of(table), options, Progress.none()).models().getFirst();
  }

  @ParameterizedTest
  @CsvSource({"10,10", "6,10"})
  void oneThingOnlyPutsItAtZeroAndAllElseAtOneDistance(int categories, int styles)
      throws SemblanceException {
    var grid = new SyntheticSalad(categories, styles, 3);
    int n = grid.size();
    Heatmap byCategory = only(grid.styleBlind()).heatmap();
    Heatmap byStyle = only(grid.categoryBlind()).heatmap();
    SaladAxes axes = byCategory.axes();
    for (int a = 0; a < axes.cells(); a++) {
      for (int b = 0; b < axes.cells(); b++) {
        boolean sameCategory = axes.categoryOf(a) == axes.categoryOf(b);
        boolean sameStyle = axes.styleOf(a) == axes.styleOf(b);
        double shrink = (n - 1.0) / n;
        assertEquals(
            sameCategory ? 0 : Math.sqrt(2 * categories * shrink),
            byCategory.means().get(a, b),
            1e-9);
        assertEquals(
            sameStyle ? 0 : Math.sqrt(2 * styles * shrink), byStyle.means().get(a, b), 1e-9);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"10,10", "6,10"})
  void balancedHasFourDistances(int categories, int styles) throws SemblanceException {
    var grid = new SyntheticSalad(categories, styles, 3);
    Heatmap heatmap = only(grid.balanced()).heatmap();
    SaladAxes axes = heatmap.axes();
    double shrink = (grid.size() - 1.0) / grid.size();
    for (int a = 0; a < axes.cells(); a++) {
      for (int b = 0; b < axes.cells(); b++) {
        double squared =
            (axes.categoryOf(a) == axes.categoryOf(b) ? 0 : 2 * categories)
                + (axes.styleOf(a) == axes.styleOf(b) ? 0 : 2 * styles);
        assertEquals(Math.sqrt(squared * shrink), heatmap.means().get(a, b), 1e-9);
      }
    }
    assertEquals(100, only(grid.balanced()).recognition().meanPercent());
  }

  @Test
  void styleBlindScoresExactlyTenOfAHundredEverywhere() throws SemblanceException {
    SelfRecognition recognition = only(new SyntheticSalad(10, 10, 100).styleBlind()).recognition();
    for (double count : recognition.counts()) {
      assertEquals(10.0, count);
    }
    assertEquals(10.0, recognition.percent(37));
  }

  @Test
  void aPermutationOfTheRowsChangesNothing() throws SemblanceException {
    var grid = new SyntheticSalad(4, 3, 5);
    List<EmbeddingTable> tables =
        List.of(
            grid.model("a", 6, 2, 1, 1), grid.model("b", 8, 1, 2, 2), grid.model("c", 5, 1, 1, 3));
    var shuffled = new ArrayList<EmbeddingTable>();
    tables.forEach(t -> shuffled.add(SyntheticSalad.permuted(t, shuffled.size())));
    SaladResult one = SaladAnalysis.of(tables, SaladOptions.defaults(), Progress.none());
    SaladResult two = SaladAnalysis.of(shuffled, SaladOptions.defaults(), Progress.none());
    assertArrayEquals(one.comparison().scores().data(), two.comparison().scores().data(), 1e-9);
    for (int m = 0; m < 3; m++) {
      assertArrayEquals(
          one.models().get(m).heatmap().means().data(),
          two.models().get(m).heatmap().means().data(),
          1e-9);
      assertArrayEquals(
          one.models().get(m).recognition().counts(), two.models().get(m).recognition().counts());
      assertEquals(one.models().get(m).scatter().ids(), two.models().get(m).scatter().ids());
    }
  }

  @Test
  void anInvertibleAffineMapChangesNothingUnderTheEmpiricalCovariance() throws IOException {
    var grid = new SyntheticSalad(4, 3, 5);
    Matrix x = Matrix.of(grid.model("a", 6, 2, 1, 4));
    Matrix map = Matrix.of(new SyntheticSalad(2, 3, 1).model("map", 6, 1, 1, 5));
    Matrix y = io.semblance.core.linalg.LinearAlgebra.product(x, map);
    y = y.minusRow(new double[] {-5, 4, 100, 0, 3, -2});
    SaladAxes axes = SaladAxes.of(List.of(grid.balanced()));
    SaladGrid cells = SaladGrid.of(grid.rows(), axes);
    var options = SaladOptions.defaults().withCovariance(new CovarianceChoice.Empirical());
    double[][] means = new double[2][];
    int k = 0;
    for (Matrix m : List.of(x, y)) {
      FeatureSpace space = FeatureSpace.of(m, Precision.FLOAT32, options);
      means[k++] =
          DistancePass.run(space, cells, 60, 10, null, Progress.none()).heatmap().means().data();
    }
    assertArrayEquals(means[0], means[1], 1e-9);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 60, 1000})
  void countsAreTheSameForAnyBlockSizeAndThreads(int blockRows) throws Exception {
    var grid = new SyntheticSalad(4, 3, 5);
    SaladAxes axes = SaladAxes.of(List.of(grid.balanced()));
    SaladGrid cells = SaladGrid.of(grid.rows(), axes);
    for (EmbeddingTable table : List.of(grid.model("a", 20, 1, 1, 6), grid.balanced())) {
      FeatureSpace space =
          FeatureSpace.of(Matrix.of(table), Precision.FLOAT32, SaladOptions.defaults());
      DistancePass all = DistancePass.run(space, cells, 60, 10, null, Progress.none());
      try (var oneThread = new ForkJoinPool(1)) {
        DistancePass pass =
            oneThread
                .submit(() -> DistancePass.run(space, cells, blockRows, 10, null, Progress.none()))
                .get();
        assertArrayEquals(all.imageCounts(), pass.imageCounts());
        assertArrayEquals(all.heatmap().means().data(), pass.heatmap().means().data(), 1e-9);
      }
    }
  }

  @Test
  void oneImageACellHasNoSelfRecognitionAndNoDiagonal() throws SemblanceException {
    ModelResult model = only(new SyntheticSalad(10, 10, 1).model("a", 5, 1, 1, 7));
    assertFalse(model.recognition().defined());
    assertTrue(Double.isNaN(model.heatmap().means().get(3, 3)));
    assertFalse(Double.isNaN(model.heatmap().means().get(3, 4)));
  }

  @Test
  void fewImagesAreRefusedByNameForThatTableOnly() throws SemblanceException {
    var grid = new SyntheticSalad(4, 3, 2);
    var options = SaladOptions.defaults().withCovariance(new CovarianceChoice.Empirical());
    SaladResult result =
        SaladAnalysis.of(
            List.of(grid.model("wide", 40, 1, 1, 8), grid.model("narrow", 3, 1, 1, 9)),
            options,
            Progress.none());
    assertEquals("wide", result.refusals().getFirst().name());
    assertTrue(result.refusals().getFirst().reason().contains("same distance"));
    assertEquals("narrow", result.models().getFirst().name());
    assertTrue(result.comparison().notes().getFirst().contains("needs two"));
  }

  @Test
  void aModelThatSeesNeitherCategoryNorStyleIsSaidToSayLittle() throws SemblanceException {
    ModelResult noise = only(new SyntheticSalad(5, 4, 6).model("noise", 5, 0, 0, 1));
    assertTrue(noise.warnings().getLast().contains("explain only"), noise.warnings().toString());
    assertTrue(only(new SyntheticSalad(5, 4, 6).balanced()).warnings().isEmpty());
  }

  @Test
  void automaticCovarianceTurnsAtFiveImagesADimension() throws SemblanceException {
    var grid = new SyntheticSalad(5, 2, 3);
    assertEquals("empirical", only(grid.model("a", 6, 1, 1, 1)).space().covariance());
    ModelResult wide = only(grid.model("a", 7, 1, 1, 1));
    assertEquals("ledoit-wolf", wide.space().covariance());
    assertTrue(wide.space().shrinkage() > 0);
    assertTrue(wide.warnings().getFirst().contains("--metric cosine"));
    assertEquals(2, only(grid.model("a", 7, 1, 1, 1), "pca:2").space().rank());
    assertTrue(
        only(grid.model("a", 7, 1, 1, 1), "empirical").warnings().getFirst().contains("fewer"));
  }
}

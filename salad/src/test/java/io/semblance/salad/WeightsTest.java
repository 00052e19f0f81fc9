package io.semblance.salad;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.semblance.core.Progress;
import io.semblance.core.SemblanceException;
import io.semblance.core.linalg.Distances;
import io.semblance.core.linalg.Matrix;
import io.semblance.core.linalg.ResampledSums;
import io.semblance.core.table.EmbeddingTable;
import io.semblance.core.table.Precision;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WeightsTest {

  private static SaladResult analysis(SaladOptions options, EmbeddingTable... tables)
      throws SemblanceException {
    return SaladAnalysis.of(List.of(tables), options.withScatterPoints(0), Progress.none());
  }

  @Test
  void differencesOfMeansAreLeastSquaresAndRanksAreSpearmans() throws SemblanceException {
    ModelResult model =
        analysis(SaladOptions.defaults(), new SyntheticSalad(4, 5, 3).model("a", 6, 1, 2, 1))
            .models()
            .getFirst();
    PairClasses pairs = PairClasses.of(model.heatmap());
    double[] distance = new double[pairs.size()];
    double[] category = new double[pairs.size()];
    double[] style = new double[pairs.size()];
    for (int p = 0; p < distance.length; p++) {
      distance[p] = model.heatmap().means().get(pairs.a()[p], pairs.b()[p]);
      category[p] = pairs.share()[p] == PairClasses.CATEGORY ? 0 : 1;
      style[p] = pairs.share()[p] == PairClasses.STYLE ? 0 : 1;
    }
    double[] z = ZScores.of(distance);
    Weights w = model.weights();
    assertArrayEquals(
        Regression.fit(z, category, style),
        new double[] {w.intercept(), w.category(), w.style(), w.r2()},
        1e-9);
    assertEquals(Spearman.of(z, category), w.spearmanStyleBlind(), 1e-9);
    assertEquals(Spearman.of(z, style), w.spearmanCategoryBlind(), 1e-9);
  }

  /// Every replicate again, from the definition: the drawn images in a list, pair by pair.
  @ParameterizedTest
  @CsvSource({"4,13", "4,1", "90,17"})
  void sumsOfReplicatesAreThoseOfTheDrawnImages(int d, int blockRows) throws SemblanceException {
    var grid = new SyntheticSalad(3, 2, 6);
    SaladGrid cells = SaladGrid.of(grid.rows(), SaladAxes.of(List.of(grid.balanced())));
    Matrix x = Matrix.of(grid.model("a", d, 1, 1, 3));
    SaladOptions options =
        SaladOptions.defaults()
            .withMetric(Metric.EUCLIDEAN)
            .withResamples(new SaladOptions.Resamples(20, false));
    FeatureSpace space = FeatureSpace.of(x, Precision.FLOAT32, options);
    Matrix distances = Distances.matrix(x);
    Resampling resampling = Resampling.of(cells, options);
    var sums = new ResampledSums(resampling.counts(), cells.starts());
    DistancePass.run(space, cells, blockRows, 3, sums, Progress.none());
    for (int a = 0; a < 6; a++) {
      for (int b = a; b < 6; b++) {
        for (int r = 0; r < 20; r++) {
          double sum = 0;
          for (int i = 6 * a; i < 6 * a + 6; i++) {
            for (int j = 6 * b; j < 6 * b + 6; j++) {
              sum += drawn(resampling, i, r) * drawn(resampling, j, r) * distances.get(i, j);
            }
          }
          assertEquals(sum, sums.sums(a, b)[r], 2e-5 * sum + 1e-12);
        }
      }
    }
  }

  private static float drawn(Resampling resampling, int image, int replicate) {
    return resampling.counts()[image][replicate];
  }

  @Test
  void everyResampleDrawsAsManyImagesAsTheCellHolds() {
    var grid = new SyntheticSalad(2, 2, 6);
    SaladGrid cells = SaladGrid.of(grid.rows(), SaladAxes.of(List.of(grid.balanced())));
    SaladOptions options =
        SaladOptions.defaults().withResamples(new SaladOptions.Resamples(20, true));
    Resampling resampling = Resampling.of(cells, options);
    for (int r = 0; r < 20; r++) {
      double cellsDrawn = 0;
      for (int c = 0; c < 4; c++) {
        float sum = 0;
        for (int i = 6 * c; i < 6 * c + 6; i++) {
          sum += drawn(resampling, i, r);
        }
        assertEquals(6, sum);
        cellsDrawn += resampling.times(c, r);
      }
      assertEquals(4, cellsDrawn);
    }
  }

  @Test
  void verdictsFollowFromIntervals() throws SemblanceException {
    var grid = new SyntheticSalad(5, 5, 8);
    SaladResult result =
        analysis(
            SaladOptions.defaults(),
            grid.styleBlind(),
            grid.categoryBlind(),
            grid.balanced(),
            grid.model("style", 6, 1, 3, 2),
            grid.model("noise", 6, 0, 0, 3));
    List<Verdict> verdicts = result.models().stream().map(ModelResult::verdict).toList();
    assertEquals(Verdict.Kind.ONLY_CATEGORY, verdicts.get(0).kind());
    assertEquals(Verdict.Kind.ONLY_STYLE, verdicts.get(1).kind());
    assertEquals(Verdict.Kind.ALIKE, verdicts.get(2).kind());
    assertEquals(Verdict.Kind.STYLE_MORE, verdicts.get(3).kind());
    assertTrue(
        verdicts.get(3).sentence().matches("Style weighs [0-9.]+ times as much as category \\[.*"),
        verdicts.get(3).sentence());
    assertTrue(verdicts.get(3).interval().low() > 1);
    assertEquals(1, result.models().get(0).measures().of(Quantity.NN1_CATEGORY).value(), 1e-12);
    assertEquals(0, result.models().get(0).measures().of(Quantity.NN1_STYLE).value(), 1e-12);
  }

  /// Few images and weak effects: one weight of many a resample lies near 0.
  @Test
  void aRatioLiesWithinItsInterval() throws SemblanceException {
    var grid = new SyntheticSalad(3, 3, 6);
    int ratios = 0;
    for (int seed = 1; seed <= 40; seed++) {
      EmbeddingTable table = grid.model("m" + seed, 3, 0.5, 0.5, seed);
      Verdict verdict = analysis(SaladOptions.defaults(), table).models().getFirst().verdict();
      if (verdict.interval().defined()) {
        ratios++;
        Interval interval = verdict.interval();
        assertTrue(interval.low() > 0, verdict.sentence());
        assertTrue(interval.low() <= verdict.ratio(), verdict.sentence());
        assertTrue(verdict.ratio() <= interval.high(), verdict.sentence());
        boolean narrow = interval.low() >= 0.8 && interval.high() <= 1.25;
        assertTrue(narrow || verdict.kind() != Verdict.Kind.ALIKE, verdict.sentence());
      }
    }
    assertTrue(ratios > 10, ratios + " ratios");
  }

  @Test
  void aLabelThatNoImageHasCannotBeScattered() {
    var grid = new SyntheticSalad(3, 3, 6);
    SaladOptions options = SaladOptions.defaults().withScatter(ScatterChoice.parse("style:nosuch"));
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> SaladAnalysis.of(List.of(grid.balanced()), options, Progress.none()));
    assertTrue(e.getMessage().contains("'nosuch'"), e.getMessage());
  }

  @Test
  void aModelDoesNotDifferFromItselfAndDoesFromAnother() throws SemblanceException {
    var grid = new SyntheticSalad(4, 4, 6);
    EmbeddingTable a = grid.model("a", 5, 2, 1, 1);
    SaladResult result = analysis(SaladOptions.defaults(), a, a, grid.model("b", 5, 1, 3, 2));
    PairedTest same = test(result, "a", "a (2)");
    assertEquals(1, same.adjusted());
    assertEquals(new Interval(0, 0), same.interval());
    PairedTest other = test(result, "a", "b");
    assertTrue(other.difference() > 0 && other.adjusted() < 0.01, other.toString());
    assertTrue(other.adjusted() >= other.p());
  }

  private static PairedTest test(SaladResult result, String first, String second) {
    return result.tests().stream()
        .filter(t -> t.first().equals(first) && t.second().equals(second))
        .filter(t -> t.quantity() == Quantity.W_STYLE)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void withoutSeveralImagesACellThereAreNoIntervalsUnlessAxesAreResampled()
      throws SemblanceException {
    EmbeddingTable table = new SyntheticSalad(6, 6, 1).model("a", 5, 2, 1, 1);
    SaladResult images = analysis(SaladOptions.defaults(), table);
    assertEquals(0, images.replicates());
    Verdict verdict = images.models().getFirst().verdict();
    assertEquals(Verdict.Kind.UNDEFINED, verdict.kind());
    assertTrue(verdict.sentence().contains("without interval"), verdict.sentence());
    var axes = SaladOptions.defaults().withResamples(new SaladOptions.Resamples(200, true));
    ModelResult model = analysis(axes, table).models().getFirst();
    Interval interval = model.measures().of(Quantity.W_CATEGORY).interval();
    assertTrue(interval.low() < model.weights().category());
    assertTrue(model.weights().category() < interval.high());
    assertFalse(model.measures().of(Quantity.SELF_RECOGNITION).interval().defined());
  }

  /// How often a nominal 95 % interval holds the number of a far larger sample.
  @Test
  void intervalsCoverTheNumberOfAFarLargerSample() throws SemblanceException {
    SaladOptions options =
        SaladOptions.defaults()
            .withMetric(Metric.EUCLIDEAN)
            .withResamples(new SaladOptions.Resamples(200, false));
    double truth = weight(options, new SyntheticSalad(3, 3, 200), 0).value();
    int held = 0;
    for (int seed = 1; seed <= 40; seed++) {
      Interval interval = weight(options, new SyntheticSalad(3, 3, 12), seed).interval();
      held += interval.low() <= truth && truth <= interval.high() ? 1 : 0;
    }
    assertTrue(held >= 32, held + " of 40");
  }

  /// Cell effects are the same for every seed, only the noise of the images differs.
  private static Estimate weight(SaladOptions options, SyntheticSalad grid, int seed)
      throws SemblanceException {
    var random = new java.util.Random(100 + seed);
    float[] x = new float[grid.size() * 3];
    for (int i = 0; i < grid.size(); i++) {
      x[3 * i] = 2 * grid.categoryOf(i) + (float) random.nextGaussian();
      x[3 * i + 1] = grid.styleOf(i) + (float) random.nextGaussian();
      x[3 * i + 2] = (float) random.nextGaussian();
    }
    EmbeddingTable table =
        EmbeddingTable.of(io.semblance.core.table.Provenance.unknown("m"), grid.rows(), x);
    return analysis(options, table).models().getFirst().measures().of(Quantity.W_CATEGORY);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.5, 1.96, 2.9, 3.1, 6})
  void tailsOfTheNormalDistribution(double z) {
    // scipy.stats: 2 * norm.sf(z)
    double[] at = {0, 0.5, 1.96, 2.9, 3.1, 6};
    double[] tail = {
      1,
      0.6170750774519738,
      0.04999579029644087,
      0.003731626600768075,
      0.0019352064264367126,
      1.973175290075396e-09
    };
    int k = Arrays.binarySearch(at, z);
    assertEquals(tail[k], NormalTail.twoSided(z), 1e-9 * tail[k]);
  }
}

package io.semblance.salad;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.semblance.core.Progress;
import io.semblance.core.linalg.Matrix;
import io.semblance.core.table.EmbeddingTable;
import io.semblance.core.table.Npy;
import io.semblance.core.table.Precision;
import io.semblance.core.table.Provenance;
import io.semblance.core.table.Provenance.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Against scipy, scikit-learn and numpy on a grid of 4 x 3 x 6, see README.md beside the arrays.
/// Tolerance: 1e-9 relative to the largest number, counts exactly.
class GoldenTest {

  private static final Path FOLDER =
      Path.of("src", "test", "resources", "io", "semblance", "salad", "golden");
  private static final SyntheticSalad GRID = new SyntheticSalad(4, 3, 6);

  private static Matrix read(String name) throws IOException {
    return Npy.read(FOLDER.resolve(name + ".npy"));
  }

  private static EmbeddingTable table(String name) throws IOException {
    Matrix x = read(name + "-embedding");
    float[] vectors = new float[x.data().length];
    for (int i = 0; i < vectors.length; i++) {
      vectors[i] = (float) x.data()[i];
    }
    return EmbeddingTable.of(
        new Provenance(name, Kind.NEURAL, null, "synthetic", false), GRID.rows(), vectors);
  }

  private static void assertClose(double[] expected, double[] actual) {
    double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
    assertArrayEquals(expected, actual, 1e-9 * largest);
  }

  private static SaladResult fiveModels() throws IOException {
    return SaladAnalysis.of(
        List.of(
            table("five"),
            table("three"),
            GRID.styleBlind(),
            GRID.categoryBlind(),
            GRID.balanced()),
        SaladOptions.defaults().withCovariance(new CovarianceChoice.Empirical()),
        Progress.none());
  }

  @ParameterizedTest
  @CsvSource({"five,empirical", "five,ledoit-wolf", "three,empirical", "three,ledoit-wolf"})
  void heatmapAndSelfRecognition(String name, String covariance) throws IOException {
    var options = SaladOptions.defaults().withCovariance(CovarianceChoice.parse(covariance));
    EmbeddingTable table = table(name);
    ModelResult ours =
        SaladAnalysis.of(List.of(table), options, Progress.none()).models().getFirst();
    assertClose(read(name + "-heatmap-" + covariance).data(), ours.heatmap().means().data());
    assertArrayEquals(
        read(name + "-self-recognition-" + covariance).data(), ours.recognition().counts(), 1e-12);
    SaladGrid grid = SaladGrid.of(table.rows(), ours.heatmap().axes());
    FeatureSpace space;
    space = FeatureSpace.of(Matrix.of(table), Precision.FLOAT32, options);
    assertArrayEquals(
        read(name + "-self-recognition-counts-" + covariance).data(),
        DistancePass.run(space, grid, 7, 10, null, Progress.none()).imageCounts());
  }

  @Test
  void comparison() throws IOException {
    ModelComparison ours = fiveModels().comparison();
    assertClose(read("models-vectors").data(), ours.vectors().data());
    assertClose(read("models-correlation").data(), ours.correlation().data());
    assertClose(read("models-pca-scores").data(), ours.scores().data());
    assertClose(read("models-pca-explained-variance-ratio").data(), ours.explained());
  }

  @Test
  void weights() throws IOException {
    SaladResult ours = fiveModels();
    List<String> lines = Files.readAllLines(FOLDER.resolve("models.csv"));
    for (int m = 0; m < 5; m++) {
      String[] cells = lines.get(m + 1).split(",", -1);
      Weights w = ours.models().get(m).weights();
      assertEquals(cells[1], ours.models().get(m).name());
      double[] expected =
          Arrays.stream(cells).skip(2).limit(7).mapToDouble(Double::parseDouble).toArray();
      double[] actual = {
        w.category(),
        w.style(),
        w.intercept(),
        w.r2(),
        w.spearmanStyleBlind(),
        w.spearmanCategoryBlind(),
        w.spearmanBalanced()
      };
      assertArrayEquals(expected, actual, 1e-9, cells[1]);
    }
  }

  @Test
  void recognitionAcrossCells() throws IOException {
    List<ModelResult> ours = fiveModels().models();
    List<String> lines = Files.readAllLines(FOLDER.resolve("neighbours.csv"));
    for (int m = 0; m < 2; m++) {
      String[] cells = lines.get(m + 1).split(",", -1);
      Measures measures = ours.get(m).measures();
      assertEquals(cells[0], ours.get(m).name());
      assertEquals(parse(cells[1]), measures.of(Quantity.NN1_CATEGORY).value(), 1e-12);
      assertEquals(parse(cells[2]), measures.of(Quantity.NN1_STYLE).value(), 1e-12);
      assertEquals(parse(cells[3]), measures.of(Quantity.NNK_CATEGORY).value(), 1e-12);
      assertEquals(parse(cells[4]), measures.of(Quantity.NNK_STYLE).value(), 1e-12);
    }
  }

  private static double parse(String number) {
    return Double.parseDouble(number);
  }
}

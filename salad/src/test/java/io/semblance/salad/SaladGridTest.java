package io.semblance.salad;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.semblance.core.Progress;
import io.semblance.core.SemblanceException;
import io.semblance.core.collection.Labels;
import io.semblance.core.linalg.Matrix;
import io.semblance.core.table.EmbeddingTable;
import io.semblance.core.table.Provenance;
import io.semblance.core.table.TableRow;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SaladGridTest {

  private static EmbeddingTable table(String model, String... cells) {
    var rows = new ArrayList<TableRow>();
    float[] x = new float[2 * cells.length];
    for (int i = 0; i < cells.length; i++) {
      String[] parts = cells[i].split("_", -1);
      Labels labels =
          parts.length == 2 ? new Labels(parts[0], parts[1], Integer.toString(i)) : Labels.NONE;
      rows.add(new TableRow(i + ".png", labels, null));
      x[2 * i] = (i * 7) % 5;
      x[2 * i + 1] = (i * 3) % 7;
    }
    return EmbeddingTable.of(Provenance.unknown(model), rows, x);
  }

  private static SaladAxes axes(String... cells) {
    return SaladAxes.of(List.of(table("m", cells)));
  }

  @Test
  void numbersCountPaperWordsAndElseTheAlphabet() {
    assertEquals(List.of("2", "10"), axes("10_1", "2_1").categories());
    assertEquals(List.of("fig", "Apple"), axes("Apple_pile", "fig_crayon").categories());
    assertEquals(
        List.of("crayon", "Oilio", "pile"), axes("a_pile", "a_Oilio", "a_crayon").styles());
    assertEquals(List.of("apple", "fig", "tea"), axes("tea_1", "fig_1", "apple_1").categories());
  }

  @Test
  void anUnevenGridIsMeasuredAndSaid() throws SemblanceException {
    EmbeddingTable table =
        table("m", "a_x", "a_x", "a_x", "a_y", "a_y", "b_x", "b_x", "nothing", "a_x", "b_x");
    SaladGrid grid = SaladGrid.of(table.rows(), SaladAxes.of(List.of(table)));
    assertArrayEquals(new int[] {4, 2, 3, 0}, grid.images());
    String said = String.join(" ", grid.irregularities());
    assertTrue(said.contains("1 of 4 cells have no image (the first is b / y)"), said);
    assertTrue(said.contains("between 2 and 4 images"), said);
    SaladResult result =
        SaladAnalysis.of(
            List.of(table), SaladOptions.defaults().withMetric(Metric.EUCLIDEAN), Progress.none());
    ModelResult model = result.models().getFirst();
    assertEquals(9, model.images());
    assertTrue(Double.isNaN(model.heatmap().means().get(0, 3)));
    assertTrue(Double.isNaN(model.recognition().percent(3)));
    assertTrue(model.recognition().percent(0) > 0);
  }

  @Test
  void cellPairsMissingInOneModelAreDroppedForAllAndSaid() {
    EmbeddingTable table = table("m", "a_x", "a_y", "b_x", "b_y", "c_x");
    SaladAxes axes = SaladAxes.of(List.of(table, table("n", "c_y")));
    Heatmap all = heatmap(axes, -1);
    ModelComparison comparison =
        ModelComparison.of(List.of("all", "some"), List.of(all, heatmap(axes, 5)));
    assertEquals(10, comparison.vectors().columns());
    assertTrue(comparison.notes().getFirst().startsWith("5 of 15 cell pairs"));
  }

  /// Distances that differ from pair to pair; NaN wherever the cell `missing` has a part.
  private static Heatmap heatmap(SaladAxes axes, int missing) {
    Matrix means = Matrix.zeros(axes.cells(), axes.cells());
    for (int a = 0; a < axes.cells(); a++) {
      for (int b = 0; b < axes.cells(); b++) {
        means.set(a, b, a == missing || b == missing ? Double.NaN : 1 + (a + b) % 5);
      }
    }
    return new Heatmap(axes, means);
  }

  @Test
  void aTableWithoutLabelsIsRefusedAndTheOthersGoOn() throws SemblanceException {
    SaladResult result =
        SaladAnalysis.of(
            List.of(table("none", "q", "q", "q"), table("some", "a_x", "a_y", "b_x", "b_y")),
            SaladOptions.defaults().withMetric(Metric.EUCLIDEAN),
            Progress.none());
    assertTrue(result.refusals().getFirst().reason().contains("--pattern"));
    assertEquals(1, result.models().size());
  }

  @Test
  void applesAndOrangesAreShownWherePresent() {
    SaladAxes fruits = axes("fig_1", "orange_1", "apple_1");
    assertEquals(List.of("apple", "orange"), ScatterChoice.defaults().resolve(fruits));
    SaladAxes numbers = axes("4_1", "0_1", "3_1");
    assertEquals(List.of("3", "4"), ScatterChoice.defaults().resolve(numbers));
    SaladAxes others = axes("tea_1", "milk_1", "beer_1");
    assertEquals(List.of("beer", "milk"), ScatterChoice.defaults().resolve(others));
    assertEquals(List.of("1"), ScatterChoice.parse("style:1,2").resolve(others));
  }
}

package io.semblance.salad;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.semblance.core.linalg.Matrix;
import io.semblance.core.table.EmbeddingTable;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScatterTest {

  private static Scatter scatter(SyntheticSalad grid, EmbeddingTable table, SaladOptions options) {
    SaladGrid cells = SaladGrid.of(table.rows(), SaladAxes.of(List.of(grid.balanced())));
    return ScatterMaker.of(Matrix.of(table), table.rows(), cells, options);
  }

  @Test
  void everyCellOfTheChosenCategoriesGivesTheSameNumber() {
    var grid = new SyntheticSalad(5, 4, 30);
    Scatter s = scatter(grid, grid.model("a", 5, 1, 1, 1), options(40));
    assertEquals(240, s.chosen());
    assertEquals(40, s.cells().length);
    for (int cell = 12; cell < 20; cell++) {
      int c = cell;
      assertEquals(5, Arrays.stream(s.cells()).filter(v -> v == c).count());
    }
    assertEquals("3_0_3.png", s.ids().getFirst());
    assertTrue(s.stress1() > 0 && s.stress1() < 1);
  }

  @Test
  void manyImagesTakePrincipalComponents() {
    var grid = new SyntheticSalad(2, 3, 1000);
    Scatter s = scatter(grid, grid.model("a", 3, 1, 1, 1), options(40));
    assertEquals(Scatter.Method.PCA, s.method());
    assertEquals(6000, s.cells().length);
    assertTrue(s.explained() > 0.5 && s.explained() < 1);
  }

  @Test
  void twoPointsAreNoPicture() {
    var grid = new SyntheticSalad(2, 1, 1);
    assertNull(scatter(grid, grid.model("a", 3, 1, 1, 1), options(40)));
  }

  private static SaladOptions options(int points) {
    return SaladOptions.defaults().withScatterPoints(points).withInits(2);
  }
}

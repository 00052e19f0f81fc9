package io.semblance.salad;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.semblance.core.Progress;
import io.semblance.core.SemblanceException;
import io.semblance.core.linalg.Distances;
import io.semblance.core.linalg.Matrix;
import io.semblance.core.table.EmbeddingTable;
import io.semblance.core.table.Precision;
import io.semblance.core.table.Provenance;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// [OwnRanks] and [CrossNeighbours] against sorting whole rows of distances.
class OwnRanksTest {

  private static final SyntheticSalad GRID = new SyntheticSalad(3, 4, 7);

  private static FeatureSpace space(EmbeddingTable table) throws SemblanceException {
    var options = SaladOptions.defaults().withMetric(Metric.EUCLIDEAN);
    return FeatureSpace.of(Matrix.of(table), Precision.FLOAT32, options);
  }

  /// Small whole numbers, so that most distances tie, or noise; wide tables take float32 products.
  private static EmbeddingTable table(int d, boolean ties, int seed) {
    if (!ties) {
      return GRID.model("noise", d, 0.3, 0.4, seed);
    }
    var random = new Random(seed);
    float[] x = new float[GRID.size() * d];
    for (int i = 0; i < GRID.size(); i++) {
      x[i * d] = random.nextInt(3);
      x[i * d + d - 1] = random.nextInt(3);
    }
    return EmbeddingTable.of(Provenance.unknown("ties"), GRID.rows(), x);
  }

  @ParameterizedTest
  @CsvSource({"3,true", "3,false", "80,true", "80,false", "300,false"})
  void countsAndRatesAreThoseOfSortedRows(int d, boolean ties) throws SemblanceException {
    for (int seed = 1; seed <= 3; seed++) {
      FeatureSpace space = space(table(d, ties, seed));
      SaladAxes axes = SaladAxes.of(List.of(GRID.balanced()));
      SaladGrid grid = SaladGrid.of(GRID.rows(), axes);
      DistancePass pass = DistancePass.run(space, grid, 11, 5, null, Progress.none());
      Matrix distances = Distances.matrix(space.points());
      double[] counts = pass.imageCounts();
      double[] first = pass.imageRates(1, CrossNeighbours.Share.CATEGORY);
      double[] fifth = pass.imageRates(5, CrossNeighbours.Share.STYLE);
      for (int i = 0; i < grid.size(); i++) {
        int own = grid.cellOf()[i];
        double[] row = distances.row(i);
        assertEquals(FairNeighbours.count(row, grid.cellOf(), own, 7), counts[i], 1e-12);
        assertEquals(rate(row, grid, own, 1, true), first[i], 1e-12);
        assertEquals(rate(row, grid, own, 5, false), fifth[i], 1e-12);
      }
    }
  }

  /// Share of the `k` nearest of other cells that have the category or style of `own`.
  private static double rate(double[] row, SaladGrid grid, int own, int k, boolean category) {
    SaladAxes axes = grid.axes();
    double[] others = row.clone();
    int[] shares = new int[row.length];
    for (int j = 0; j < row.length; j++) {
      int cell = grid.cellOf()[j];
      others[j] = cell == own ? 1e30 : row[j];
      boolean same =
          category
              ? axes.categoryOf(cell) == axes.categoryOf(own)
              : axes.styleOf(cell) == axes.styleOf(own);
      shares[j] = same ? 1 : 0;
    }
    return FairNeighbours.count(others, shares, 1, k) / k;
  }

  @Test
  void duplicatedImagesShareTheirPlaces() throws SemblanceException {
    var pair = new SyntheticSalad(1, 2, 3);
    float[] x = {0, 0, 0, 0, 0, 9};
    SaladGrid grid = SaladGrid.of(pair.rows(), SaladAxes.of(List.of(pair.balanced())));
    FeatureSpace space = space(EmbeddingTable.of(Provenance.unknown("same"), pair.rows(), x));
    DistancePass pass = DistancePass.run(space, grid, 6, 2, null, Progress.none());
    // Five images tie for three places, three of them of the first cell.
    assertEquals(9.0 / 5, pass.imageCounts()[0], 1e-12);
    assertEquals(6.0 / 5, pass.imageCounts()[3], 1e-12);
  }
}

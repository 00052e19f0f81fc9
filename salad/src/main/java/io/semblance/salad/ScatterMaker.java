package io.semblance.salad;

import io.semblance.core.linalg.Distances;
import io.semblance.core.linalg.Matrix;
import io.semblance.core.linalg.Pca;
import io.semblance.core.linalg.Smacof;
import io.semblance.core.table.TableRow;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Lays out the images of the chosen categories or styles in the plane. Source: fruit-SALAD, figure
/// 7; vectors of length 1 are our reading of "normalized".
final class ScatterMaker {

  /// From more chosen images than this on, principal components take the place of scaling.
  static final int MDS_LIMIT = 5000;

  private ScatterMaker() {}

  /// @param x n x d, rows as in `grid`
  /// @param rows of the table, all of them
  /// @param grid which rows stand where
  /// @param options what to show, how many points, starts and seed
  /// @return the layout, or null if fewer than three chosen images exist or d is 1
  static Scatter of(Matrix x, List<TableRow> rows, SaladGrid grid, SaladOptions options) {
    SaladAxes axes = grid.axes();
    List<String> labels = options.scatter().resolve(axes);
    List<List<Integer>> members = new ArrayList<>();
    int[] first = grid.starts();
    int chosen = 0;
    for (int c = 0; c < axes.cells(); c++) {
      List<Integer> cell = new ArrayList<>();
      if (labels.contains(label(axes, c, options.scatter().axis()))) {
        cell.addAll(IntStream.range(first[c], first[c + 1]).boxed().toList());
      }
      chosen += cell.size();
      members.add(cell);
    }
    if (chosen < 3 || x.columns() == 1) {
      return null; // one number, made of length 1, is 1 for every image
    }
    boolean scaling = chosen <= MDS_LIMIT;
    int[] shown = evenly(members, scaling ? options.scatterPoints() : chosen);
    Matrix unit = x.select(shown).normalizeRows();
    List<String> ids = new ArrayList<>();
    int[] cells = new int[shown.length];
    for (int i = 0; i < shown.length; i++) {
      ids.add(rows.get(grid.rows()[shown[i]]).id());
      cells[i] = grid.cellOf()[shown[i]];
    }
    if (!scaling) {
      return components(unit, ids, cells, chosen);
    }
    Smacof mds =
        Smacof.best(
            Distances.matrix(unit), 2, options.inits(), options.seed(), Smacof.Stop.defaults());
    return new Scatter(
        Scatter.Method.MDS, ids, cells, mds.points(), mds.stress1(), Double.NaN, chosen);
  }

  private static Scatter components(Matrix unit, List<String> ids, int[] cells, int chosen) {
    Pca pca = Pca.fit(unit, 2);
    Matrix scores = pca.transform(unit);
    Matrix points = Matrix.zeros(scores.rows(), 2);
    double explained = 0;
    for (int k = 0; k < scores.columns(); k++) {
      explained += pca.explainedVarianceRatio()[k];
      for (int i = 0; i < scores.rows(); i++) {
        points.set(i, k, scores.get(i, k));
      }
    }
    return new Scatter(Scatter.Method.PCA, ids, cells, points, Double.NaN, explained, chosen);
  }

  private static String label(SaladAxes axes, int cell, ScatterChoice.Axis axis) {
    return switch (axis) {
      case CATEGORY -> axes.categories().get(axes.categoryOf(cell));
      case STYLE -> axes.styles().get(axes.styleOf(cell));
    };
  }

  /// The same number of images from each cell, evenly spaced over its instances.
  private static int[] evenly(List<List<Integer>> members, int most) {
    int cells = (int) members.stream().filter(m -> !m.isEmpty()).count();
    int each = Math.max(1, most / cells);
    List<Integer> out = new ArrayList<>();
    for (List<Integer> cell : members) {
      int take = Math.min(each, cell.size());
      for (int k = 0; k < take; k++) {
        out.add(cell.get((int) ((2L * k + 1) * cell.size() / (2L * take))));
      }
    }
    return out.stream().mapToInt(Integer::intValue).toArray();
  }
}

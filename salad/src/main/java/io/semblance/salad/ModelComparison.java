package io.semblance.salad;

import io.semblance.core.linalg.Matrix;
import io.semblance.core.linalg.Pca;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// Models described by their z-scored off-diagonal heatmap cells and compared with each other.
/// Source: fruit-SALAD, "Model Comparison"; z-scoring within the model (divisor: number of pairs)
/// is our reading of "standardized".
///
/// @param models names of the k models compared
/// @param vectors k x p, z-scored
/// @param correlation k x k, Pearson, in [-1, 1]
/// @param scores k x c, coordinates on the principal components over models; in each component the
///   loading of largest magnitude is positive
/// @param explained length c, share of the variance along each component
/// @param notes sentences: who or what was left out, or why nothing could be compared
@SuppressWarnings("ArrayRecordComponent") // a result to read, made once
public record ModelComparison(
    List<String> models,
    Matrix vectors,
    Matrix correlation,
    Matrix scores,
    double[] explained,
    List<String> notes) {

  /// @param names of the models, distinct
  /// @param heatmaps theirs, on the same axes
  /// @return fewer than two models if there is nothing to compare; the notes then say why
  public static ModelComparison of(List<String> names, List<Heatmap> heatmaps) {
    var notes = new ArrayList<String>();
    List<double[]> raw = heatmaps.stream().map(Heatmap::offDiagonal).toList();
    int all = raw.isEmpty() ? 0 : raw.getFirst().length;
    int[] pairs =
        IntStream.range(0, all)
            .filter(p -> raw.stream().noneMatch(v -> Double.isNaN(v[p])))
            .toArray();
    if (pairs.length < all) {
      notes.add(
          all
              - pairs.length
              + " of "
              + all
              + " cell pairs are missing in at least one model and are left out for all.");
    }
    var kept = new ArrayList<String>();
    var vectors = new ArrayList<double[]>();
    for (int m = 0; m < names.size(); m++) {
      double[] v = raw.get(m);
      double[] z = ZScores.of(Arrays.stream(pairs).mapToDouble(p -> v[p]).toArray());
      if (z == null) {
        notes.add(names.get(m) + " puts all cells at the same distance and cannot be compared.");
      } else {
        kept.add(names.get(m));
        vectors.add(z);
      }
    }
    if (kept.size() < 2) {
      notes.add(
          "Comparing models needs two of them; there "
              + (kept.size() == 1 ? "is one." : "is none."));
      return new ModelComparison(
          List.copyOf(kept),
          Matrix.ofRows(vectors.toArray(double[][]::new)),
          Matrix.zeros(0, 0),
          Matrix.zeros(0, 0),
          new double[0],
          List.copyOf(notes));
    }
    Matrix z = Matrix.ofRows(vectors.toArray(double[][]::new));
    Pca pca = Pca.fit(z, kept.size());
    return new ModelComparison(
        List.copyOf(kept),
        z,
        correlation(z),
        pca.transform(z),
        pca.explainedVarianceRatio(),
        List.copyOf(notes));
  }

  /// @return whether there were two models to compare
  public boolean defined() {
    return models.size() >= 2;
  }

  private static Matrix correlation(Matrix z) {
    Matrix out = Matrix.zeros(z.rows(), z.rows());
    for (int a = 0; a < z.rows(); a++) {
      for (int b = 0; b < z.rows(); b++) {
        out.set(a, b, a == b ? 1 : Pearson.correlation(z.row(a), z.row(b)));
      }
    }
    return out;
  }
}

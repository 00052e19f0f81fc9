package io.semblance.core.linalg;

import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// Metric multidimensional scaling by SMACOF: points whose distances are as close as possible to
/// given dissimilarities, by repeated Guttman transforms.
///
/// Iterates and stops as scikit-learn's `smacof` (1.7 and later, `metric=True`) does. Source: Borg
/// and Groenen, "Modern Multidimensional Scaling" (2005), chapter 8.
///
/// @param points n x k
/// @param rawStress sum over pairs of (distance - dissimilarity)^2, at least 0, lower is better
/// @param stress1 Kruskal's stress-1: the root of `rawStress` over the sum over pairs of squared
///   distances of the points; below 0.05 is commonly called good, above 0.2 poor
/// @param iterations Guttman transforms made
public record Smacof(Matrix points, double rawStress, double stress1, int iterations) {

  /// When to stop.
  ///
  /// @param maxIterations at least 1
  /// @param eps stop when the stress falls by less than this share of the sum of squared distances
  public record Stop(int maxIterations, double eps) {

    /// @throws IllegalArgumentException if a value is out of range
    public Stop {
      if (maxIterations < 1 || !(eps >= 0)) {
        throw new IllegalArgumentException(
            "need maxIterations >= 1 and eps >= 0, got " + maxIterations + " and " + eps);
      }
    }

    /// @return 300 iterations, eps 1e-6, as scikit-learn
    public static Stop defaults() {
      return new Stop(300, 1e-6);
    }
  }

  /// One run.
  ///
  /// @param dissimilarities n x n, symmetric, zeros on the diagonal
  /// @param start n x k, not changed
  /// @param stop when to stop
  public static Smacof from(Matrix dissimilarities, Matrix start, Stop stop) {
    Matrix points = start;
    var layout = new Layout(dissimilarities, points);
    double before = Double.NaN;
    for (int iteration = 1; ; iteration++) {
      points = layout.guttman();
      layout = new Layout(dissimilarities, points);
      double stress = layout.rawStress();
      double scale = layout.squaredDistances();
      if (iteration == stop.maxIterations || scale == 0 || (before - stress) / scale < stop.eps) {
        return new Smacof(points, stress, scale == 0 ? 0 : Math.sqrt(stress / scale), iteration);
      }
      before = stress;
    }
  }

  /// The run of lowest stress: one from classical scaling, the others from seeded random points.
  ///
  /// @param dissimilarities n x n, symmetric, zeros on the diagonal
  /// @param dimensions k, from 1 to n
  /// @param inits number of runs, at least 1
  /// @param seed of the random starts
  /// @param stop when each run stops
  /// @return the best run; of equal ones the first
  public static Smacof best(
      Matrix dissimilarities, int dimensions, int inits, long seed, Stop stop) {
    return IntStream.range(0, inits)
        .parallel()
        .mapToObj(run -> from(dissimilarities, start(dissimilarities, dimensions, seed, run), stop))
        .toList()
        .stream()
        .min(Comparator.comparingDouble(Smacof::rawStress))
        .orElseThrow();
  }

  private static Matrix start(Matrix dissimilarities, int dimensions, long seed, int run) {
    if (run == 0) {
      return ClassicalMds.of(dissimilarities, dimensions).points();
    }
    var random = new SplittableRandom(seed + run);
    Matrix start = Matrix.zeros(dissimilarities.rows(), dimensions);
    for (int i = 0; i < start.data().length; i++) {
      start.data()[i] = random.nextDouble();
    }
    return start;
  }

  /// Points with everything one Guttman transform needs, gathered in one pass over the pairs.
  private static final class Layout {

    private final int n;
    private final int k;
    private final double[] moved;
    private double stress;
    private double squared;

    Layout(Matrix dissimilarities, Matrix points) {
      this.n = points.rows();
      this.k = points.columns();
      this.moved = new double[n * k];
      double[] columns = points.transpose().data();
      double[] distances = new double[n];
      for (int i = 0; i < n; i++) {
        distancesTo(i, columns, distances);
        gather(i, columns, distances, dissimilarities.data());
      }
    }

    double rawStress() {
      return stress / 2;
    }

    double squaredDistances() {
      return squared / 2;
    }

    Matrix guttman() {
      return Matrix.of(n, k, moved);
    }

    private void distancesTo(int i, double[] columns, double[] distances) {
      Arrays.fill(distances, 0);
      for (int a = 0; a < k; a++) {
        double own = columns[a * n + i];
        for (int j = 0; j < n; j++) {
          double gap = own - columns[a * n + j];
          distances[j] += gap * gap;
        }
      }
      for (int j = 0; j < n; j++) {
        distances[j] = Math.sqrt(distances[j]);
      }
    }

    private void gather(int i, double[] columns, double[] distances, double[] dissimilarities) {
      for (int j = 0; j < n; j++) {
        double gap = distances[j] - dissimilarities[i * n + j];
        stress += gap * gap;
        squared += distances[j] * distances[j];
      }
      for (int j = 0; j < n; j++) { // from here on: ratios
        double distance = distances[j] == 0 ? 1e-5 : distances[j];
        distances[j] = dissimilarities[i * n + j] / distance;
      }
      for (int a = 0; a < k; a++) {
        double own = columns[a * n + i];
        double sum = 0;
        for (int j = 0; j < n; j++) {
          sum += distances[j] * (own - columns[a * n + j]);
        }
        moved[i * k + a] = sum / n;
      }
    }
  }
}

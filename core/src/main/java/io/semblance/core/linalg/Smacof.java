package io.semblance.core.linalg;

import java.util.SplittableRandom;

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
    int n = start.rows();
    Matrix points = start;
    double[] distances = distances(points);
    double before = Double.NaN;
    for (int iteration = 1; ; iteration++) {
      points = guttman(dissimilarities, distances, points);
      distances = distances(points);
      double stress = 0;
      double scale = 0;
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < i; j++) {
          double distance = distances[i * n + j];
          double gap = distance - dissimilarities.get(i, j);
          stress += gap * gap;
          scale += distance * distance;
        }
      }
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
    Smacof best =
        from(dissimilarities, ClassicalMds.of(dissimilarities, dimensions).points(), stop);
    for (int run = 1; run < inits; run++) {
      var random = new SplittableRandom(seed + run);
      Matrix start = Matrix.zeros(dissimilarities.rows(), dimensions);
      for (int i = 0; i < start.data().length; i++) {
        start.data()[i] = random.nextDouble();
      }
      Smacof next = from(dissimilarities, start, stop);
      if (next.rawStress < best.rawStress) {
        best = next;
      }
    }
    return best;
  }

  private static Matrix guttman(Matrix dissimilarities, double[] distances, Matrix points) {
    int n = points.rows();
    int k = points.columns();
    Matrix out = Matrix.zeros(n, k);
    double[] x = points.data();
    double[] y = out.data();
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        double distance = distances[i * n + j];
        double ratio = dissimilarities.data()[i * n + j] / (distance == 0 ? 1e-5 : distance);
        for (int a = 0; a < k; a++) {
          y[i * k + a] += ratio * (x[i * k + a] - x[j * k + a]);
        }
      }
      for (int a = 0; a < k; a++) {
        y[i * k + a] /= n;
      }
    }
    return out;
  }

  private static double[] distances(Matrix points) {
    int n = points.rows();
    double[] out = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) {
        out[i * n + j] = Distances.direct(points, i, j);
        out[j * n + i] = out[i * n + j];
      }
    }
    return out;
  }
}

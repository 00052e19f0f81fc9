package io.semblance.core.linalg;

/// Classical (Torgerson) multidimensional scaling: eigenvectors of the double-centred squared
/// distances, `-J D^2 J / 2`.
///
/// @param points n x k, centred; in each column the coordinate of largest magnitude is positive; a
///   column is zero where there is no positive eigenvalue left
/// @param eigenvalues all n of the double-centred matrix, largest first; negative ones measure how
///   far the distances are from Euclidean
@SuppressWarnings("ArrayRecordComponent") // a result to read, made once
public record ClassicalMds(Matrix points, double[] eigenvalues) {

  /// @param distances n x n, symmetric, zeros on the diagonal
  /// @param dimensions k, from 1 to n
  public static ClassicalMds of(Matrix distances, int dimensions) {
    int n = distances.rows();
    SymmetricEigen eigen = LinearAlgebra.eigen(doubleCentered(distances));
    Matrix points = Matrix.zeros(n, dimensions);
    for (int k = 0; k < Math.min(n, dimensions); k++) {
      double[] vector = eigen.vectors().row(k);
      double scale = Signs.of(vector) * Math.sqrt(Math.max(eigen.values()[k], 0));
      for (int i = 0; i < n; i++) {
        points.set(i, k, vector[i] * scale);
      }
    }
    return new ClassicalMds(points, eigen.values());
  }

  private static Matrix doubleCentered(Matrix distances) {
    int n = distances.rows();
    Matrix out = Matrix.zeros(n, n);
    for (int i = 0; i < n * n; i++) {
      out.data()[i] = -0.5 * distances.data()[i] * distances.data()[i];
    }
    double[] mean = out.columnMeans();
    double grand = 0;
    for (double m : mean) {
      grand += m / n;
    }
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        out.set(i, j, out.get(i, j) - mean[i] - mean[j] + grand);
      }
    }
    return out;
  }
}

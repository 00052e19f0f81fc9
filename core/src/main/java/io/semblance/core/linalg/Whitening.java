package io.semblance.core.linalg;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// A linear map after which the covariance is the identity, so that Euclidean distances are
/// Mahalanobis distances of the vectors that went in.
///
/// Directions whose eigenvalue is below `max(n, d) * 2^-52 * largest`, or below the rounding of the
/// stored numbers, carry no measurable variance and are dropped: one-hot codes of C classes keep C
/// - 1 directions, constant columns none.
public final class Whitening {

  private static final int BLOCK = 2048;
  private static final int TRIANGULAR_FROM = 256;

  private final double[] mean;
  private final Matrix directions;
  private final double[] eigenvalues;
  private final boolean triangular;

  private Whitening(double[] mean, Matrix directions, double[] eigenvalues, boolean triangular) {
    this.mean = mean;
    this.directions = directions;
    this.eigenvalues = eigenvalues;
    this.triangular = triangular;
  }

  /// Fits the map. From the eigenvectors of the covariance; or, above 256 dimensions and where
  /// every variance is at least a hundred times what would be dropped, from its Cholesky factor,
  /// which gives the same distances for a tenth of the work.
  ///
  /// @param covariance d x d
  /// @param noise variance of the rounding of the stored numbers, at least 0; directions with less
  ///   variance are dropped
  /// @param atMost keep no more than this many directions, those of largest variance; at least 1
  public static Whitening fit(Covariance covariance, double noise, int atMost) {
    return fit(covariance, noise, atMost, 0);
  }

  /// Fits the map, as above.
  ///
  /// @param covariance d x d
  /// @param noise as above
  /// @param atMost as above
  /// @param asked the largest bound that [#keptBelow] will be asked for: where a direction lies
  ///   below it, the map is made of eigenvectors, which can be counted
  public static Whitening fit(Covariance covariance, double noise, int atMost, double asked) {
    int d = covariance.mean().length;
    if (d > TRIANGULAR_FROM && atMost >= d) {
      Optional<Whitening> fast = triangular(covariance, noise, asked);
      if (fast.isPresent()) {
        return fast.get();
      }
    }
    SymmetricEigen eigen = LinearAlgebra.eigen(covariance.matrix());
    double[] values = eigen.values();
    double floor =
        Math.max(noise, Math.max(covariance.samples(), d) * Math.ulp(1.0) * Math.max(values[0], 0));
    int rank = 0;
    while (rank < d && rank < atMost && values[rank] > floor) {
      rank++;
    }
    Matrix directions = eigen.vectors().rowRange(0, rank);
    for (int k = 0; k < rank; k++) {
      double scale = 1 / Math.sqrt(values[k]);
      for (int j = 0; j < d; j++) {
        directions.set(k, j, directions.get(k, j) * scale);
      }
    }
    return new Whitening(covariance.mean(), directions, values, false);
  }

  private static Optional<Whitening> triangular(Covariance covariance, double noise, double asked) {
    Matrix matrix = covariance.matrix();
    int d = matrix.rows();
    double largest = Cholesky.largest(matrix);
    double floor = Math.max(noise, Math.max(covariance.samples(), d) * Math.ulp(1.0) * largest);
    if (!Cholesky.above(matrix, Math.max(asked, 100 * floor))) {
      return Optional.empty();
    }
    return Cholesky.inverseFactor(matrix)
        .map(
            inverse -> {
              double[] bounds = new double[d]; // only the ends are known, and only these are asked
              java.util.Arrays.fill(bounds, largest);
              bounds[d - 1] = Cholesky.smallest(inverse);
              return new Whitening(covariance.mean(), inverse, bounds, true);
            });
  }

  /// @return number of directions kept, r
  public int rank() {
    return directions.rows();
  }

  /// @return number of directions dropped, d - r
  public int dropped() {
    return eigenvalues.length - rank();
  }

  /// @return smallest variance kept, or 0 if none is
  public double smallestKept() {
    return rank() == 0 ? 0 : eigenvalues[rank() - 1];
  }

  /// @return largest over smallest variance kept, at least 1; 1 if none is kept; above 256
  ///   dimensions perhaps a few percent too low
  public double condition() {
    return rank() == 0 ? 1 : eigenvalues[0] / smallestKept();
  }

  /// @param variance a bound
  /// @return how many of the directions kept have less variance than that
  public int keptBelow(double variance) {
    int count = 0;
    for (int k = 0; k < rank(); k++) {
      if (eigenvalues[k] < variance) {
        count++;
      }
    }
    return count;
  }

  /// Centres and whitens. Equal rows stay equal to the last bit, whatever order the product adds
  /// in, so that duplicates are at distance 0.
  ///
  /// @param x n x d
  /// @return n x r
  /// @throws IllegalArgumentException if the columns are not those of the fit
  public Matrix transform(Matrix x) {
    if (x.columns() != mean.length) {
      throw new IllegalArgumentException(
          "fitted on " + mean.length + " columns, got " + x.columns());
    }
    if (rank() == 0) {
      return Matrix.zeros(x.rows(), 0);
    }
    if (triangular) {
      Matrix out = StripProducts.timesLowerTransposed(x, mean, directions);
      copyDuplicates(x, out);
      return out;
    }
    Matrix out = Matrix.zeros(x.rows(), rank());
    for (int from = 0; from < x.rows(); from += BLOCK) {
      Matrix block = x.rowRange(from, Math.min(BLOCK, x.rows() - from)).minusRow(mean);
      double[] part = LinearAlgebra.productTransposed(block, directions).data();
      System.arraycopy(part, 0, out.data(), from * rank(), part.length);
    }
    copyDuplicates(x, out);
    return out;
  }

  private static void copyDuplicates(Matrix x, Matrix out) {
    Map<RowKey, Integer> first = new HashMap<>();
    int r = out.columns();
    for (int i = 0; i < x.rows(); i++) {
      Integer same = first.putIfAbsent(RowKey.of(x, i), i);
      if (same != null) {
        System.arraycopy(out.data(), same * r, out.data(), i * r, r);
      }
    }
  }

  /// One row of a matrix, equal to another if all its numbers are.
  private record RowKey(Matrix x, int row, int hash) {

    static RowKey of(Matrix x, int row) {
      int d = x.columns();
      int hash = 1;
      for (int j = row * d; j < (row + 1) * d; j++) {
        hash = 31 * hash + Double.hashCode(x.data()[j]);
      }
      return new RowKey(x, row, hash);
    }

    @Override
    public int hashCode() {
      return hash;
    }

    @Override
    public boolean equals(Object other) {
      if (!(other instanceof RowKey key) || key.hash != hash) {
        return false;
      }
      int d = x.columns();
      return java.util.Arrays.equals(
          x.data(), row * d, (row + 1) * d, key.x.data(), key.row * d, (key.row + 1) * d);
    }
  }
}

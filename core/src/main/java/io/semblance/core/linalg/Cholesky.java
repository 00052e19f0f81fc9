package io.semblance.core.linalg;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/// The factor of a positive definite matrix, A = L L', a fraction of the work of its eigenvectors.
final class Cholesky {

  private static final int POWERS = 40;

  private Cholesky() {}

  /// @param symmetric A, d x d
  /// @param shift s
  /// @return whether every eigenvalue of A is above s, as far as rounding can tell
  static boolean above(Matrix symmetric, double shift) {
    int d = symmetric.rows();
    Matrix shifted = Matrix.of(d, d, symmetric.data().clone());
    for (int i = 0; i < d; i++) {
      shifted.set(i, i, shifted.get(i, i) - shift);
    }
    try (var _ = new PointerScope()) {
      return defined(torch.linalg_cholesky_ex(LinearAlgebra.tensor(shifted)));
    }
  }

  /// @param symmetric A, d x d
  /// @return the inverse of L, d x d, zero above the diagonal; empty if A is not positive definite
  static Optional<Matrix> inverseFactor(Matrix symmetric) {
    int d = symmetric.rows();
    try (var _ = new PointerScope()) {
      T_TensorTensor_T pair = torch.linalg_cholesky_ex(LinearAlgebra.tensor(symmetric));
      if (!defined(pair)) {
        return Optional.empty();
      }
      Tensor identity = torch.eye(d, new TensorOptions(torch.ScalarType.Double));
      Tensor inverse = torch.linalg_solve_triangular(pair.get0(), identity, false);
      Matrix out = Matrix.zeros(d, d);
      new DoublePointer(inverse.contiguous().data_ptr_double()).get(out.data());
      for (int i = 0; i < d; i++) {
        Arrays.fill(out.data(), i * d + i + 1, (i + 1) * d, 0);
      }
      return Optional.of(out);
    }
  }

  private static boolean defined(T_TensorTensor_T factorAndInfo) {
    return new IntPointer(factorAndInfo.get1().data_ptr_int()).get() == 0;
  }

  /// The largest eigenvalue of A, from below, by powers of A; within a few percent where others lie
  /// close.
  ///
  /// @param symmetric A, d x d, positive semi-definite
  static double largest(Matrix symmetric) {
    return growth(symmetric, symmetric, false);
  }

  /// The smallest eigenvalue of L L', from above, by powers of its inverse; as near as [#largest].
  ///
  /// @param inverseFactor of A, d x d
  static double smallest(Matrix inverseFactor) {
    return 1 / growth(inverseFactor, inverseFactor.transpose(), true);
  }

  private static double growth(Matrix first, Matrix second, boolean both) {
    int d = first.rows();
    double[] v = new double[d];
    var random = new java.util.SplittableRandom(1);
    Arrays.setAll(v, _ -> 0.5 + random.nextDouble());
    double norm = 0;
    for (int k = 0; k < POWERS; k++) {
      double scale = 1 / Math.sqrt(dot(v, 0, v));
      double[] unit = Arrays.stream(v).map(x -> x * scale).toArray();
      double[] once = times(first, unit);
      v = both ? times(second, once) : once;
      norm = Math.sqrt(dot(v, 0, v));
      if (norm == 0) {
        return 0;
      }
    }
    return norm;
  }

  private static double[] times(Matrix m, double[] v) {
    return IntStream.range(0, m.rows())
        .parallel()
        .mapToDouble(i -> dot(m.data(), i * m.columns(), v))
        .toArray();
  }

  private static double dot(double[] a, int offset, double[] b) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int j = 0;
    for (; j + 3 < b.length; j += 4) {
      s0 += a[offset + j] * b[j];
      s1 += a[offset + j + 1] * b[j + 1];
      s2 += a[offset + j + 2] * b[j + 2];
      s3 += a[offset + j + 3] * b[j + 3];
    }
    for (; j < b.length; j++) {
      s0 += a[offset + j] * b[j];
    }
    return (s0 + s1) + (s2 + s3);
  }
}

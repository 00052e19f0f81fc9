package io.semblance.core.linalg;

import java.util.function.Supplier;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/// Products and eigenvectors by libtorch, in double precision on the CPU.
///
/// Every call copies its inputs to native memory, computes, copies the result back and frees all it
/// took. The first call loads libtorch (about a second). Safe for use by several threads.
public final class LinearAlgebra {

  private LinearAlgebra() {}

  /// Begins to load libtorch on a thread of its own and returns at once; who needs it earlier
  /// waits.
  public static void loadBehind() {
    Thread.ofPlatform().daemon().name("libtorch").start(torch::get_num_threads);
  }

  /// Sets how many threads libtorch may use, for the whole process.
  ///
  /// @param count at least 1
  public static void threads(int count) {
    torch.set_num_threads(count);
  }

  /// @param a m x k
  /// @param b k x n
  /// @return m x n
  /// @throws IllegalArgumentException if the inner sizes differ
  public static Matrix product(Matrix a, Matrix b) {
    checkInner(a.columns(), b.rows(), a, b);
    return scoped(() -> matrix(torch.mm(tensor(a), tensor(b)), a.rows(), b.columns()));
  }

  /// @param a m x k
  /// @param b n x k
  /// @return a b', m x n
  /// @throws IllegalArgumentException if the inner sizes differ
  public static Matrix productTransposed(Matrix a, Matrix b) {
    checkInner(a.columns(), b.columns(), a, b);
    return scoped(() -> matrix(torch.mm(tensor(a), tensor(b).t()), a.rows(), b.rows()));
  }

  /// @param a n x d
  /// @return a' a, d x d
  public static Matrix gram(Matrix a) {
    return scoped(
        () -> {
          Tensor t = tensor(a);
          return matrix(torch.mm(t.t(), t), a.columns(), a.columns());
        });
  }

  /// Eigenvalues and eigenvectors of a symmetric matrix; the lower triangle is read.
  ///
  /// @param symmetric d x d
  /// @return all d pairs, largest eigenvalue first
  /// @throws IllegalArgumentException if it is not square or holds a number that is not finite
  public static SymmetricEigen eigen(Matrix symmetric) {
    int d = symmetric.rows();
    if (d != symmetric.columns()) {
      throw new IllegalArgumentException(
          "eigenvalues need a square matrix, got " + d + " x " + symmetric.columns());
    }
    for (double v : symmetric.data()) {
      if (!Double.isFinite(v)) {
        throw new IllegalArgumentException("eigenvalues need finite numbers, got " + v);
      }
    }
    return scoped(
        () -> {
          T_TensorTensor_T pair = torch.linalg_eigh(tensor(symmetric));
          Matrix ascending = matrix(pair.get0(), 1, d);
          Matrix columns = matrix(pair.get1().contiguous(), d, d);
          double[] values = new double[d];
          Matrix vectors = Matrix.zeros(d, d);
          for (int k = 0; k < d; k++) {
            values[k] = ascending.get(0, d - 1 - k);
            for (int i = 0; i < d; i++) {
              vectors.set(k, i, columns.get(i, d - 1 - k));
            }
          }
          return new SymmetricEigen(values, vectors);
        });
  }

  private static void checkInner(int left, int right, Matrix a, Matrix b) {
    if (left != right) {
      throw new IllegalArgumentException(
          "cannot multiply "
              + a.rows()
              + " x "
              + a.columns()
              + " with "
              + b.rows()
              + " x "
              + b.columns());
    }
  }

  private static <T> T scoped(Supplier<T> work) {
    try (var _ = new PointerScope()) {
      return work.get();
    }
  }

  static Tensor tensor(Matrix m) {
    DoublePointer pointer = new DoublePointer(m.data());
    long[] sizes = {m.rows(), m.columns()};
    TensorOptions options = new TensorOptions(torch.ScalarType.Double);
    return torch.from_blob(pointer, sizes, options);
  }

  private static Matrix matrix(Tensor tensor, int rows, int columns) {
    Matrix out = Matrix.zeros(rows, columns);
    if (out.data().length > 0) { // an empty tensor has no address
      new DoublePointer(tensor.contiguous().data_ptr_double()).get(out.data());
    }
    return out;
  }
}

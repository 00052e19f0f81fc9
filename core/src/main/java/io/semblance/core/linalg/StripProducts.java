package io.semblance.core.linalg;

import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/// Products of which half is known beforehand, computed by strips of columns so that little more
/// than the other half is multiplied: a matrix with itself, and a matrix with a triangular one.
final class StripProducts {

  private static final int ROWS = 2048;
  private static final int STRIP = 256;

  private StripProducts() {}

  /// (x - mean)' (x - mean), adding up blocks of rows so that no centred copy of x is made.
  ///
  /// @param x n x d
  /// @param mean length d
  /// @return d x d, symmetric to the last bit
  static Matrix centeredGram(Matrix x, double[] mean) {
    int d = x.columns();
    Matrix out = Matrix.zeros(d, d);
    try (var _ = new PointerScope()) {
      Tensor sum = torch.zeros(new long[] {d, d}, new TensorOptions(torch.ScalarType.Double));
      for (int from = 0; from < x.rows(); from += ROWS) {
        addGram(sum, x.rowRange(from, Math.min(ROWS, x.rows() - from)).minusRow(mean));
      }
      new DoublePointer(sum.data_ptr_double()).get(out.data());
    }
    for (int i = 0; i < d; i++) {
      for (int j = 0; j < i; j++) {
        out.set(i, j, out.get(j, i));
      }
    }
    return out;
  }

  private static void addGram(Tensor sum, Matrix block) {
    try (var _ = new PointerScope()) {
      Tensor t = LinearAlgebra.tensor(block);
      int d = block.columns();
      for (int at = 0; at < d; at += STRIP) {
        int width = Math.min(STRIP, d - at);
        Tensor left = t.narrow(1, at, width).t();
        sum.narrow(0, at, width).narrow(1, at, d - at).addmm_(left, t.narrow(1, at, d - at));
      }
    }
  }

  /// (x - mean) L', by blocks of rows.
  ///
  /// @param x n x d
  /// @param mean length d
  /// @param lower L, d x d, zero above the diagonal
  /// @return n x d
  static Matrix timesLowerTransposed(Matrix x, double[] mean, Matrix lower) {
    int d = x.columns();
    Matrix out = Matrix.zeros(x.rows(), d);
    try (var _ = new PointerScope()) {
      Tensor factor = LinearAlgebra.tensor(lower);
      for (int from = 0; from < x.rows(); from += ROWS) {
        int count = Math.min(ROWS, x.rows() - from);
        try (var _ = new PointerScope()) {
          Tensor t = LinearAlgebra.tensor(x.rowRange(from, count).minusRow(mean));
          var doubles = new TensorOptions(torch.ScalarType.Double);
          Tensor product = torch.zeros(new long[] {count, d}, doubles);
          for (int at = 0; at < d; at += STRIP) {
            int width = Math.min(STRIP, d - at);
            Tensor strip = factor.narrow(0, at, width).narrow(1, 0, at + width).t();
            torch.mm_out(product.narrow(1, at, width), t.narrow(1, 0, at + width), strip);
          }
          new DoublePointer(product.data_ptr_double()).get(out.data(), from * d, count * d);
        }
      }
    }
    return out;
  }
}

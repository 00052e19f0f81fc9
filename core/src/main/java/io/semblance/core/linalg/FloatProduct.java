package io.semblance.core.linalg;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/// Products of float32 rows by libtorch, on native memory that the caller owns: nothing is copied,
/// so a mapped file is multiplied where it lies.
///
/// Segments are native (off-heap or mapped), row-major, in the machine's byte order, and shorter
/// than 2 GiB. Safe for use by several threads on different results.
public final class FloatProduct {

  private FloatProduct() {}

  /// Components summed at a time, so that errors grow with this number and not with d.
  private static final int PART = 256;

  /// The largest relative error of an inner product by [#productTransposed], in whatever order the
  /// components of a part are summed: |computed - exact| <= bound * |a| * |b|, if no product
  /// overflows and the product of the norms is above 1e-25. Source: Higham, Accuracy and Stability
  /// of Numerical Algorithms, 2nd edition, eq. 3.5 and section 4.2 (n u with u = 2^-24, for sums of
  /// parts the number of components in one and that of the parts), and a tenth.
  ///
  /// @param dimension d, below 2^20
  /// @return the bound, about 2e-5 for d = 768
  public static double errorBound(int dimension) {
    int parts = (dimension + PART - 1) / PART;
    return (Math.min(dimension, PART) + parts + 8) * 1.1 * 0x1p-24;
  }

  /// All inner products between two sets of rows, in float32.
  ///
  /// @param a m x d
  /// @param b n x d
  /// @param dimension d
  /// @param result receives a b', m x n
  /// @throws IllegalArgumentException if a size does not fit or a segment is not native
  public static void productTransposed(
      MemorySegment a, MemorySegment b, int dimension, MemorySegment result) {
    long m = rows(a, dimension);
    long n = rows(b, dimension);
    if (result.byteSize() != m * n * Float.BYTES) {
      throw new IllegalArgumentException(
          "%d x %d products need %d bytes, got %d"
              .formatted(m, n, m * n * Float.BYTES, result.byteSize()));
    }
    try (var _ = new PointerScope()) {
      Tensor out = tensor(result, m, n);
      Tensor left = tensor(a, m, dimension);
      Tensor right = tensor(b, n, dimension).t();
      int width = Math.min(PART, dimension);
      torch.mm_out(out, left.narrow(1, 0, width), right.narrow(0, 0, width));
      for (int at = width; at < dimension; at += PART) {
        width = Math.min(PART, dimension - at);
        out.addmm_(left.narrow(1, at, width), right.narrow(0, at, width));
      }
    }
  }

  private static long rows(MemorySegment segment, int dimension) {
    long row = (long) dimension * Float.BYTES;
    if (!segment.isNative() || segment.byteSize() % row != 0) {
      throw new IllegalArgumentException(
          "%d bytes of %s memory do not hold native rows of %d floats"
              .formatted(segment.byteSize(), segment.isNative() ? "native" : "heap", dimension));
    }
    return segment.byteSize() / row;
  }

  /// The segment as a tensor that copies nothing.
  static Tensor tensor(MemorySegment segment, long rows, long columns) {
    var floats = segment.asByteBuffer().order(ByteOrder.nativeOrder()).asFloatBuffer();
    long[] sizes = {rows, columns};
    return torch.from_blob(
        new FloatPointer(floats), sizes, new TensorOptions(torch.ScalarType.Float));
  }
}

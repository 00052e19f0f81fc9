package io.semblance.core.linalg;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/// Sums of distances between groups of images under many resamples at once: for groups a <= b and
/// each resample r, `sum over i in a, j in b of w_ir w_jr d_ij`, with w the times an image was
/// drawn.
///
/// Takes the blocks of [UpperDistances] one after the other, by two matrix products' worth of work
/// a block, so that a thousand resamples cost about as much as the distances themselves. Products
/// are float32: a sum is off by about 1e-7 relative. Not safe for several threads.
public final class ResampledSums implements AutoCloseable {

  private static final int COLUMNS = 1000;

  private final Arena arena = Arena.ofShared();
  private final MemorySegment weights;
  private final int resamples;
  private final int[] first;
  private final double[][] sums;
  private MemorySegment block = MemorySegment.NULL;

  /// @param weights n x R counts, row-major, native float32; stays the caller's and must outlive
  ///   this
  /// @param resamples R, at least 1
  /// @param first where each of the G groups begins, ascending, and n at the end; length G + 1
  public ResampledSums(MemorySegment weights, int resamples, int[] first) {
    this.weights = weights;
    this.resamples = resamples;
    this.first = first.clone();
    int groups = first.length - 1;
    this.sums = new double[Math.multiplyExact(groups, groups + 1) / 2][];
  }

  /// @param a a group
  /// @param b a group, at least a
  /// @return the sums, length R, not a copy; null if a group is empty
  public double[] sums(int a, int b) {
    return sums[pair(a, b)];
  }

  private int pair(int a, int b) {
    return b * (b + 1) / 2 + a;
  }

  /// Adds a block.
  ///
  /// @param from first row of the block and of its columns
  /// @param count rows in the block
  /// @param distances `count x (n - from)`, row-major
  public void add(int from, int count, double[] distances) {
    int n = first[first.length - 1];
    int width = n - from;
    MemorySegment floats = floats(count, width, distances);
    try (var _ = new PointerScope()) {
      Tensor w = tensor(weights, n, resamples);
      Tensor d = tensor(floats, count, width);
      for (int a = 0; a + 1 < first.length; a++) {
        int low = Math.max(first[a], from);
        int high = Math.min(first[a + 1], from + count);
        if (low < high) {
          group(a, low, high, from, from + count, w, d);
        }
      }
    }
  }

  /// Rows `low` to `high - 1`, of group a, against everything from there on.
  private void group(int a, int low, int high, int from, int blockEnd, Tensor w, Tensor d) {
    try (var _ = new PointerScope()) {
      Tensor rows = d.narrow(0, low - from, high - low);
      Tensor own = w.narrow(0, low, high - low);
      // Within the group, pairs in this block come in both orders, later ones in one only.
      int inBlock = Math.min(first[a + 1], blockEnd);
      chunk(a, new int[] {a}, Math.max(first[a], from), inBlock, 1, from, rows, own, w);
      chunk(a, new int[] {a}, inBlock, first[a + 1], 2, from, rows, own, w);
      int groups = first.length - 1;
      for (int b = a + 1; b < groups; ) {
        int size = first[b + 1] - first[b];
        int to = b + 1;
        while (to < groups
            && first[to + 1] - first[to] == size
            && first[to + 1] - first[b] <= COLUMNS) {
          to++;
        }
        int[] here = IntStream.range(b, to).toArray();
        chunk(a, here, first[b], first[to], 1, from, rows, own, w);
        b = to;
      }
    }
  }

  /// Groups of equal size in consecutive columns.
  private void chunk(
      int a,
      int[] groups,
      int low,
      int high,
      double factor,
      int from,
      Tensor rows,
      Tensor own,
      Tensor w) {
    if (low >= high) {
      return;
    }
    try (var _ = new PointerScope()) {
      Tensor product = torch.mm(rows.narrow(1, low - from, high - low).t(), own);
      product.mul_(w.narrow(0, low, high - low));
      long[] shape = {groups.length, (high - low) / groups.length, resamples};
      Tensor sum = product.view(shape).sum(1);
      float[] values = new float[groups.length * resamples];
      new FloatPointer(sum.contiguous().data_ptr_float()).get(values);
      for (int k = 0; k < groups.length; k++) {
        int pair = pair(a, groups[k]);
        double[] target = sums[pair] == null ? new double[resamples] : sums[pair];
        for (int r = 0; r < resamples; r++) {
          target[r] += factor * values[k * resamples + r];
        }
        sums[pair] = target;
      }
    }
  }

  private MemorySegment floats(int count, int width, double[] distances) {
    long bytes = (long) count * width * Float.BYTES;
    if (block.byteSize() < bytes) {
      block = arena.allocate(bytes, 64);
    }
    MemorySegment target = block.asSlice(0, bytes);
    IntStream.range(0, count)
        .parallel()
        .forEach(
            i -> {
              float[] row = new float[width];
              for (int j = 0; j < width; j++) {
                row[j] = (float) distances[i * width + j];
              }
              long at = (long) i * width * Float.BYTES;
              MemorySegment.copy(row, 0, target, ValueLayout.JAVA_FLOAT, at, width);
            });
    return target;
  }

  private static Tensor tensor(MemorySegment segment, long rows, long columns) {
    var floats = segment.asByteBuffer().order(ByteOrder.nativeOrder()).asFloatBuffer();
    long[] sizes = {rows, columns};
    return torch.from_blob(
        new FloatPointer(floats), sizes, new TensorOptions(torch.ScalarType.Float));
  }

  /// Releases the block; the sums stay.
  @Override
  public void close() {
    arena.close();
  }
}

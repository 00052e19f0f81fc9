package io.semblance.core.linalg;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Dispatcher;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.OperatorHandle;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// Exact inner products of whole numbers by the processor's 8-bit instructions, two to four times
/// faster than float32 products of the same size: rows of 0 to 127 against columns of -127 to 127.
///
/// Uses libtorch's quantised linear layer, whose rounding is made void: every call carries one row
/// that holds 0 and 127, so that the scale it finds is 1. Where libtorch was built without it, or
/// for a processor on which it rounds, there is no such product. Safe for one thread at a time.
public final class ByteProduct implements AutoCloseable {

  /// Largest number of a row.
  public static final int MOST = 127;

  /// Sums beyond 2^24 would be rounded.
  private static final int LARGEST = (1 << 24) / (MOST * MOST);

  private final OperatorHandle linear;
  private final IValue packed;
  private final IValue reduced;
  private final int columns;
  private final int dimension;

  private ByteProduct(Tensor quantized, int columns, int dimension) {
    Dispatcher dispatcher = Dispatcher.singleton();
    this.linear = dispatcher.findSchemaOrThrow("quantized::linear_dynamic", "");
    this.columns = columns;
    this.dimension = dimension;
    var arguments = new IValueVector(new IValue(quantized), new IValue());
    dispatcher.findSchemaOrThrow("quantized::linear_prepack", "").callBoxed(arguments);
    this.packed = new IValue(arguments.get(0));
    this.reduced = new IValue(true);
    linear.retainReference(); // they outlive the scope they were made in
    packed.retainReference();
    reduced.retainReference();
  }

  /// @param columns n x d whole numbers from -127 to 127, native float32, row-major; copied
  /// @param dimension d
  /// @return the product with them; empty where this machine has none, or d is above 1,040
  public static Optional<ByteProduct> of(MemorySegment columns, int dimension) {
    int n = Math.toIntExact(columns.byteSize() / Float.BYTES / dimension);
    if (dimension < 2 || dimension > LARGEST || n == 0) {
      return Optional.empty();
    }
    ByteProduct product;
    try (var _ = new PointerScope()) {
      var one = torch.ScalarType.QInt8;
      Tensor whole =
          torch.quantize_per_tensor(FloatProduct.tensor(columns, n, dimension), 1.0, 0, one);
      product = new ByteProduct(whole, n, dimension);
    } catch (RuntimeException e) {
      return Optional.empty(); // libtorch says so where it has no such operation
    }
    if (product.exact(columns)) {
      return Optional.of(product);
    }
    product.close();
    return Optional.empty();
  }

  /// Whether a row of numbers gives what whole numbers do.
  private boolean exact(MemorySegment values) {
    float[] row = new float[2 * dimension];
    for (int j = 0; j < dimension; j++) {
      row[j] = (37 * j + 11) % (MOST + 1);
    }
    var same = new boolean[] {true};
    try (var arena = Arena.ofConfined()) {
      MemorySegment rows = arena.allocate(2L * dimension * Float.BYTES, 64);
      MemorySegment.copy(row, 0, rows, ValueLayout.JAVA_FLOAT, 0, row.length);
      multiply(
          rows,
          1,
          result -> {
            for (int c = 0; c < columns; c++) {
              double sum = 0;
              for (int j = 0; j < dimension; j++) {
                long at = (long) c * dimension + j;
                sum += row[j] * values.getAtIndex(ValueLayout.JAVA_FLOAT_UNALIGNED, at);
              }
              same[0] &= result.getAtIndex(ValueLayout.JAVA_FLOAT_UNALIGNED, c) == sum;
            }
          });
    } catch (RuntimeException e) {
      return false;
    }
    return same[0];
  }

  /// Hears a result.
  @FunctionalInterface
  public interface Result {

    /// @param products m x n, row-major float32 whole numbers; valid until the call returns
    void accept(MemorySegment products);
  }

  /// @param rows `m + 1` rows of d whole numbers from 0 to 127, native float32; the last is
  ///   overwritten
  /// @param count m, at least 1
  /// @param hears the products of the first m rows
  /// @throws IllegalArgumentException if the size does not fit
  public void multiply(MemorySegment rows, int count, Result hears) {
    long row = (long) dimension * Float.BYTES;
    if (count < 1 || rows.byteSize() < (count + 1) * row) {
      throw new IllegalArgumentException(
          "%d rows and one more need %d bytes, got %d"
              .formatted(count, (count + 1) * row, rows.byteSize()));
    }
    rows.asSlice(count * row, row).fill((byte) 0);
    rows.set(ValueLayout.JAVA_FLOAT_UNALIGNED, count * row, MOST);
    try (var _ = new PointerScope()) {
      Tensor all = FloatProduct.tensor(rows.asSlice(0, (count + 1) * row), count + 1, dimension);
      var arguments = new IValueVector(new IValue(all), packed, reduced);
      linear.callBoxed(arguments);
      Tensor result = arguments.get(0).toTensor();
      long bytes = (long) count * columns * Float.BYTES;
      hears.accept(MemorySegment.ofAddress(result.data_ptr_float().address()).reinterpret(bytes));
    }
  }

  /// Releases the packed columns.
  @Override
  public void close() {
    linear.releaseReference();
    packed.releaseReference();
    reduced.releaseReference();
  }
}

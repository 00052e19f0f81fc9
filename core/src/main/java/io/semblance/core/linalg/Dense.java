package io.semblance.core.linalg;

import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/// A dense matrix in libtorch's memory, float32 or float64, with the operations that training a map
/// by closed-form gradients needs.
///
/// Operations between two matrices stretch a single row or column over the other, as numpy does,
/// and need one type on both sides. What is made inside a [Scope] is freed when the scope closes;
/// matrices made outside one live until they are collected. Not safe for writing from several
/// threads.
public final class Dense {

  private final Tensor tensor;

  private Dense(Tensor tensor) {
    this.tensor = tensor;
  }

  /// Frees, when closed, every matrix the calling thread made since it was opened.
  public static final class Scope implements AutoCloseable {

    private final PointerScope scope = new PointerScope();

    @Override
    public void close() {
      scope.close();
    }
  }

  /// @param rows at least 1
  /// @param columns at least 1
  /// @param data `rows x columns`, row-major; copied
  /// @return a float32 matrix
  public static Dense of(int rows, int columns, float[] data) {
    require(rows, columns, data.length);
    try (var pointer = new FloatPointer(data)) {
      long[] sizes = {rows, columns};
      var options = new TensorOptions(torch.ScalarType.Float);
      return new Dense(torch.from_blob(pointer, sizes, options).clone());
    }
  }

  /// @param rows at least 1
  /// @param columns at least 1
  /// @param data `rows x columns`, row-major; copied
  /// @return a float64 matrix
  public static Dense of(int rows, int columns, double[] data) {
    require(rows, columns, data.length);
    try (var pointer = new DoublePointer(data)) {
      long[] sizes = {rows, columns};
      var options = new TensorOptions(torch.ScalarType.Double);
      return new Dense(torch.from_blob(pointer, sizes, options).clone());
    }
  }

  private static void require(int rows, int columns, int length) {
    if (rows < 1 || columns < 1 || length != (long) rows * columns) {
      throw new IllegalArgumentException(
          "%d numbers do not make a %d x %d matrix".formatted(length, rows, columns));
    }
  }

  /// @return the same numbers as float64
  public Dense toDouble() {
    return new Dense(tensor.to(torch.ScalarType.Double));
  }

  /// @return number of rows
  public int rows() {
    return (int) tensor.size(0);
  }

  /// @return number of columns
  public int columns() {
    return (int) tensor.size(1);
  }

  /// @return a matrix of the same size and type, all zeros
  public Dense zerosAlike() {
    return new Dense(tensor.clone().zero_());
  }

  /// @return a copy
  public Dense copy() {
    return new Dense(tensor.clone());
  }

  /// @param b k x n
  /// @return a b, m x n
  public Dense product(Dense b) {
    return new Dense(tensor.mm(b.tensor));
  }

  /// @param b n x k
  /// @return a b', m x n
  public Dense productTransposed(Dense b) {
    return new Dense(tensor.mm(b.tensor.t()));
  }

  /// @param b m x n
  /// @return a' b, k x n
  public Dense transposedProduct(Dense b) {
    return new Dense(tensor.t().mm(b.tensor));
  }

  /// @param b same size, or one row, or one column
  /// @return the sum
  public Dense plus(Dense b) {
    return new Dense(tensor.add(b.tensor));
  }

  /// @param b a number
  /// @return b added to each
  public Dense plus(double b) {
    return new Dense(tensor.add(new Scalar(b)));
  }

  /// @param b same size, or one row, or one column
  /// @return the difference
  public Dense minus(Dense b) {
    return new Dense(tensor.sub(b.tensor));
  }

  /// @param b same size, or one row, or one column
  /// @return the product of each pair of numbers
  public Dense times(Dense b) {
    return new Dense(tensor.mul(b.tensor));
  }

  /// @param b a number
  /// @return each times b
  public Dense times(double b) {
    return new Dense(tensor.mul(new Scalar(b)));
  }

  /// @param b same size, or one row, or one column
  /// @return the quotient of each pair of numbers
  public Dense over(Dense b) {
    return new Dense(tensor.div(b.tensor));
  }

  /// @return e to each
  public Dense exp() {
    return new Dense(tensor.exp());
  }

  /// @return natural logarithm of each
  public Dense log() {
    return new Dense(tensor.log());
  }

  /// @return root of each
  public Dense sqrt() {
    return new Dense(tensor.sqrt());
  }

  /// @param least a bound
  /// @return each, or the bound where it is less
  public Dense atLeast(double least) {
    return new Dense(tensor.clamp_min(new Scalar(least)));
  }

  /// @return 1 where a number is above 0, else 0
  public Dense positive() {
    return new Dense(tensor.gt(new Scalar(0.0)).to(tensor.scalar_type()));
  }

  /// @return sum of each row, m x 1
  public Dense rowSums() {
    return new Dense(tensor.sum(new long[] {1}, true, new ScalarTypeOptional()));
  }

  /// @return sum of each column, 1 x n
  public Dense columnSums() {
    return new Dense(tensor.sum(new long[] {0}, true, new ScalarTypeOptional()));
  }

  /// @return sum of all numbers
  public double total() {
    return tensor.sum().item_double();
  }

  /// @return root of the sum of squares (Frobenius)
  public double norm() {
    return tensor.norm().item_double();
  }

  /// Subtracts 1 on the diagonal, in place.
  ///
  /// @return this
  public Dense subtractIdentity() {
    tensor.diagonal().sub_(new Scalar(1.0));
    return this;
  }

  /// Multiplies by a number, in place.
  ///
  /// @param factor a number
  /// @return this
  public Dense scale(double factor) {
    tensor.mul_(new Scalar(factor));
    return this;
  }

  /// Adds a multiple of another, in place.
  ///
  /// @param b same size
  /// @param factor of b
  /// @return this
  public Dense add(Dense b, double factor) {
    tensor.add_(b.tensor, new Scalar(factor));
    return this;
  }

  /// Adds a multiple of the products of pairs of numbers, in place.
  ///
  /// @param a same size
  /// @param b same size
  /// @param factor of the products
  /// @return this
  public Dense addProducts(Dense a, Dense b, double factor) {
    tensor.addcmul_(a.tensor, b.tensor, new Scalar(factor));
    return this;
  }

  /// Adds a multiple of the quotients of pairs of numbers, in place.
  ///
  /// @param a same size
  /// @param b same size
  /// @param factor of the quotients
  /// @return this
  public Dense addQuotients(Dense a, Dense b, double factor) {
    tensor.addcdiv_(a.tensor, b.tensor, new Scalar(factor));
    return this;
  }

  /// Takes the numbers of another, in place.
  ///
  /// @param b same size
  /// @return this
  public Dense set(Dense b) {
    tensor.copy_(b.tensor);
    return this;
  }

  /// @return all numbers, row-major
  public double[] toDoubles() {
    double[] out = new double[Math.multiplyExact(rows(), columns())];
    try (var _ = new PointerScope()) {
      Tensor doubles = tensor.to(torch.ScalarType.Double).contiguous();
      new DoublePointer(doubles.data_ptr_double()).get(out);
    }
    return out;
  }

  /// @return all numbers rounded to float32, row-major
  public float[] toFloats() {
    float[] out = new float[Math.multiplyExact(rows(), columns())];
    try (var _ = new PointerScope()) {
      Tensor floats = tensor.to(torch.ScalarType.Float).contiguous();
      new FloatPointer(floats.data_ptr_float()).get(out);
    }
    return out;
  }
}

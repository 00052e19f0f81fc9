package io.semblance.core.array;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/// An array of numbers in a region of memory: a view, which owns nothing. It is valid until the
/// owner of the region (the file that was opened) is closed; safe for several threads.
///
/// Any strides are allowed, 0 and overlapping ones too, as torch makes them by `expand`, `t` and
/// slicing. That every element lies inside the region is checked once, when the view is made.
public final class NumberArray implements StoredArray {

  private static final int MOST_AXES = 64;

  private final NumberType type;
  private final ByteOrder order;
  private final long[] shape;
  private final long[] strides;
  private final MemorySegment region;

  private NumberArray(
      NumberType type, ByteOrder order, long[] shape, long[] strides, MemorySegment region) {
    this.type = type;
    this.order = order;
    this.shape = shape;
    this.strides = strides;
    this.region = region;
  }

  /// A view with any strides.
  ///
  /// @param type of the elements
  /// @param order of the bytes of an element
  /// @param shape sizes of the axes, each at least 0; empty for a single number
  /// @param strides elements from one index to the next along each axis, each at least 0
  /// @param region memory, owned by someone else
  /// @param offset elements before the first one
  /// @return the view
  /// @throws IllegalArgumentException if an element would lie outside the region, or the number of
  ///   elements is over 2^63; the message is a sentence without its subject, e.g. "asks for bytes 0
  ///   to 48 of 40"
  public static NumberArray of(
      NumberType type,
      ByteOrder order,
      long[] shape,
      long[] strides,
      MemorySegment region,
      long offset) {
    try {
      return new NumberArray(
          type, order, shape.clone(), strides.clone(), slice(type, shape, strides, region, offset));
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(
          "has an impossible shape " + text(shape) + " with strides " + text(strides), e);
    }
  }

  /// A view of consecutive elements, row-major.
  ///
  /// @param type of the elements
  /// @param order of the bytes of an element
  /// @param shape sizes of the axes
  /// @param region memory that begins with the first element
  /// @return the view
  /// @throws IllegalArgumentException as [#of]
  public static NumberArray rowMajor(
      NumberType type, ByteOrder order, long[] shape, MemorySegment region) {
    try {
      return of(type, order, shape, rowMajorStrides(shape), region, 0);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("has an impossible shape " + text(shape), e);
    }
  }

  /// A view of consecutive elements, the first axis fastest, as Fortran has them.
  ///
  /// @param type of the elements
  /// @param order of the bytes of an element
  /// @param shape sizes of the axes
  /// @param region memory that begins with the first element
  /// @return the view
  /// @throws IllegalArgumentException as [#of]
  public static NumberArray columnMajor(
      NumberType type, ByteOrder order, long[] shape, MemorySegment region) {
    long[] strides = new long[shape.length];
    long step = 1;
    for (int axis = 0; axis < shape.length; axis++) {
      strides[axis] = step;
      step *= Math.max(1, shape[axis]); // an overflow is found when the elements are counted
    }
    return of(type, order, shape, strides, region, 0);
  }

  /// @param shape sizes of the axes
  /// @return strides of consecutive elements, the last axis fastest
  /// @throws ArithmeticException if the product of the axes is over 2^63
  static long[] rowMajorStrides(long[] shape) {
    long[] strides = new long[shape.length];
    long step = 1;
    for (int axis = shape.length - 1; axis >= 0; axis--) {
      strides[axis] = step;
      step = Math.multiplyExact(step, Math.max(1, shape[axis]));
    }
    return strides;
  }

  /// @param shape sizes of the axes, none negative
  /// @return their product
  /// @throws ArithmeticException if the product of the sizes other than 0 is over 2^63
  static long count(long[] shape) {
    long all = 1;
    long most = 1;
    for (long size : shape) {
      all *= size;
      most = Math.multiplyExact(most, Math.max(1, size));
    }
    return all;
  }

  private static MemorySegment slice(
      NumberType type, long[] shape, long[] strides, MemorySegment region, long offset) {
    if (shape.length != strides.length) {
      throw new IllegalArgumentException(
          "has " + shape.length + " axes but " + strides.length + " strides");
    }
    if (shape.length > MOST_AXES) {
      throw new IllegalArgumentException(
          "has " + shape.length + " axes, more than the " + MOST_AXES + " of numpy and torch");
    }
    long most = 1; // every product of axes must fit, also where another axis is 0
    boolean empty = false;
    long last = 0;
    for (int axis = 0; axis < shape.length; axis++) {
      if (shape[axis] < 0 || strides[axis] < 0) {
        throw new IllegalArgumentException(
            "has a negative size or stride (" + text(shape) + ", strides " + text(strides) + ")");
      }
      most = Math.multiplyExact(most, Math.max(1, shape[axis]));
      empty |= shape[axis] == 0;
      last = Math.addExact(last, Math.multiplyExact(Math.max(0, shape[axis] - 1), strides[axis]));
    }
    long from = Math.multiplyExact(offset, (long) type.bytes());
    long bytes = empty ? 0 : Math.multiplyExact(Math.addExact(last, 1), (long) type.bytes());
    if (offset < 0 || Math.addExact(from, bytes) > region.byteSize()) {
      throw new IllegalArgumentException(
          "asks for bytes %d to %d of %d"
              .formatted(from, Math.addExact(from, bytes), region.byteSize()));
    }
    return region.asSlice(from, bytes);
  }

  /// @return type of the elements
  public NumberType type() {
    return type;
  }

  /// @return order of the bytes of an element
  public ByteOrder order() {
    return order;
  }

  @Override
  public long[] shape() {
    return shape.clone();
  }

  /// @return a copy of the strides, in elements
  public long[] strides() {
    return strides.clone();
  }

  /// @return number of axes
  public int axes() {
    return shape.length;
  }

  /// @return number of elements
  public long count() {
    return LongStream.of(shape).reduce(1, (a, b) -> a * b);
  }

  /// @return size of the first axis, 1 for a single number
  public long rows() {
    return shape.length == 0 ? 1 : shape[0];
  }

  /// @return elements a row has: the product of the axes behind the first
  public long rowLength() {
    return LongStream.of(shape).skip(1).reduce(1, (a, b) -> a * b);
  }

  /// @return whether the elements lie one behind the other, row-major
  public boolean isRowMajor() {
    return count() == 0 || isRowMajorFrom(0);
  }

  private boolean isRowMajorFrom(int first) {
    long step = 1;
    for (int axis = shape.length - 1; axis >= first; axis--) {
      if (shape[axis] != 1 && strides[axis] != step) {
        return false;
      }
      step *= shape[axis];
    }
    return true;
  }

  /// The elements' bytes as they lie, where they lie one behind the other.
  ///
  /// @return `count() * type().bytes()` bytes; not to be written to
  /// @throws IllegalStateException if the array [is not row-major][#isRowMajor]
  public MemorySegment bytes() {
    if (!isRowMajor()) {
      throw new IllegalStateException("the elements of " + this + " do not lie in a row");
    }
    return region;
  }

  /// @return bytes from the first to the last element in memory, which strides of 0 make fewer than
  ///   the elements ask for
  public long bytesSpanned() {
    return region.byteSize();
  }

  MemorySegment region() {
    return region;
  }

  /// The array at one index of its first axis.
  ///
  /// @param index from 0 to `rows() - 1`
  /// @return a view with one axis less
  /// @throws IndexOutOfBoundsException if there is no such index
  public NumberArray row(long index) {
    Objects.checkIndex(index, shape.length == 0 ? 0 : shape[0]);
    return of(
        type,
        order,
        Arrays.copyOfRange(shape, 1, shape.length),
        Arrays.copyOfRange(strides, 1, shape.length),
        region,
        count() == 0 ? 0 : index * strides[0]);
  }

  /// @param indices one for each axis
  /// @return the number there; integers beyond 2^53 become the nearest double
  /// @throws IndexOutOfBoundsException if there is no such element
  public double at(long... indices) {
    if (indices.length != shape.length) {
      throw new IndexOutOfBoundsException(
          indices.length + " indices for an array of " + shape.length + " axes");
    }
    long element = 0;
    for (int axis = 0; axis < shape.length; axis++) {
      element += Objects.checkIndex(indices[axis], shape[axis]) * strides[axis];
    }
    return Numbers.of(type, order).asDouble(region, element);
  }

  /// Copies rows as float32. A row is what one index of the first axis holds, flattened row-major.
  ///
  /// @param from first row, from 0
  /// @param count number of rows
  /// @param target receives `count x rowLength()` numbers, rounded to the nearest float32
  /// @param offset where in `target` to begin
  /// @throws IndexOutOfBoundsException if the rows or the target's places do not exist
  public void copyRows(long from, int count, float[] target, int offset) {
    int length = checkRows(from, count, target.length, offset);
    Numbers numbers = Numbers.of(type, order);
    runs(
        from,
        count,
        length,
        (start, stride, n, at) -> numbers.floats(region, start, stride, n, target, offset + at));
  }

  /// Copies rows as doubles, as [#copyRows(long, int, float\[\], int)].
  ///
  /// @param from first row, from 0
  /// @param count number of rows
  /// @param target receives `count x rowLength()` numbers
  /// @param offset where in `target` to begin
  /// @throws IndexOutOfBoundsException if the rows or the target's places do not exist
  public void copyRows(long from, int count, double[] target, int offset) {
    int length = checkRows(from, count, target.length, offset);
    Numbers numbers = Numbers.of(type, order);
    runs(
        from,
        count,
        length,
        (start, stride, n, at) -> numbers.doubles(region, start, stride, n, target, offset + at));
  }

  /// All numbers, row-major, for small arrays.
  ///
  /// @return `count()` numbers
  /// @throws IllegalArgumentException if there are more than a Java array holds
  public double[] toDoubles() {
    double[] out = new double[arrayLength()];
    copyRows(0, Math.toIntExact(rows()), out, 0);
    return out;
  }

  /// All numbers as float32, row-major, for small arrays.
  ///
  /// @return `count()` numbers
  /// @throws IllegalArgumentException if there are more than a Java array holds
  public float[] toFloats() {
    float[] out = new float[arrayLength()];
    copyRows(0, Math.toIntExact(rows()), out, 0);
    return out;
  }

  private int arrayLength() {
    if (count() > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          this + " has more numbers than a Java array holds: copy it row by row");
    }
    return (int) count();
  }

  private int checkRows(long from, int count, int room, int offset) {
    Objects.checkFromIndexSize(from, count, rows());
    long numbers = Math.multiplyExact(count, rowLength());
    Objects.checkFromIndexSize(offset, numbers, (long) room);
    return (int) numbers;
  }

  /// Equally spaced elements, the unit of copying.
  @FunctionalInterface
  private interface Run {
    void copy(long start, long stride, int count, int at);
  }

  private void runs(long from, int count, int numbers, Run run) {
    if (numbers == 0) {
      return;
    }
    if (shape.length == 0) {
      run.copy(0, 1, 1, 0);
    } else if (isRowMajorFrom(0)) {
      run.copy(from * strides[0], 1, numbers, 0);
    } else {
      int rowLength = numbers / count;
      for (int i = 0; i < count; i++) {
        row(1, (from + i) * strides[0], rowLength, i * rowLength, run);
      }
    }
  }

  private void row(int axis, long start, int numbers, int at, Run run) {
    if (isRowMajorFrom(axis)) {
      run.copy(start, 1, numbers, at);
    } else if (axis == shape.length - 1) {
      run.copy(start, strides[axis], numbers, at);
    } else {
      int inner = (int) (numbers / shape[axis]);
      for (int i = 0; i < shape[axis]; i++) {
        row(axis + 1, start + i * strides[axis], inner, at + i * inner, run);
      }
    }
  }

  /// @return type and shape, e.g. `float32 3 x 4`
  @Override
  public String toString() {
    return type.torch() + " " + text(shape);
  }

  /// @param shape sizes of the axes
  /// @return them in words, e.g. `3 x 4`, or `scalar`
  public static String text(long[] shape) {
    return shape.length == 0
        ? "scalar"
        : LongStream.of(shape).mapToObj(Long::toString).collect(Collectors.joining(" x "));
  }
}

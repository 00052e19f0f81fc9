package io.semblance.core.array;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.Objects;

/// An array of numbers in a region of memory: a view, which owns nothing. It is valid until the
/// owner of the region (the file that was opened) is closed; safe for several threads.
///
/// Any strides are allowed, 0 and overlapping ones too, as torch makes them by `expand`, `t` and
/// slicing. That every element lies inside the region is checked once, when the view is made.
public final class NumberArray implements StoredArray {

  private final NumberType type;
  private final ByteOrder order;
  private final Layout layout;
  private final MemorySegment region;

  private NumberArray(NumberType type, ByteOrder order, Layout layout, MemorySegment region) {
    this.type = type;
    this.order = order;
    this.layout = layout;
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
    return of(type, order, new Layout(shape, strides), region, offset);
  }

  private static NumberArray of(
      NumberType type, ByteOrder order, Layout layout, MemorySegment region, long offset) {
    try {
      long from = Math.multiplyExact(offset, (long) type.bytes());
      long bytes = Math.multiplyExact(layout.span(), (long) type.bytes());
      if (offset < 0 || Math.addExact(from, bytes) > region.byteSize()) {
        throw new IllegalArgumentException(
            "asks for bytes %d to %d of %d"
                .formatted(from, Math.addExact(from, bytes), region.byteSize()));
      }
      return new NumberArray(type, order, layout, region.asSlice(from, bytes));
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(
          "has an impossible shape "
              + text(layout.shape())
              + " with strides "
              + text(layout.strides()),
          e);
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
      return of(type, order, Layout.rowMajor(shape), region, 0);
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
    return of(type, order, Layout.columnMajor(shape), region, 0);
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
    return layout.shape().clone();
  }

  /// @return a copy of the strides, in elements
  public long[] strides() {
    return layout.strides().clone();
  }

  /// @return number of axes
  public int axes() {
    return layout.axes();
  }

  /// @return number of elements
  public long count() {
    return Layout.count(layout.shape());
  }

  /// @return size of the first axis, 1 for a single number
  public long rows() {
    return layout.rows();
  }

  /// @return elements a row has: the product of the axes behind the first
  public long rowLength() {
    return layout.rowLength();
  }

  /// @return whether the elements lie one behind the other, row-major
  public boolean isRowMajor() {
    return layout.isRowMajor();
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
    Objects.checkIndex(index, axes() == 0 ? 0 : rows());
    long offset = count() == 0 ? 0 : index * layout.strides()[0];
    return of(type, order, layout.withoutFirstAxis(), region, offset);
  }

  /// @param indices one for each axis
  /// @return the number there; integers beyond 2^53 become the nearest double
  /// @throws IndexOutOfBoundsException if there is no such element
  public double at(long... indices) {
    return Numbers.of(type, order).asDouble(region, layout.place(indices));
  }

  /// Copies rows as float32. A row is what one index of the first axis holds, flattened row-major.
  ///
  /// @param from first row, from 0
  /// @param count number of rows
  /// @param target receives `count x rowLength()` numbers, rounded to the nearest float32
  /// @param offset where in `target` to begin
  /// @throws IndexOutOfBoundsException if the rows or the target's places do not exist
  public void copyRows(long from, int count, float[] target, int offset) {
    checkRows(from, count, target.length, offset);
    Numbers numbers = Numbers.of(type, order);
    layout.runs(
        from,
        count,
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
    checkRows(from, count, target.length, offset);
    Numbers numbers = Numbers.of(type, order);
    layout.runs(
        from,
        count,
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

  private void checkRows(long from, int count, int room, int offset) {
    Objects.checkFromIndexSize(from, count, rows());
    long numbers = Math.multiplyExact(count, rowLength());
    Objects.checkFromIndexSize(offset, numbers, (long) room);
  }

  /// @return type and shape, e.g. `float32 3 x 4`
  @Override
  public String toString() {
    return type.torch() + " " + text(layout.shape());
  }

  /// @param shape sizes of the axes
  /// @return them in words, e.g. `3 x 4`, or `scalar`
  public static String text(long[] shape) {
    return Layout.text(shape);
  }
}

package io.semblance.core.array;

import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/// Where the elements of an array lie, counted in elements from its first one: the sizes of its
/// axes, and the step along each. Steps of 0 and overlapping ones are allowed.
@SuppressWarnings("ArrayRecordComponent") // never compared, and handed out as copies
record Layout(long[] shape, long[] strides) {

  private static final int MOST_AXES = 64;

  /// Copies the axes.
  ///
  /// @throws IllegalArgumentException if they are no axes of an array; the message is a sentence
  ///   without its subject
  Layout {
    if (shape.length != strides.length) {
      throw new IllegalArgumentException(
          "has " + shape.length + " axes but " + strides.length + " strides");
    }
    if (shape.length > MOST_AXES) {
      throw new IllegalArgumentException(
          "has " + shape.length + " axes, more than the " + MOST_AXES + " of numpy and torch");
    }
    for (int axis = 0; axis < shape.length; axis++) {
      if (shape[axis] < 0 || strides[axis] < 0) {
        throw new IllegalArgumentException(
            "has a negative size or stride (" + text(shape) + ", strides " + text(strides) + ")");
      }
    }
    shape = shape.clone();
    strides = strides.clone();
  }

  /// @param shape sizes of the axes
  /// @return consecutive elements, the last axis fastest
  /// @throws ArithmeticException if the product of the axes is over 2^63
  static Layout rowMajor(long[] shape) {
    long[] strides = new long[shape.length];
    long step = 1;
    for (int axis = shape.length - 1; axis >= 0; axis--) {
      strides[axis] = step;
      step = Math.multiplyExact(step, Math.max(1, shape[axis]));
    }
    return new Layout(shape, strides);
  }

  /// @param shape sizes of the axes
  /// @return consecutive elements, the first axis fastest
  static Layout columnMajor(long[] shape) {
    long[] strides = new long[shape.length];
    long step = 1;
    for (int axis = 0; axis < shape.length; axis++) {
      strides[axis] = step;
      step *= Math.max(1, shape[axis]); // an overflow is found when the elements are counted
    }
    return new Layout(shape, strides);
  }

  /// @param shape sizes of the axes, none negative
  /// @return their product
  /// @throws ArithmeticException if the product of the sizes other than 0 is over 2^63
  static long count(long[] shape) {
    long all = 1;
    long most = 1; // every product of axes must fit, also where another axis is 0
    for (long size : shape) {
      all *= size;
      most = Math.multiplyExact(most, Math.max(1, size));
    }
    return all;
  }

  /// @return elements from the first to the last one in memory, 0 if there is none
  /// @throws ArithmeticException if they, or the number of elements, are over 2^63
  long span() {
    long last = 0;
    for (int axis = 0; axis < shape.length; axis++) {
      last = Math.addExact(last, Math.multiplyExact(Math.max(0, shape[axis] - 1), strides[axis]));
    }
    return count(shape) == 0 ? 0 : Math.addExact(last, 1);
  }

  int axes() {
    return shape.length;
  }

  /// @return size of the first axis, 1 for a single number
  long rows() {
    return shape.length == 0 ? 1 : shape[0];
  }

  /// @return elements a row has: the product of the axes behind the first
  long rowLength() {
    return LongStream.of(shape).skip(1).reduce(1, (a, b) -> a * b);
  }

  /// @return the axes behind the first
  Layout withoutFirstAxis() {
    return new Layout(
        Arrays.copyOfRange(shape, 1, shape.length), Arrays.copyOfRange(strides, 1, shape.length));
  }

  /// @param indices one for each axis
  /// @return place of that element
  /// @throws IndexOutOfBoundsException if there is none
  long place(long[] indices) {
    if (indices.length != shape.length) {
      throw new IndexOutOfBoundsException(
          indices.length + " indices for an array of " + shape.length + " axes");
    }
    long element = 0;
    for (int axis = 0; axis < shape.length; axis++) {
      element += Objects.checkIndex(indices[axis], shape[axis]) * strides[axis];
    }
    return element;
  }

  /// @return whether the elements lie one behind the other, row-major
  boolean isRowMajor() {
    return count(shape) == 0 || isRowMajorFrom(0);
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

  /// Equally spaced elements, the unit of copying.
  @FunctionalInterface
  interface Run {

    /// @param start place of the first element
    /// @param stride from one to the next
    /// @param count how many
    /// @param at where they belong, counted from the first element of the first row
    void copy(long start, long stride, int count, int at);
  }

  /// Goes through the elements of rows, row-major, in runs as long as they can be.
  ///
  /// @param from first row
  /// @param count rows, `count * rowLength()` below 2^31
  /// @param run hears of each run
  void runs(long from, int count, Run run) {
    int numbers = (int) (count * rowLength());
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

  /// @param sizes of axes
  /// @return them in words, e.g. `3 x 4`, or `scalar`
  static String text(long[] sizes) {
    return sizes.length == 0
        ? "scalar"
        : LongStream.of(sizes).mapToObj(Long::toString).collect(Collectors.joining(" x "));
  }
}

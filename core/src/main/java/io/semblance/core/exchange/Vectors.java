package io.semblance.core.exchange;

import io.semblance.core.SemblanceException;
import io.semblance.core.array.NumberArray;
import io.semblance.core.array.NumberType;
import java.util.List;

/// n x d numbers in one or more arrays, one below the other. They belong to their files.
final class Vectors {

  // An expanded tensor can have any number of rows in a file of a few bytes.
  private static final long ALWAYS_ALLOWED = 1L << 28;
  private static final int MOST_REPEATS = 64;

  private final List<NumberArray> parts;
  private final long[] firstRow;
  private final int dimension;
  private final Guard guard;

  /// Looks at rows before they are copied.
  @FunctionalInterface
  interface Guard {
    /// @throws SemblanceException if they are not what they should be
    void check(long from, int count) throws SemblanceException;
  }

  private Vectors(List<NumberArray> parts, Guard guard) {
    this.parts = parts;
    this.guard = guard;
    this.dimension = (int) parts.getFirst().shape()[1];
    this.firstRow = new long[parts.size() + 1];
    for (int i = 0; i < parts.size(); i++) {
      firstRow[i + 1] = firstRow[i] + parts.get(i).rows();
    }
  }

  static Vectors of(NumberArray array, String where, Guard guard) throws SemblanceException {
    requireTable(array, where);
    return new Vectors(List.of(array), guard);
  }

  /// @param names of the arrays' files, for messages
  static Vectors stack(List<NumberArray> arrays, List<String> names) throws SemblanceException {
    for (int i = 0; i < arrays.size(); i++) {
      requireTable(arrays.get(i), names.get(i));
      if (arrays.get(i).shape()[1] != arrays.getFirst().shape()[1]
          || arrays.get(i).type() != arrays.getFirst().type()) {
        throw new SemblanceException(
            "%s holds %s, %s holds %s: every file needs rows of the same length and type."
                .formatted(names.get(i), arrays.get(i), names.getFirst(), arrays.getFirst()));
      }
    }
    return new Vectors(List.copyOf(arrays), (_, _) -> {});
  }

  static boolean isTable(NumberArray array) {
    return array.axes() == 2 && array.shape()[0] > 0 && array.shape()[1] > 0;
  }

  private static void requireTable(NumberArray array, String where) throws SemblanceException {
    if (!isTable(array)) {
      throw new SemblanceException(
          "%s is no table of vectors (it holds %s): an array with two axes is needed, one row a vector."
              .formatted(where, array));
    }
    if (array.shape()[1] > Integer.MAX_VALUE / 64 || array.shape()[0] > Integer.MAX_VALUE) {
      throw new SemblanceException(
          "%s has too many rows or columns (%s): up to 2^31 rows of 2^25 numbers are read."
              .formatted(where, array));
    }
    long real = Math.max(1, array.bytesSpanned() / array.type().bytes());
    if (array.count() > ALWAYS_ALLOWED && array.count() / real > MOST_REPEATS) {
      throw new SemblanceException(
          "%s repeats %d numbers to %s: save x.contiguous() if that is meant."
              .formatted(where, real, array));
    }
  }

  long size() {
    return firstRow[parts.size()];
  }

  int dimension() {
    return dimension;
  }

  NumberType type() {
    return parts.getFirst().type();
  }

  void copy(long from, int count, float[] target) throws SemblanceException {
    guard.check(from, count);
    int done = 0;
    for (int p = 0; p < parts.size() && done < count; p++) {
      long start = Math.max(from, firstRow[p]);
      int here = (int) (Math.min(from + count, firstRow[p + 1]) - start);
      if (here > 0) {
        parts.get(p).copyRows(start - firstRow[p], here, target, done * dimension);
        done += here;
      }
    }
  }
}

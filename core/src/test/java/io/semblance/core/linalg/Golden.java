package io.semblance.core.linalg;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.semblance.core.table.Npy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.SplittableRandom;

/// Arrays made by scikit-learn, scipy and numpy, see README.md beside them.
final class Golden {

  private static final Path FOLDER =
      Path.of("src", "test", "resources", "io", "semblance", "core", "golden");

  private Golden() {}

  static Matrix read(String name) {
    try {
      return Npy.read(FOLDER.resolve(name + ".npy"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Equal to `tolerance` relative to the largest magnitude of `expected`.
  static void assertClose(Matrix expected, Matrix actual, double tolerance) {
    assertEquals(expected.rows(), actual.rows(), "rows");
    assertEquals(expected.columns(), actual.columns(), "columns");
    double largest = 0;
    for (double v : expected.data()) {
      largest = Math.max(largest, Math.abs(v));
    }
    for (int i = 0; i < expected.data().length; i++) {
      assertEquals(
          expected.data()[i], actual.data()[i], tolerance * largest, "number " + i + " of all");
    }
  }

  static Matrix column(double[] values) {
    return Matrix.of(values.length, 1, values);
  }

  /// n x d numbers, uniform in [-1, 1).
  static Matrix random(int n, int d, long seed) {
    var random = new SplittableRandom(seed);
    Matrix out = Matrix.zeros(n, d);
    for (int i = 0; i < out.data().length; i++) {
      out.data()[i] = 2 * random.nextDouble() - 1;
    }
    return out;
  }
}

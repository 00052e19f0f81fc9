package io.semblance.core.linalg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LinearAlgebraTest {

  @Test
  void productsEqualTheTripleLoop() {
    Matrix a = random(7, 5, 1);
    Matrix b = random(5, 9, 2);
    assertClose(naive(a, b), LinearAlgebra.product(a, b));
    assertClose(naive(a, b), LinearAlgebra.productTransposed(a, b.transpose()));
    assertClose(naive(a.transpose(), a), LinearAlgebra.gram(a));
  }

  @Test
  void eigenvectorsRebuildTheMatrixAndComeLargestFirst() {
    Matrix x = random(12, 8, 3);
    Matrix symmetric = LinearAlgebra.gram(x);
    SymmetricEigen eigen = LinearAlgebra.eigen(symmetric);
    Matrix scaled = eigen.vectors().transpose();
    for (int i = 0; i < 8; i++) {
      for (int k = 0; k < 8; k++) {
        scaled.set(i, k, scaled.get(i, k) * eigen.values()[k]);
      }
    }
    assertClose(symmetric, naive(scaled, eigen.vectors()));
    for (int k = 1; k < 8; k++) {
      assertEquals(true, eigen.values()[k - 1] >= eigen.values()[k]);
    }
  }

  @Test
  void sizesThatDoNotFitAreNamed() {
    assertThrows(
        IllegalArgumentException.class,
        () -> LinearAlgebra.product(random(2, 3, 1), random(2, 3, 1)));
    assertThrows(IllegalArgumentException.class, () -> LinearAlgebra.eigen(random(2, 3, 1)));
    assertThrows(
        IllegalArgumentException.class,
        () -> LinearAlgebra.eigen(Matrix.of(1, 1, new double[] {Double.NaN})));
  }

  @Test
  void nativeMemoryDoesNotGrow() throws IOException {
    Matrix a = random(300, 300, 4);
    LinearAlgebra.product(a, a);
    long before = residentPages();
    for (int i = 0; i < 400; i++) {
      LinearAlgebra.product(a, a);
    }
    long grownBytes = (residentPages() - before) * 4096;
    assertEquals(
        true,
        grownBytes < 200_000_000,
        "400 products of 2 MB leave " + grownBytes + " bytes behind");
  }

  private static long residentPages() throws IOException {
    Path statm = Path.of("/proc/self/statm");
    if (!java.nio.file.Files.exists(statm)) {
      return 0;
    }
    return Long.parseLong(java.nio.file.Files.readString(statm).split(" ")[1]);
  }

  static Matrix random(int rows, int columns, long seed) {
    var random = new SplittableRandom(seed);
    Matrix out = Matrix.zeros(rows, columns);
    for (int i = 0; i < rows * columns; i++) {
      out.data()[i] = random.nextDouble(-1, 1);
    }
    return out;
  }

  static Matrix naive(Matrix a, Matrix b) {
    Matrix out = Matrix.zeros(a.rows(), b.columns());
    for (int i = 0; i < a.rows(); i++) {
      for (int j = 0; j < b.columns(); j++) {
        double sum = 0;
        for (int k = 0; k < a.columns(); k++) {
          sum += a.get(i, k) * b.get(k, j);
        }
        out.set(i, j, sum);
      }
    }
    return out;
  }

  static void assertClose(Matrix expected, Matrix actual) {
    assertEquals(expected.rows(), actual.rows());
    assertEquals(expected.columns(), actual.columns());
    for (int i = 0; i < expected.data().length; i++) {
      assertEquals(
          expected.data()[i], actual.data()[i], 1e-12 * (1 + Math.abs(expected.data()[i])));
    }
  }
}

package io.semblance.core.table;

import io.semblance.core.SemblanceException;
import io.semblance.core.array.NpyFile;
import io.semblance.core.array.NumberArray;
import io.semblance.core.linalg.Matrix;
import java.io.IOException;
import java.nio.file.Path;

/// Small `.npy` arrays as numbers in memory. Tables use mapped shards instead, see [TableFolder].
public final class Npy {

  private Npy() {}

  /// Reads an array of any numeric type as doubles.
  ///
  /// @param file a `.npy` file of at most 2^31 numbers
  /// @return a matrix: a vector is one column, more than two axes are flattened into the columns
  /// @throws SemblanceException as [NpyFile#open]
  public static Matrix read(Path file) throws IOException {
    try (NpyFile npy = NpyFile.open(file)) {
      NumberArray array = npy.numbers();
      int rows = Math.toIntExact(array.rows());
      double[] data = array.toDoubles();
      return Matrix.of(rows, rows == 0 ? 0 : data.length / rows, data);
    }
  }
}

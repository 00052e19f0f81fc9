package io.semblance.core.search;

import io.semblance.core.SemblanceException;
import io.semblance.core.table.EmbeddingTable;
import java.lang.foreign.MemorySegment;

/// Consecutive rows of a table, in native memory.
///
/// @param source the table
/// @param table its number among the searched ones
/// @param from the first row
/// @param vectors count x d
/// @param count number of rows
record RowBlock(EmbeddingTable source, int table, int from, MemorySegment vectors, int count) {

  private static final double LEAST = 1e-25;
  private static final double MOST = 1e30;

  /// Norms of the rows; NaN where float32 products of the row may overflow or vanish.
  double[] norms(int dimension) throws SemblanceException {
    double[] norms = new double[count];
    for (int r = 0; r < count; r++) {
      norms[r] = norm((long) r * dimension, dimension);
      if (!Double.isFinite(norms[r])) {
        throw new SemblanceException(
            "Row %d (%s) of a table of %s holds a number that is not finite, so it has no neighbours: embed that image again."
                .formatted(
                    from + r, source.rows().get(from + r).id(), source.provenance().modelId()));
      }
      if (norms[r] != 0 && (norms[r] < LEAST || norms[r] > MOST)) {
        norms[r] = Double.NaN;
      }
    }
    return norms;
  }

  /// Four running sums: a single one would wait for itself at every addition. No float32 row
  /// overflows them, and a component that is not finite makes the norm not finite.
  private double norm(long start, int dimension) {
    double sum0 = 0;
    double sum1 = 0;
    double sum2 = 0;
    double sum3 = 0;
    int j = 0;
    for (; j + 3 < dimension; j += 4) {
      double x0 = vectors.getAtIndex(Metric.FLOAT, start + j);
      double x1 = vectors.getAtIndex(Metric.FLOAT, start + j + 1);
      double x2 = vectors.getAtIndex(Metric.FLOAT, start + j + 2);
      double x3 = vectors.getAtIndex(Metric.FLOAT, start + j + 3);
      sum0 += x0 * x0;
      sum1 += x1 * x1;
      sum2 += x2 * x2;
      sum3 += x3 * x3;
    }
    for (; j < dimension; j++) {
      double x = vectors.getAtIndex(Metric.FLOAT, start + j);
      sum0 += x * x;
    }
    return Math.sqrt((sum0 + sum1) + (sum2 + sum3));
  }
}

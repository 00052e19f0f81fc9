package io.semblance.core.search;

import io.semblance.core.SemblanceException;
import io.semblance.core.linalg.FloatProduct;
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
    FloatProduct.norms(vectors, dimension, norms);
    for (int r = 0; r < count; r++) {
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
}

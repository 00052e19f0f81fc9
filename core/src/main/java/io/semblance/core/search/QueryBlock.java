package io.semblance.core.search;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// The queries of one search: as given, and scaled to norm 1 in native memory, so that their
/// products stay inside float32. Lives as long as its arena.
final class QueryBlock {

  private final MemorySegment given;
  private final MemorySegment unit;
  private final double[] norms;
  private final int dimension;

  QueryBlock(float[] queries, int dimension, Arena arena) {
    if (queries.length == 0 || queries.length % dimension != 0) {
      throw new IllegalArgumentException(
          "%d components are no queries of %d dimensions: give q x d of them, from the model of the tables"
              .formatted(queries.length, dimension));
    }
    this.dimension = dimension;
    this.given = MemorySegment.ofArray(queries);
    this.unit = arena.allocate((long) queries.length * Float.BYTES, 64);
    this.norms = new double[queries.length / dimension];
    for (int q = 0; q < norms.length; q++) {
      norms[q] = norm(queries, q);
      for (int j = 0; j < dimension; j++) {
        int at = q * dimension + j;
        float scaled = norms[q] == 0 ? 0 : (float) (queries[at] / norms[q]);
        unit.setAtIndex(Metric.FLOAT, at, scaled);
      }
    }
  }

  private double norm(float[] queries, int query) {
    double sum = 0;
    for (int j = 0; j < dimension; j++) {
      float value = queries[query * dimension + j];
      if (!Float.isFinite(value)) {
        throw new IllegalArgumentException(
            "component %d of query %d is %s: a query needs finite numbers"
                .formatted(j, query, value));
      }
      sum += (double) value * value;
    }
    return Math.sqrt(sum);
  }

  int count() {
    return norms.length;
  }

  /// Euclidean norm as given.
  double norm(int query) {
    return norms[query];
  }

  /// q x d, as given.
  MemorySegment given() {
    return given;
  }

  /// Queries `from` to `to - 1`, each of norm 1, or of zeros.
  MemorySegment unit(int from, int to) {
    long row = (long) dimension * Float.BYTES;
    return unit.asSlice(from * row, (to - from) * row);
  }
}

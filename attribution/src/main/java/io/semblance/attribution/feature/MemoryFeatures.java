package io.semblance.attribution.feature;

import io.semblance.core.table.Provenance;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Objects;

/// Rows on the heap.
///
/// @param provenance which model
/// @param vectors n x d, row-major; not copied: do not write to it
/// @param dimension d
/// @param ids length n, or null: rows are then called by their number
@SuppressWarnings("ArrayRecordComponent") // shared on purpose
public record MemoryFeatures(
    Provenance provenance, float[] vectors, int dimension, List<String> ids)
    implements FeatureRows {

  /// Checks the sizes.
  ///
  /// @throws IllegalArgumentException if the vectors are not n x d, or the ids not n
  public MemoryFeatures {
    if (dimension < 1 || vectors.length % dimension != 0) {
      throw new IllegalArgumentException(
          "%d components do not make rows of %d: give n x d of them"
              .formatted(vectors.length, dimension));
    }
    if (ids != null && ids.size() != vectors.length / dimension) {
      throw new IllegalArgumentException(
          "%d ids do not name %d rows".formatted(ids.size(), vectors.length / dimension));
    }
  }

  @Override
  public long size() {
    return vectors.length / dimension;
  }

  @Override
  public String id(long row) {
    return ids == null ? "row " + row : ids.get((int) row);
  }

  @Override
  public MemorySegment rows(long from, int count, MemorySegment buffer) {
    Objects.checkFromIndexSize(from, count, size());
    int numbers = Math.multiplyExact(count, dimension);
    MemorySegment.copy(
        vectors,
        Math.toIntExact(from * dimension),
        buffer,
        ValueLayout.JAVA_FLOAT_UNALIGNED,
        0,
        numbers);
    return buffer.asSlice(0, (long) numbers * Float.BYTES);
  }
}

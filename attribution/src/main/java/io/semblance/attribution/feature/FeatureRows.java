package io.semblance.attribution.feature;

import io.semblance.core.table.EmbeddingTable;
import io.semblance.core.table.Provenance;
import java.lang.foreign.MemorySegment;

/// n x d vectors of one model that are read a block at a time. Safe for several threads with a
/// buffer each.
public interface FeatureRows {

  /// @return which model made them
  Provenance provenance();

  /// @return n
  long size();

  /// @return d
  int dimension();

  /// @param row from 0 to n - 1
  /// @return the image's name
  String id(long row);

  /// Consecutive rows as float32: the mapped file itself where it holds them so, else a copy.
  ///
  /// @param from first row, from 0
  /// @param count number of rows
  /// @param buffer native memory for at least `count x d` floats; may be left as it is
  /// @return `count x d`, row-major; valid until the owner is closed or `buffer` is used again
  /// @throws IndexOutOfBoundsException if the rows do not exist
  MemorySegment rows(long from, int count, MemorySegment buffer);

  /// @param table stays the caller's
  /// @return its rows
  static FeatureRows of(EmbeddingTable table) {
    return new TableFeatures(table);
  }
}

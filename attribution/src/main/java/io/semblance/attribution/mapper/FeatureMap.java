package io.semblance.attribution.mapper;

import java.lang.foreign.MemorySegment;

/// A function on feature vectors, applied before the cosine. Safe for several threads.
///
/// Rows are float32, row-major, in native memory.
public interface FeatureMap {

  /// @return dimension of what goes in
  int inputs();

  /// @return dimension of what comes out
  int outputs();

  /// @param rows count x inputs; not written to
  /// @param count number of rows
  /// @param buffer native memory for count x outputs
  /// @return count x outputs: `buffer`, or `rows` themselves where nothing changes
  MemorySegment map(MemorySegment rows, int count, MemorySegment buffer);

  /// @param dimension d
  /// @return the map that changes nothing
  static FeatureMap identity(int dimension) {
    return new FeatureMap() {
      @Override
      public int inputs() {
        return dimension;
      }

      @Override
      public int outputs() {
        return dimension;
      }

      @Override
      public MemorySegment map(MemorySegment rows, int count, MemorySegment buffer) {
        return rows;
      }
    };
  }
}

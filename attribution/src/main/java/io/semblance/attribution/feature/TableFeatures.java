package io.semblance.attribution.feature;

import io.semblance.core.table.EmbeddingTable;
import io.semblance.core.table.Provenance;
import java.lang.foreign.MemorySegment;

/// Rows of an embedding table.
record TableFeatures(EmbeddingTable table) implements FeatureRows {

  @Override
  public Provenance provenance() {
    return table.provenance();
  }

  @Override
  public long size() {
    return table.size();
  }

  @Override
  public int dimension() {
    return table.dimension();
  }

  @Override
  public String id(long row) {
    return table.rows().ids().get((int) row);
  }

  @Override
  public MemorySegment rows(long from, int count, MemorySegment buffer) {
    return table.rows(from, count, buffer);
  }
}

package io.semblance.attribution.feature;

import io.semblance.core.array.NumberArray;
import io.semblance.core.array.NumberType;
import io.semblance.core.table.Provenance;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Objects;

/// Rows of an array in a file; plain float32 is used where it lies.
///
/// @param provenance which model
/// @param array n x d
/// @param ids length n, or null: rows are then called by their number
record ArrayFeatures(Provenance provenance, NumberArray array, List<String> ids)
    implements FeatureRows {

  @Override
  public long size() {
    return array.rows();
  }

  @Override
  public int dimension() {
    return (int) array.rowLength();
  }

  @Override
  public String id(long row) {
    return ids == null ? "row " + row : ids.get((int) row);
  }

  @Override
  public MemorySegment rows(long from, int count, MemorySegment buffer) {
    Objects.checkFromIndexSize(from, count, size());
    long rowBytes = (long) dimension() * Float.BYTES;
    boolean plain =
        array.type() == NumberType.FLOAT32
            && array.order() == ByteOrder.nativeOrder()
            && array.isRowMajor();
    if (plain && array.bytes().isNative()) {
      return array.bytes().asSlice(from * rowBytes, count * rowBytes);
    }
    float[] copy = new float[Math.multiplyExact(count, dimension())];
    array.copyRows(from, count, copy, 0);
    MemorySegment.copy(copy, 0, buffer, ValueLayout.JAVA_FLOAT_UNALIGNED, 0, copy.length);
    return buffer.asSlice(0, count * rowBytes);
  }
}

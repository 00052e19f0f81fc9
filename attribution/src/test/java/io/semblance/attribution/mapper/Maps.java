package io.semblance.attribution.mapper;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Maps of vectors on the heap.
public final class Maps {

  private Maps() {}

  public static float[] apply(FeatureMap map, float[] rows) {
    int n = rows.length / map.inputs();
    try (Arena arena = Arena.ofShared()) {
      MemorySegment in = arena.allocate((long) rows.length * Float.BYTES, 64);
      MemorySegment.copy(rows, 0, in, ValueLayout.JAVA_FLOAT, 0, rows.length);
      MemorySegment out = arena.allocate((long) n * map.outputs() * Float.BYTES, 64);
      return map.map(in, n, out).toArray(ValueLayout.JAVA_FLOAT);
    }
  }
}

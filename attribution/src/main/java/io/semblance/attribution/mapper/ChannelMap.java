package io.semblance.attribution.mapper;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// One factor per dimension.
final class ChannelMap implements FeatureMap {

  private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;

  private final float[] weights;

  ChannelMap(float[] weights) {
    this.weights = weights;
  }

  @Override
  public int inputs() {
    return weights.length;
  }

  @Override
  public int outputs() {
    return weights.length;
  }

  @Override
  public MemorySegment map(MemorySegment rows, int count, MemorySegment buffer) {
    for (int r = 0; r < count; r++) {
      long from = (long) r * weights.length;
      for (int j = 0; j < weights.length; j++) {
        buffer.setAtIndex(FLOAT, from + j, rows.getAtIndex(FLOAT, from + j) * weights[j]);
      }
    }
    return buffer.asSlice(0, (long) count * weights.length * Float.BYTES);
  }
}

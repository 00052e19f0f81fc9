package io.semblance.attribution.mapper;

import io.semblance.core.linalg.FloatProduct;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.stream.IntStream;

/// Linear layers one after the other, in float32. The last bit of a result may depend on the block
/// it is computed in.
final class LinearLayers implements FeatureMap {

  private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;
  private static final int BLOCK = 4096;

  private final int inputs;
  private final List<Layer> layers;
  private final List<MemorySegment> weights;

  @SuppressWarnings("MustBeClosedChecker") // the map lives as long as it is used
  LinearLayers(int inputs, Layer... layers) {
    this.inputs = inputs;
    this.layers = List.of(layers);
    Arena arena = Arena.ofAuto();
    this.weights =
        this.layers.stream()
            .map(
                layer -> {
                  float[] data = layer.weight().data();
                  MemorySegment out = arena.allocate((long) data.length * Float.BYTES, 64);
                  MemorySegment.copy(data, 0, out, FLOAT, 0, data.length);
                  return out;
                })
            .toList();
  }

  @Override
  public int inputs() {
    return inputs;
  }

  @Override
  public int outputs() {
    return layers.getLast().weight().rows();
  }

  @Override
  public MemorySegment map(MemorySegment rows, int count, MemorySegment buffer) {
    long in = (long) inputs * Float.BYTES;
    long out = (long) outputs() * Float.BYTES;
    for (int from = 0; from < count; from += BLOCK) {
      int here = Math.min(BLOCK, count - from);
      block(rows.asSlice(from * in, here * in), here, buffer.asSlice(from * out, here * out));
    }
    return buffer.asSlice(0, count * out);
  }

  private void block(MemorySegment rows, int count, MemorySegment target) {
    try (Arena arena = Arena.ofShared()) {
      MemorySegment x = rows;
      for (int l = 0; l < layers.size(); l++) {
        Layer layer = layers.get(l);
        int width = layer.weight().rows();
        long bytes = (long) count * width * Float.BYTES;
        MemorySegment y = l == layers.size() - 1 ? target : arena.allocate(bytes, 64);
        FloatProduct.productTransposed(x, weights.get(l), layer.weight().columns(), y);
        IntStream.range(0, count)
            .parallel()
            .forEach(
                r -> {
                  for (int j = 0; j < width; j++) {
                    long at = (long) r * width + j;
                    y.setAtIndex(FLOAT, at, layer.finish(y.getAtIndex(FLOAT, at), j));
                  }
                });
        x = y;
      }
    }
  }
}

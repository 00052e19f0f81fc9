package io.semblance.synth.reference;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Numbers of a tensor that follow from its name: `numbers` of
/// `tools/reference/diffusion_pipelines.py`.
final class SeededWeights {

  private SeededWeights() {}

  static float[] of(String name, long[] shape) {
    long seed = 0xCBF29CE484222325L;
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      seed = (seed ^ (b & 0xFF)) * 0x100000001B3L;
    }
    int count = Math.toIntExact(Arrays.stream(shape).reduce(1, (a, b) -> a * b));
    float[] out = new float[count];
    float scale =
        name.contains("embedding.weight")
            ? 0.5f
            : shape.length >= 2
                ? (float) (1.7 / Math.sqrt((double) count / shape[0]))
                : name.endsWith("weight") ? 0.3f : 0.2f;
    float shift =
        !name.contains("embedding.weight") && shape.length < 2 && name.endsWith("weight") ? 1 : 0;
    for (int i = 0; i < count; i++) {
      out[i] = shift + uniform(seed + (i + 1) * 0x9E3779B97F4A7C15L) * scale;
    }
    return out;
  }

  /// The end of splitmix64, as a number from -1 to 1.
  private static float uniform(long state) {
    long z = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    z ^= z >>> 31;
    return (z >>> 40) * 0x1p-23f - 1;
  }
}

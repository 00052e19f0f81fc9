package io.semblance.attribution.mapper;

import io.semblance.core.linalg.Dense;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/// The numbers of one side of a mapper, by the names of the published code; vectors are 1 x n.
///
/// @param kind which shape
/// @param tensors float32
record MapperState(MapperKind kind, Map<String, Array> tensors) {

  private static final int HIDDEN = 512;
  private static final int OUTPUTS = 256;

  /// A matrix on the heap.
  ///
  /// @param rows number of rows
  /// @param columns number of columns
  /// @param data row-major
  @SuppressWarnings("ArrayRecordComponent") // shared on purpose
  record Array(int rows, int columns, float[] data) {

    Dense dense() {
      return Dense.of(rows, columns, data);
    }

    static Array of(Dense d) {
      return new Array(d.rows(), d.columns(), d.toFloats());
    }
  }

  /// Where training starts: the identity, or for a network PyTorch's own start, uniform in
  /// +-1/sqrt(inputs).
  static MapperState initial(MapperKind kind, int dimension, Random random) {
    var out = new LinkedHashMap<String, Array>();
    switch (kind) {
      case AFFINE -> {
        float[] weight = new float[dimension * dimension];
        for (int i = 0; i < dimension; i++) {
          weight[i * dimension + i] = 1;
        }
        out.put("weight", new Array(dimension, dimension, weight));
        out.put("bias", fill(dimension, 0));
      }
      case CHANNEL -> out.put("weights", fill(dimension, 1));
      case MLP -> {
        out.put("0.weight", uniform(HIDDEN, dimension, random));
        out.put("1.weight", fill(HIDDEN, 1));
        out.put("1.bias", fill(HIDDEN, 0));
        out.put("1.running_mean", fill(HIDDEN, 0));
        out.put("1.running_var", fill(HIDDEN, 1));
        out.put("4.weight", uniform(OUTPUTS, HIDDEN, random));
        out.put("5.running_mean", fill(OUTPUTS, 0));
        out.put("5.running_var", fill(OUTPUTS, 1));
      }
    }
    return new MapperState(kind, out);
  }

  private static Array fill(int n, float value) {
    float[] data = new float[n];
    Arrays.fill(data, value);
    return new Array(1, n, data);
  }

  private static Array uniform(int rows, int columns, Random random) {
    double bound = 1 / Math.sqrt(columns);
    float[] data = new float[rows * columns];
    for (int i = 0; i < data.length; i++) {
      data[i] = (float) ((2 * random.nextDouble() - 1) * bound);
    }
    return new Array(rows, columns, data);
  }

  static MapperState of(MapperKind kind, Head head) {
    var out = new LinkedHashMap<String, Array>();
    head.state().forEach((name, d) -> out.put(name, Array.of(d)));
    return new MapperState(kind, out);
  }

  Head head() {
    return head(false);
  }

  /// @param doubles whether to train in float64
  Head head(boolean doubles) {
    return switch (kind) {
      case AFFINE -> new AffineHead(dense("weight", doubles), dense("bias", doubles));
      case CHANNEL -> new ChannelHead(dense("weights", doubles));
      case MLP ->
          new MlpHead(
              dense("0.weight", doubles),
              dense("1.weight", doubles),
              dense("1.bias", doubles),
              new BatchNorm(dense("1.running_mean", doubles), dense("1.running_var", doubles)),
              dense("4.weight", doubles),
              new BatchNorm(dense("5.running_mean", doubles), dense("5.running_var", doubles)));
    };
  }

  private Dense dense(String name, boolean doubles) {
    Dense d = tensors.get(name).dense();
    return doubles ? d.toDouble() : d;
  }

  int inputs() {
    return switch (kind) {
      case AFFINE -> tensors.get("weight").columns();
      case CHANNEL -> tensors.get("weights").columns();
      case MLP -> tensors.get("0.weight").columns();
    };
  }

  /// The map as it is used: a network by its running statistics.
  FeatureMap map() {
    return switch (kind) {
      case AFFINE ->
          new LinearLayers(
              inputs(), new Layer(tensors.get("weight"), null, tensors.get("bias").data(), false));
      case CHANNEL -> new ChannelMap(tensors.get("weights").data());
      case MLP -> {
        float[] innerScale = inverseDeviation("1.running_var");
        float[] outerScale = inverseDeviation("5.running_var");
        float[] innerShift = new float[innerScale.length];
        for (int j = 0; j < innerScale.length; j++) {
          innerScale[j] *= tensors.get("1.weight").data()[j];
          innerShift[j] =
              tensors.get("1.bias").data()[j]
                  - tensors.get("1.running_mean").data()[j] * innerScale[j];
        }
        float[] outerShift = new float[outerScale.length];
        for (int j = 0; j < outerScale.length; j++) {
          outerShift[j] = -tensors.get("5.running_mean").data()[j] * outerScale[j];
        }
        yield new LinearLayers(
            inputs(),
            new Layer(tensors.get("0.weight"), innerScale, innerShift, true),
            new Layer(tensors.get("4.weight"), outerScale, outerShift, false));
      }
    };
  }

  private float[] inverseDeviation(String variance) {
    float[] v = tensors.get(variance).data();
    float[] out = new float[v.length];
    for (int j = 0; j < v.length; j++) {
      out[j] = (float) (1 / Math.sqrt(v[j] + 1e-5));
    }
    return out;
  }
}

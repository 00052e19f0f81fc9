package io.semblance.extract.onnx;

/// How a graph's output becomes one vector an image.
public enum Pooling {
  /// The output is `n x d` already.
  NONE,
  /// The output is `n x t x d` (tokens) or `n x d x h x w` (a map): the mean over tokens or places.
  MEAN,
  /// The output is `n x t x d`: the first token, which is the class token of most transformers.
  FIRST;

  /// @param shape of the output; -1 for a length that the graph leaves open
  /// @return which axis holds the d components, or -1 if this pooling cannot take that shape
  public int axis(long[] shape) {
    return switch (this) {
      case NONE -> shape.length == 2 ? 1 : -1;
      case MEAN -> shape.length == 3 ? 2 : shape.length == 4 ? 1 : -1;
      case FIRST -> shape.length == 3 ? 2 : -1;
    };
  }

  /// @return the shapes it takes, for messages
  public String expects() {
    return switch (this) {
      case NONE -> "[n, dimension]";
      case MEAN -> "[n, tokens, dimension] or [n, dimension, height, width]";
      case FIRST -> "[n, tokens, dimension]";
    };
  }

  /// @param output row-major, of the given shape
  /// @param shape n first
  /// @param row which image
  /// @param vectors receives d components
  /// @param at where they begin
  public void pool(float[] output, long[] shape, int row, float[] vectors, int at) {
    int d = Math.toIntExact(shape[axis(shape)]);
    int size = output.length / Math.toIntExact(shape[0]);
    int from = row * size;
    if (this != MEAN) {
      System.arraycopy(output, from, vectors, at, d);
      return;
    }
    int places = size / d;
    int step = shape.length == 4 ? 1 : d;
    for (int c = 0; c < d; c++) {
      double sum = 0;
      int first = shape.length == 4 ? from + c * places : from + c;
      for (int p = 0; p < places; p++) {
        sum += output[first + p * step];
      }
      vectors[at + c] = (float) (sum / places);
    }
  }
}

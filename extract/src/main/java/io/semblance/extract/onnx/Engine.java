package io.semblance.extract.onnx;

import io.semblance.core.SemblanceException;
import java.nio.FloatBuffer;
import java.util.Arrays;

/// What runs a network on batches of prepared images. One thread at a time.
interface Engine extends AutoCloseable {

  /// @return the batch size the network was exported with, or -1 if it takes any
  int fixedBatch();

  /// Runs one batch.
  ///
  /// @param pixels direct, `batch x 3 x crop x crop`
  /// @param batch images in it
  /// @param count of them, from the first, whose vectors are wanted
  /// @param vectors receives `count x d` components
  /// @param at where they begin
  /// @throws SemblanceException if the network fails
  void run(FloatBuffer pixels, int batch, int count, float[] vectors, int at)
      throws SemblanceException;

  @Override
  void close();

  /// @param card of the network
  /// @param shape of its output; -1 for a length that is left open
  /// @param name of the network, for messages
  /// @throws SemblanceException if the card's pooling and dimension do not fit that shape
  static void requireDimension(OnnxCard card, long[] shape, String name) throws SemblanceException {
    int axis = card.pooling().axis(shape);
    if (axis < 0) {
      throw new SemblanceException(
          "%s: the output \"%s\" has the shape %s, but the card's \"pooling\" expects %s: change \"pooling\" or \"output\"."
              .formatted(name, card.output(), text(shape), card.pooling().expects()));
    }
    if (shape[axis] != -1 && shape[axis] != card.dimension()) {
      throw new SemblanceException(
          "%s: the output \"%s\" has the shape %s, but the card's \"dimension\" is %d: change it to %d."
              .formatted(name, card.output(), text(shape), card.dimension(), shape[axis]));
    }
  }

  /// @param shape -1 for an open length
  /// @return such as `[n, 3, 224, 224]`
  static String text(long[] shape) {
    return Arrays.toString(shape).replace("-1", "n");
  }
}

package io.semblance.extract.onnx;

import io.semblance.core.SemblanceException;
import io.semblance.extract.Execution;
import io.semblance.extract.Extractor;
import io.semblance.extract.ModelCard;
import io.semblance.extract.SourceImage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;

/// Vectors of a neural network given as an ONNX graph or a TorchScript file.
public final class OnnxExtractor implements Extractor {

  private final OnnxCard card;
  private final ModelCard modelCard;
  private final PixelInput input;
  private final Engine engine;
  private FloatBuffer buffer = FloatBuffer.allocate(0);

  private OnnxExtractor(OnnxCard card, ModelCard modelCard, Engine engine) {
    this.card = card;
    this.modelCard = modelCard;
    this.input = new PixelInput(card);
    this.engine = engine;
  }

  /// Loads a network and checks that its card fits it.
  ///
  /// @param card how to feed it
  /// @param modelCard what it says of itself
  /// @param model where the graph is
  /// @param execution how it runs
  /// @return the extractor; close it
  /// @throws SemblanceException if the graph cannot be loaded, or names and shapes contradict the
  ///   card
  public static OnnxExtractor open(
      OnnxCard card, ModelCard modelCard, OnnxModelFile model, Execution execution)
      throws SemblanceException {
    return new OnnxExtractor(card, modelCard, OnnxGraph.open(model, card, execution));
  }

  /// Loads a network of TorchScript and tries it on one image of zeros.
  ///
  /// @param card how to feed it
  /// @param modelCard what it says of itself
  /// @param file a TorchScript archive
  /// @param execution how it runs
  /// @return the extractor; close it
  /// @throws SemblanceException if the file cannot be loaded, or the network contradicts the card
  public static OnnxExtractor openScript(
      OnnxCard card, ModelCard modelCard, Path file, Execution execution)
      throws SemblanceException {
    return new OnnxExtractor(card, modelCard, ScriptEngine.open(file, card, execution));
  }

  @Override
  public ModelCard card() {
    return modelCard;
  }

  @Override
  public int dimension() {
    return card.dimension();
  }

  @Override
  public float[] prepare(SourceImage image) throws SemblanceException {
    return input.normalise(input.crop(image.pixels(), image.id()));
  }

  @Override
  public void embed(List<float[]> prepared, float[] vectors) throws SemblanceException {
    int step = engine.fixedBatch() > 0 ? engine.fixedBatch() : prepared.size();
    for (int from = 0; from < prepared.size(); from += step) {
      int count = Math.min(step, prepared.size() - from);
      // a graph of fixed batch size gets zeros for the images that are not there
      FloatBuffer pixels = room(step * input.length());
      for (float[] image : prepared.subList(from, from + count)) {
        pixels.put(image);
      }
      while (pixels.hasRemaining()) {
        pixels.put(0);
      }
      engine.run(pixels.rewind(), step, count, vectors, from * dimension());
    }
    if (card.normalize()) {
      for (int i = 0; i < prepared.size(); i++) {
        normalise(vectors, i * dimension(), dimension());
      }
    }
  }

  // Outside the heap, the same memory at each call.
  private FloatBuffer room(int floats) {
    if (buffer.capacity() < floats) {
      buffer =
          ByteBuffer.allocateDirect(Math.multiplyExact(floats, Float.BYTES))
              .order(ByteOrder.nativeOrder())
              .asFloatBuffer();
    }
    return buffer.clear().limit(floats);
  }

  // A vector of length 0 stays as it is.
  private static void normalise(float[] vectors, int from, int d) {
    double sum = 0;
    for (int i = from; i < from + d; i++) {
      sum += (double) vectors[i] * vectors[i];
    }
    if (sum > 0) {
      double scale = 1 / Math.sqrt(sum);
      for (int i = from; i < from + d; i++) {
        vectors[i] = (float) (vectors[i] * scale);
      }
    }
  }

  @Override
  public void close() {
    engine.close();
  }
}

package io.semblance.extract.onnx;

import ai.onnxruntime.OrtException;
import io.semblance.core.SemblanceException;
import io.semblance.extract.Extractor;
import io.semblance.extract.ModelCard;
import io.semblance.extract.SourceImage;
import java.nio.FloatBuffer;
import java.util.List;

/// Vectors of a neural network given as an ONNX graph.
public final class OnnxExtractor implements Extractor {

  private final OnnxCard card;
  private final ModelCard modelCard;
  private final PixelInput input;
  private final OnnxGraph graph;

  private OnnxExtractor(OnnxCard card, ModelCard modelCard, OnnxGraph graph) {
    this.card = card;
    this.modelCard = modelCard;
    this.input = new PixelInput(card);
    this.graph = graph;
  }

  /// Loads a network and checks that its card fits it.
  ///
  /// @param card how to feed it
  /// @param modelCard what it says of itself
  /// @param model where the graph is
  /// @param threads of ONNX Runtime, at least 1
  /// @return the extractor; close it
  /// @throws SemblanceException if the graph cannot be loaded, or names and shapes contradict the
  ///   card
  public static OnnxExtractor open(
      OnnxCard card, ModelCard modelCard, OnnxModelFile model, int threads)
      throws SemblanceException {
    return new OnnxExtractor(card, modelCard, OnnxGraph.open(model, card, threads));
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
    int step = graph.fixedBatch() > 0 ? graph.fixedBatch() : prepared.size();
    for (int from = 0; from < prepared.size(); from += step) {
      int count = Math.min(step, prepared.size() - from);
      // a graph of fixed batch size gets zeros for the images that are not there
      FloatBuffer buffer = graph.input(step * input.length());
      for (float[] image : prepared.subList(from, from + count)) {
        buffer.put(image);
      }
      while (buffer.hasRemaining()) {
        buffer.put(0);
      }
      buffer.rewind();
      try {
        graph.run(buffer, step, count, vectors, from * dimension());
      } catch (OrtException e) {
        throw new SemblanceException(
            "%s failed on a batch of %d (%s): try a smaller --batch."
                .formatted(card.id(), step, OnnxGraph.reason(e)),
            e);
      }
    }
    if (card.normalize()) {
      for (int i = 0; i < prepared.size(); i++) {
        normalise(vectors, i * dimension(), dimension());
      }
    }
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
    graph.close();
  }
}

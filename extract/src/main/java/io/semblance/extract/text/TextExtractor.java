package io.semblance.extract.text;

import ai.onnxruntime.OrtException;
import io.semblance.core.SemblanceException;
import io.semblance.extract.Extractor;
import io.semblance.extract.ModelCard;
import io.semblance.extract.SourceImage;
import io.semblance.extract.onnx.OnnxSession;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Vectors of texts by a text tower. What it takes for an image's bytes are those of a text in
/// UTF-8, see [io.semblance.core.collection.Texts].
public final class TextExtractor implements Extractor {

  private final TextCard card;
  private final ModelCard modelCard;
  private final Tokenizer tokenizer;
  private final TextGraph graph;

  TextExtractor(TextCard card, ModelCard modelCard, Tokenizer tokenizer, TextGraph graph) {
    this.card = card;
    this.modelCard = modelCard;
    this.tokenizer = tokenizer;
    this.graph = graph;
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
  public boolean readsText() {
    return true;
  }

  /// @return id of the image model whose vectors these can be compared with, or null for none
  public String space() {
    return card.space();
  }

  /// @param text any
  /// @return its vector, length d
  /// @throws SemblanceException if it cannot be tokenized, or the network fails
  public float[] vector(String text) throws SemblanceException {
    float[] out = new float[dimension()];
    embed(List.of(packed(tokenizer.encode(text))), out);
    return out;
  }

  /// @return the ids as whole floats, exact as there are fewer than 2^24 tokens, and behind them
  ///   the number of those that are not padding: length t + 1
  @Override
  public float[] prepare(SourceImage image) throws SemblanceException {
    return packed(tokenizer.encode(text(image)));
  }

  private static String text(SourceImage image) throws SemblanceException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(image.bytes())).toString();
    } catch (CharacterCodingException e) {
      throw new SemblanceException(
          image.id() + " is no text in UTF-8: a text tower reads captions and prompts.", e);
    }
  }

  private static float[] packed(Tokens tokens) {
    int t = tokens.ids().length;
    float[] out = new float[t + 1];
    for (int i = 0; i < t; i++) {
      out[i] = tokens.ids()[i];
    }
    out[t] = tokens.count();
    return out;
  }

  private static Tokens unpacked(float[] packed) {
    int[] ids = new int[packed.length - 1];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = (int) packed[i];
    }
    return new Tokens(ids, (int) packed[ids.length]);
  }

  @Override
  public void embed(List<float[]> prepared, float[] vectors) throws SemblanceException {
    var texts = new ArrayList<Tokens>(prepared.size());
    prepared.forEach(p -> texts.add(unpacked(p)));
    try {
      graph.run(texts, vectors);
    } catch (OrtException e) {
      throw new SemblanceException(
          "%s failed on a batch of %d (%s): try a smaller --batch, and check that its tokenizer is the model's own."
              .formatted(card.id(), texts.size(), OnnxSession.reason(e)),
          e);
    }
    if (card.normalize()) {
      for (int i = 0; i < texts.size(); i++) {
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
    double scale = sum > 0 ? 1 / Math.sqrt(sum) : 1;
    for (int i = from; i < from + d; i++) {
      vectors[i] = (float) (vectors[i] * scale);
    }
  }

  @Override
  public void close() {
    graph.close();
    tokenizer.close();
  }
}

package io.semblance.extract.text;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.semblance.core.SemblanceException;
import io.semblance.extract.Execution;
import io.semblance.extract.onnx.OnnxModelFile;
import io.semblance.extract.onnx.OnnxSession;
import io.semblance.extract.onnx.Pooling;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntBinaryOperator;

/// A session of ONNX Runtime on the graph of a text tower, checked against its card. One thread at
/// a time.
final class TextGraph implements AutoCloseable {

  private final OnnxSession session;
  private final TextCard card;
  private final String name;
  private final String attentionMask;
  private final String positionIds;
  private final int fixedBatch;

  private TextGraph(OnnxSession session, TextCard card) throws OrtException, SemblanceException {
    this.session = session;
    this.card = card;
    this.name = session.name();
    this.attentionMask = input(card.attentionMask(), "attention_mask");
    this.positionIds = input(card.positionIds(), "position_ids");
    this.fixedBatch = checkInputs();
    TensorInfo output = session.output(card.output());
    if (output.type != OnnxJavaType.FLOAT) {
      throw new SemblanceException(
          "%s: the output \"%s\" is not a float32 tensor: export the model in float32."
              .formatted(name, card.output()));
    }
    if (output.getShape().length > 0) {
      requireDimension(output.getShape());
    }
  }

  static TextGraph open(OnnxModelFile model, TextCard card, Execution execution)
      throws SemblanceException {
    OnnxSession session = OnnxSession.open(model, execution.threads(), execution.device());
    try {
      return new TextGraph(session, card);
    } catch (OrtException e) {
      session.close();
      throw new IllegalStateException("asking ONNX Runtime for inputs and outputs failed", e);
    } catch (SemblanceException e) {
      session.close();
      throw e;
    }
  }

  // What the card names, else an input of the usual name where the graph has one.
  private String input(String named, String usual) {
    return named != null ? named : session.session().getInputNames().contains(usual) ? usual : null;
  }

  private int checkInputs() throws SemblanceException {
    var fed = new HashMap<String, String>();
    fed.put(card.input(), "input");
    if (attentionMask != null) {
      fed.put(attentionMask, "attention_mask");
    }
    if (positionIds != null) {
      fed.put(positionIds, "position_ids");
    }
    for (String there : session.session().getInputNames()) {
      if (!fed.containsKey(there)) {
        throw new SemblanceException(
            "%s has the input \"%s\", which its card does not feed: name it in \"input\", \"attention_mask\" or \"position_ids\", or export the graph without it."
                .formatted(name, there));
      }
    }
    int batch = -1;
    try {
      for (Map.Entry<String, String> input : fed.entrySet()) {
        long[] shape = checkInput(input.getValue(), input.getKey());
        batch = input.getKey().equals(card.input()) ? (int) shape[0] : batch;
      }
    } catch (OrtException e) {
      throw new IllegalStateException("asking ONNX Runtime for the inputs failed", e);
    }
    return batch;
  }

  private long[] checkInput(String field, String input) throws OrtException, SemblanceException {
    TensorInfo info = session.input(field, input);
    if (info.type != OnnxJavaType.INT64 && info.type != OnnxJavaType.INT32) {
      throw new SemblanceException(
          "%s: the input \"%s\" is a tensor of %s, not of token ids (int64 or int32): a card with \"modality\": \"text\" is for a text tower."
              .formatted(name, input, info.type));
    }
    long[] shape = info.getShape();
    if (shape.length != 2 || shape[1] != -1 && shape[1] != card.contextLength()) {
      throw new SemblanceException(
          "%s: the input \"%s\" has the shape %s, but the card's \"context_length\" feeds [n, %d]: change it."
              .formatted(name, input, text(shape), card.contextLength()));
    }
    return shape;
  }

  private void requireDimension(long[] shape) throws SemblanceException {
    int axis = card.pooling().axis(shape);
    if (axis < 0 || shape.length > 3) {
      throw new SemblanceException(
          "%s: the output \"%s\" has the shape %s, but the card's \"pooling\" expects %s: change \"pooling\" or \"output\"."
              .formatted(
                  name,
                  card.output(),
                  text(shape),
                  card.pooling() == Pooling.NONE ? "[n, dimension]" : "[n, tokens, dimension]"));
    }
    if (shape[axis] != -1 && shape[axis] != card.dimension()) {
      throw new SemblanceException(
          "%s: the output \"%s\" has the shape %s, but the card's \"dimension\" is %d: change it to %d."
              .formatted(name, card.output(), text(shape), card.dimension(), shape[axis]));
    }
  }

  /// Runs texts through the graph.
  ///
  /// @param texts length n, each with `t` ids
  /// @param vectors receives `n x d` components
  void run(List<Tokens> texts, float[] vectors) throws OrtException, SemblanceException {
    int step = fixedBatch > 0 ? fixedBatch : texts.size();
    for (int from = 0; from < texts.size(); from += step) {
      List<Tokens> some = texts.subList(from, Math.min(texts.size(), from + step));
      run(some, step, vectors, from * card.dimension());
    }
  }

  // A graph of fixed batch size gets the last text again for those that are not there.
  private void run(List<Tokens> texts, int batch, float[] vectors, int at)
      throws OrtException, SemblanceException {
    var inputs = new HashMap<String, OnnxTensor>();
    try {
      IntBinaryOperator ids = (i, j) -> text(texts, i).ids()[j];
      inputs.put(card.input(), input(card.input(), batch, ids));
      if (attentionMask != null) {
        IntBinaryOperator mask = (i, j) -> j < text(texts, i).count() ? 1 : 0;
        inputs.put(attentionMask, input(attentionMask, batch, mask));
      }
      if (positionIds != null) {
        inputs.put(positionIds, input(positionIds, batch, (_, j) -> j));
      }
      try (OrtSession.Result result = session.session().run(inputs, Set.of(card.output()))) {
        collect((OnnxTensor) result.get(0), texts, vectors, at);
      }
    } finally {
      inputs.values().forEach(OnnxTensor::close);
    }
  }

  private static Tokens text(List<Tokens> texts, int index) {
    return texts.get(Math.min(index, texts.size() - 1));
  }

  private OnnxTensor input(String input, int batch, IntBinaryOperator value) throws OrtException {
    int t = card.contextLength();
    long[] shape = {batch, t};
    boolean wide =
        ((TensorInfo) session.session().getInputInfo().get(input).getInfo()).type
            == OnnxJavaType.INT64;
    int[] values = new int[Math.multiplyExact(batch, t)];
    Arrays.setAll(values, k -> value.applyAsInt(k / t, k % t));
    return wide
        ? OnnxTensor.createTensor(
            session.environment(),
            LongBuffer.wrap(Arrays.stream(values).asLongStream().toArray()),
            shape)
        : OnnxTensor.createTensor(session.environment(), IntBuffer.wrap(values), shape);
  }

  private void collect(OnnxTensor output, List<Tokens> texts, float[] vectors, int at)
      throws SemblanceException {
    long[] shape = output.getInfo().getShape();
    requireDimension(shape);
    FloatBuffer from = output.getFloatBuffer();
    float[] values = new float[from.remaining()];
    from.get(values);
    for (int i = 0; i < texts.size(); i++) {
      int to = at + i * card.dimension();
      if (card.pooling() == Pooling.MEAN) {
        mean(values, (int) shape[1], i, texts.get(i).count(), vectors, to);
      } else {
        card.pooling().pool(values, shape, i, vectors, to);
      }
    }
  }

  // Over the text's own tokens: what the padding says is not the text's.
  private void mean(float[] values, int tokens, int row, int count, float[] vectors, int at) {
    int d = card.dimension();
    for (int c = 0; c < d; c++) {
      double sum = 0;
      for (int t = 0; t < count; t++) {
        sum += values[(row * tokens + t) * d + c];
      }
      vectors[at + c] = (float) (sum / count);
    }
  }

  private static String text(long[] shape) {
    return Arrays.toString(shape).replace("-1", "n");
  }

  @Override
  public void close() {
    session.close();
  }
}

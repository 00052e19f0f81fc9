package io.semblance.extract.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.semblance.core.SemblanceException;
import io.semblance.extract.Execution;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Set;

/// A session of ONNX Runtime on one graph, checked against its card. For several threads.
final class OnnxGraph implements Engine {

  private final OnnxSession session;
  private final OnnxCard card;
  private final Execution execution;
  private final int fixedBatch;

  private OnnxGraph(OnnxSession session, OnnxCard card, Execution execution)
      throws OrtException, SemblanceException {
    this.session = session;
    this.card = card;
    this.execution = execution;
    this.fixedBatch = (int) checkInput()[0];
    checkOutput();
  }

  static OnnxGraph open(OnnxModelFile model, OnnxCard card, Execution execution)
      throws SemblanceException {
    int threads = streams(execution) > 1 ? 1 : execution.threads();
    OnnxSession session = OnnxSession.open(model, threads, execution.device());
    try {
      return new OnnxGraph(session, card, execution);
    } catch (OrtException e) {
      session.close();
      throw new IllegalStateException("asking ONNX Runtime for inputs and outputs failed", e);
    } catch (SemblanceException e) {
      session.close();
      throw e;
    }
  }

  @Override
  public int batchOf(int images) {
    return fixedBatch > 0 ? fixedBatch : execution.device().cuda() ? images : 1;
  }

  @Override
  public int streams() {
    return streams(execution);
  }

  // A GPU takes one batch after the other.
  private static int streams(Execution execution) {
    return execution.together() || execution.device().cuda() ? 1 : execution.threads();
  }

  @Override
  public void run(FloatBuffer pixels, int batch, int count, float[] vectors, int at)
      throws SemblanceException {
    long[] shape = {batch, 3, card.crop(), card.crop()};
    try (OnnxTensor tensor = OnnxTensor.createTensor(session.environment(), pixels, shape);
        OrtSession.Result result =
            session.session().run(Map.of(card.input(), tensor), Set.of(card.output()))) {
      var output = (OnnxTensor) result.get(0);
      long[] outputShape = output.getInfo().getShape();
      requireDimension(outputShape);
      FloatBuffer from = output.getFloatBuffer();
      float[] values = new float[from.remaining()];
      from.get(values);
      for (int i = 0; i < count; i++) {
        card.pooling().pool(values, outputShape, i, vectors, at + i * card.dimension());
      }
    } catch (OrtException e) {
      throw new SemblanceException(
          "%s failed on a batch of %d (%s): try a smaller --batch or fewer --threads."
              .formatted(card.id(), batch, OnnxSession.reason(e)),
          e);
    }
  }

  private long[] checkInput() throws OrtException, SemblanceException {
    TensorInfo info = floats("input", card.input(), session.input("input", card.input()));
    if (session.session().getNumInputs() != 1) {
      throw new SemblanceException(
          "%s has the inputs %s, but only one is fed: export it with the pixels as its only input."
              .formatted(session.name(), session.session().getInputNames()));
    }
    long[] shape = info.getShape();
    long[] fed = {-1, 3, card.crop(), card.crop()};
    boolean fits = shape.length == 4;
    for (int i = 1; fits && i < 4; i++) {
      fits = shape[i] == -1 || shape[i] == fed[i];
    }
    if (!fits) {
      throw new SemblanceException(
          "%s: the input \"%s\" has the shape %s, but the card's \"crop\" feeds [n, 3, %d, %d]: change \"crop\", or export channels first."
              .formatted(
                  session.name(), card.input(), Engine.text(shape), card.crop(), card.crop()));
    }
    return shape;
  }

  private void checkOutput() throws OrtException, SemblanceException {
    long[] shape = floats("output", card.output(), session.output(card.output())).getShape();
    if (shape.length > 0) {
      requireDimension(shape);
    }
  }

  private TensorInfo floats(String side, String node, TensorInfo info) throws SemblanceException {
    if (info.type != OnnxJavaType.FLOAT) {
      throw new SemblanceException(
          "%s: the %s \"%s\" is not a float32 tensor: export the model in float32."
              .formatted(session.name(), side, node));
    }
    return info;
  }

  private void requireDimension(long[] shape) throws SemblanceException {
    Engine.requireDimension(card, shape, session.name());
  }

  @Override
  public void close() {
    session.close();
  }
}

package io.semblance.extract.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.semblance.core.SemblanceException;
import io.semblance.extract.Device;
import io.semblance.extract.Execution;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Set;

/// A session of ONNX Runtime on one graph, checked against its card. One thread at a time.
final class OnnxGraph implements Engine {

  private final OrtEnvironment environment;
  private final OrtSession session;
  private final OnnxCard card;
  private final String name;
  private final int fixedBatch;

  private OnnxGraph(OrtEnvironment environment, OrtSession session, OnnxCard card, String name)
      throws OrtException, SemblanceException {
    this.environment = environment;
    this.session = session;
    this.card = card;
    this.name = name;
    this.fixedBatch = (int) checkInput()[0];
    checkOutput();
  }

  static OnnxGraph open(OnnxModelFile model, OnnxCard card, Execution execution)
      throws SemblanceException {
    var environment =
        OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, "semblance");
    OrtSession session = null;
    try (var options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(execution.threads());
      options.setInterOpNumThreads(1);
      options.setDeterministicCompute(true);
      // waiting threads sleep: the processors belong to the threads that decode
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      if (execution.device().cuda()) {
        useCuda(options, execution.device());
      }
      session = model.load(environment, options);
      return new OnnxGraph(environment, session, card, model.name());
    } catch (OrtException e) {
      close(session);
      throw new SemblanceException(
          "%s cannot be loaded by ONNX Runtime (%s): export it again, see docs/models.md."
              .formatted(model.name(), reason(e)),
          e);
    } catch (SemblanceException e) {
      close(session);
      throw e;
    }
  }

  @Override
  public int fixedBatch() {
    return fixedBatch;
  }

  @Override
  public void run(FloatBuffer pixels, int batch, int count, float[] vectors, int at)
      throws SemblanceException {
    long[] shape = {batch, 3, card.crop(), card.crop()};
    try (OnnxTensor tensor = OnnxTensor.createTensor(environment, pixels, shape);
        OrtSession.Result result =
            session.run(Map.of(card.input(), tensor), Set.of(card.output()))) {
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
          "%s failed on a batch of %d (%s): try a smaller --batch."
              .formatted(card.id(), batch, reason(e)),
          e);
    }
  }

  private static void useCuda(OrtSession.SessionOptions options, Device device)
      throws OrtException, SemblanceException {
    if (!OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA)) {
      throw new SemblanceException(
          "ONNX Runtime finds no CUDA device (the build in use has none): use --device cpu, or see"
              + " \"GPU\" in docs/models.md.");
    }
    options.addCUDA(device.index());
  }

  private long[] checkInput() throws OrtException, SemblanceException {
    TensorInfo info = tensor("input", card.input(), session.getInputInfo());
    if (session.getNumInputs() != 1) {
      throw new SemblanceException(
          "%s has the inputs %s, but only one is fed: export it with the pixels as its only input."
              .formatted(name, session.getInputNames()));
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
              .formatted(name, card.input(), Engine.text(shape), card.crop(), card.crop()));
    }
    return shape;
  }

  private void checkOutput() throws OrtException, SemblanceException {
    long[] shape = tensor("output", card.output(), session.getOutputInfo()).getShape();
    if (shape.length > 0) {
      requireDimension(shape);
    }
  }

  private TensorInfo tensor(String field, String wanted, Map<String, NodeInfo> nodes)
      throws SemblanceException {
    NodeInfo node = nodes.get(wanted);
    if (node == null) {
      throw new SemblanceException(
          "%s has no %s \"%s\" (it has %s): correct \"%s\" in its card."
              .formatted(name, field, wanted, String.join(", ", nodes.keySet()), field));
    }
    if (node.getInfo() instanceof TensorInfo info && info.type == OnnxJavaType.FLOAT) {
      return info;
    }
    throw new SemblanceException(
        "%s: the %s \"%s\" is not a float32 tensor: export the model in float32."
            .formatted(name, field, wanted));
  }

  private void requireDimension(long[] shape) throws SemblanceException {
    Engine.requireDimension(card, shape, name);
  }

  static String reason(OrtException e) {
    String message = String.valueOf(e.getMessage()).strip();
    return message.lines().findFirst().orElse("no reason given");
  }

  private static void close(OrtSession session) {
    try {
      if (session != null) {
        session.close();
      }
    } catch (OrtException e) {
      throw new IllegalStateException("closing a session of ONNX Runtime failed", e);
    }
  }

  @Override
  public void close() {
    close(session);
  }
}

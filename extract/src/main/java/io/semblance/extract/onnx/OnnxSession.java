package io.semblance.extract.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.semblance.core.SemblanceException;
import io.semblance.extract.Device;
import java.util.Map;

/// A graph loaded by ONNX Runtime, as all networks of this program are: deterministic, threads that
/// wait asleep. Whoever opens it closes it; runs may go on in several threads.
///
/// @param environment of ONNX Runtime, one for the process
/// @param session that was opened
/// @param name of the graph, for messages
public record OnnxSession(OrtEnvironment environment, OrtSession session, String name)
    implements AutoCloseable {

  /// @param model where the graph is
  /// @param threads that work on one run, at least 1
  /// @param device where it runs
  /// @return the session; close it
  /// @throws SemblanceException if it cannot be loaded, or there is no such device
  public static OnnxSession open(OnnxModelFile model, int threads, Device device)
      throws SemblanceException {
    var environment =
        OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, "semblance");
    try (var options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(threads);
      options.setInterOpNumThreads(1);
      options.setDeterministicCompute(true);
      // waiting threads sleep: the processors belong to the threads that decode
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      if (device.cuda()) {
        useCuda(options, device);
      }
      return new OnnxSession(environment, model.load(environment, options), model.name());
    } catch (OrtException e) {
      throw new SemblanceException(
          "%s cannot be loaded by ONNX Runtime (%s): copy it or export it again, see docs/models.md."
              .formatted(model.name(), reason(e)),
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

  /// @param field of the card that names an input
  /// @param wanted the name it gives
  /// @return what the graph says of that input
  /// @throws SemblanceException if the graph has none of that name, or it is no tensor
  public TensorInfo input(String field, String wanted) throws OrtException, SemblanceException {
    return tensor("input", field, wanted, session.getInputInfo());
  }

  /// @param wanted the name that the card's `output` gives
  /// @return what the graph says of that output
  /// @throws SemblanceException if the graph has none of that name, or it is no tensor
  public TensorInfo output(String wanted) throws OrtException, SemblanceException {
    return tensor("output", "output", wanted, session.getOutputInfo());
  }

  private TensorInfo tensor(String side, String field, String wanted, Map<String, NodeInfo> nodes)
      throws SemblanceException {
    NodeInfo node = nodes.get(wanted);
    if (node == null) {
      throw new SemblanceException(
          "%s has no %s \"%s\" (it has %s): correct \"%s\" in its card."
              .formatted(name, side, wanted, String.join(", ", nodes.keySet()), field));
    }
    if (node.getInfo() instanceof TensorInfo info) {
      return info;
    }
    throw new SemblanceException(
        "%s: the %s \"%s\" is no tensor: export the model again.".formatted(name, side, wanted));
  }

  /// @param e what ONNX Runtime threw
  /// @return its first line, without the places in its source code
  public static String reason(OrtException e) {
    String line = String.valueOf(e.getMessage()).strip().lines().findFirst().orElse("");
    String bare =
        line.replaceFirst("^Error code - \\w+ - message: ", "")
            .replaceFirst("^Load model from .* failed:", "")
            .replaceFirst("^/\\S+:\\d+ .*?\\) (?=[A-Z])", "");
    boolean noGraph = bare.contains("Protobuf parsing failed") || bare.contains("not have a graph");
    return noGraph ? "it is no ONNX file, or cut off" : bare.isBlank() ? "no reason given" : bare;
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("closing a session of ONNX Runtime failed", e);
    }
  }
}

package io.semblance.extract;

import io.semblance.core.SemblanceException;
import io.semblance.core.table.Compute;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The forms of one network, side by side: `NAME.onnx`, `NAME.pt` (TorchScript) and
/// `NAME.int8.onnx` (quantised).
///
/// @param folder they lie in
/// @param name without ending
public record NetworkFiles(Path folder, String name) {

  private static final String QUANTISED = ".int8";
  private static final List<String> SCRIPTS = List.of(".pt", ".torchscript");

  /// @param file any file of a network
  /// @return whether its name is that of a TorchScript file
  public static boolean isScript(Path file) {
    return SCRIPTS.stream().anyMatch(file.getFileName().toString()::endsWith);
  }

  /// @param file any file of a network
  /// @return all its files
  public static NetworkFiles beside(Path file) {
    String whole = file.getFileName().toString();
    String stem = whole.substring(0, whole.lastIndexOf('.'));
    String plain =
        stem.endsWith(QUANTISED) ? stem.substring(0, stem.length() - QUANTISED.length()) : stem;
    return new NetworkFiles(file.toAbsolutePath().getParent(), plain);
  }

  /// @return the ONNX file; it need not be there
  public Path onnx() {
    return folder.resolve(name + ".onnx");
  }

  /// @return the quantised ONNX file; it need not be there
  public Path quantised() {
    return folder.resolve(name + QUANTISED + ".onnx");
  }

  /// @return the TorchScript file; it need not be there
  public Path script() {
    Path first = folder.resolve(name + SCRIPTS.getFirst());
    Path other = folder.resolve(name + SCRIPTS.getLast());
    return Files.isRegularFile(other) && !Files.isRegularFile(first) ? other : first;
  }

  /// The file that computes so.
  ///
  /// @param compute in float32 ONNX is taken where both forms are there
  /// @return it need not be there
  public Path of(Compute compute) {
    return switch (compute) {
      case FP32 ->
          !Files.isRegularFile(onnx()) && Files.isRegularFile(script()) ? script() : onnx();
      case BF16 -> script();
      case INT8 -> quantised();
    };
  }

  /// @param compute other than fp32, whose file is not there
  /// @return what to say
  public SemblanceException missing(Compute compute) {
    return new SemblanceException(
        compute == Compute.BF16
            ? "There is no %s: bf16 is computed by libtorch from the TorchScript form, so export the model again with --torchscript, or leave --compute away."
                .formatted(script())
            : "There is no %s: int8 takes a quantised network, so make one with tools/export/quantize_model.py, or leave --compute away."
                .formatted(quantised()));
  }
}

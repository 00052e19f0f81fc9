package io.semblance.app;

import io.semblance.core.linalg.LinearAlgebra;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The one thread setting of a command, as an option of its verb.
final class Threads {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec verb;

  @Option(
      names = "--threads",
      paramLabel = "T",
      description = "Processor threads (all cores if not given).")
  private int count = Runtime.getRuntime().availableProcessors();

  /// @return at least 1
  /// @throws ParameterException if less was given
  int count() {
    if (count < 1) {
      throw new ParameterException(
          verb.commandLine(), "--threads is " + count + ": give 1 or more");
    }
    return count;
  }

  /// Sets libtorch's threads; ONNX Runtime takes its number with each session.
  ///
  /// @param count at least 1
  static void use(int count) {
    LinearAlgebra.threads(count);
  }
}

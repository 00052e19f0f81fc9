package io.semblance.extract.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;

/// Where a graph is: in memory, or in a file that may keep its weights in another one beside it.
public sealed interface OnnxModelFile {

  /// @return what to call it in messages
  String name();

  /// A graph in memory.
  ///
  /// @param name what to call it
  /// @param bytes the whole `.onnx` file
  @SuppressWarnings("ArrayRecordComponent") // handed over once
  record InMemory(String name, byte[] bytes) implements OnnxModelFile {}

  /// A graph in a file.
  ///
  /// @param path the `.onnx` file
  record OnDisk(java.nio.file.Path path) implements OnnxModelFile {
    @Override
    public String name() {
      return path.toString();
    }
  }

  /// Loads it.
  ///
  /// @param environment of ONNX Runtime
  /// @param options of the session
  /// @return a session; close it
  /// @throws OrtException if it is no graph that can be run
  default OrtSession load(OrtEnvironment environment, OrtSession.SessionOptions options)
      throws OrtException {
    return switch (this) {
      case InMemory memory -> environment.createSession(memory.bytes(), options);
      case OnDisk disk -> environment.createSession(disk.path().toString(), options);
    };
  }
}

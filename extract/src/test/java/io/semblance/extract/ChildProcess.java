package io.semblance.extract;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// A main method in a Java process of its own. Closing kills it.
record ChildProcess(Process process, BufferedReader reader) implements AutoCloseable {

  static ChildProcess start(Class<?> main, String... arguments) throws IOException {
    return start(List.of("-Xmx512m"), main, arguments);
  }

  static ChildProcess start(List<String> options, Class<?> main, String... arguments)
      throws IOException {
    var command = new ArrayList<String>();
    command.add(System.getProperty("java.home") + "/bin/java");
    command.addAll(options);
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-cp"));
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(main.getName());
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    return new ChildProcess(process, process.inputReader());
  }

  /// All it prints until it ends.
  String output() {
    return reader.lines().collect(Collectors.joining("\n"));
  }

  /// Kills it without a chance to react, as `kill -9` does.
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  @Override
  public void close() throws IOException {
    kill();
    reader.close();
  }
}

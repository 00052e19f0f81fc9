package io.semblance.app;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// One command, run in this process, with what it printed.
///
/// @param code exit code
/// @param out standard output
/// @param err standard error
record Run(int code, String out, String err) {

  static Run of(String... args) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var console =
        new Console(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false);
    int code = Semblance.run(console, args);
    return new Run(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /// Standard output as the one JSON document it must be.
  JsonNode json() {
    return JsonMapper.builder().build().readTree(out);
  }
}

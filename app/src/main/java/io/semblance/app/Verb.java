package io.semblance.app;

import io.semblance.core.file.Json;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// What every verb has: `--help`, `--json`, the console, and the exit codes 0 done, 1 failed, 2
/// wrong usage.
@Command(
    mixinStandardHelpOptions = true,
    usageHelpAutoWidth = true,
    showDefaultValues = true,
    sortOptions = false,
    versionProvider = Version.class,
    descriptionHeading = "%n",
    optionListHeading = "%nOptions%n",
    parameterListHeading = "%nArguments%n",
    footerHeading = "%nExamples%n")
abstract class Verb implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--json",
      description = "Print one JSON document on standard output instead of text.",
      showDefaultValue = picocli.CommandLine.Help.Visibility.NEVER)
  private boolean json;

  /// Does the work.
  ///
  /// @param console where results and progress go
  /// @return exit code, 0 or 1
  /// @throws IOException if something outside the program is wrong; its message is shown
  abstract int run(Console console) throws IOException;

  @Override
  public final Integer call() throws IOException {
    return run(Semblance.console(spec));
  }

  final boolean json() {
    return json;
  }

  /// Prints the result: the value as JSON with `--json`, else the text.
  final void result(Console console, Object value, String text) {
    String printed = (json ? Json.of(value) : text).stripTrailing();
    if (!printed.isEmpty()) {
      console.result(printed);
    }
  }

  /// A JSON document of names and values in turn, in this order, with the schema's version first.
  static Map<String, Object> document(Object... namesAndValues) {
    var out = new LinkedHashMap<String, Object>();
    out.put("schema", 1);
    for (int i = 0; i < namesAndValues.length; i += 2) {
      out.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return out;
  }

  /// The words of the command as typed do not fit together.
  final ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}

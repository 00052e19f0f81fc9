package io.semblance.app;

import io.semblance.attribution.testcase.Split;
import io.semblance.core.Printable;
import io.semblance.core.SemblanceException;
import io.semblance.core.exchange.FileInspector;
import io.semblance.core.exchange.FileSummary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `semblance inspect`: what is this file?
@Command(
    name = "inspect",
    description = {
      "Say what files hold: tensors, texts, tables, test cases.",
      "",
      "Nothing in a file is run. Of a pickle that is refused, it says what it asks for."
    },
    footer = {
      "  semblance inspect laion_subset.pth",
      "  semblance inspect tables/efficientnet-lite0 model.safetensors --json",
    })
final class InspectVerb extends Verb {

  private static final int MOST_TENSORS = 40;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "Files or folders.")
  private List<Path> files;

  @Override
  int run(Console console) throws IOException {
    var documents = new ArrayList<Object>();
    var lines = new ArrayList<String>();
    int code = Semblance.DONE;
    for (Path file : files) {
      try {
        inspect(file, documents, lines);
      } catch (SemblanceException e) {
        console.say(e.getMessage());
        code = Semblance.FAILED;
      }
    }
    result(console, document("files", documents), String.join("\n", lines));
    return code;
  }

  private static void inspect(Path file, List<Object> documents, List<String> lines)
      throws IOException {
    if (file.toString().toLowerCase(Locale.ROOT).endsWith(".json")) {
      Map<String, Object> split = split(file);
      documents.add(split);
      lines.add("%s: test cases".formatted(file));
      split.entrySet().stream()
          .skip(2)
          .forEach(
              e -> lines.add("  " + e.getKey() + ": " + Printable.of(e.getValue().toString())));
    } else {
      FileSummary summary = FileInspector.inspect(file);
      documents.add(summary);
      describe(summary, lines);
    }
  }

  private static Map<String, Object> split(Path file) throws IOException {
    Split split = Split.read(file);
    var synthesized = new LinkedHashMap<String, Long>();
    split.schemes().forEach(s -> synthesized.put(s, split.synthesized(s)));
    var out = new LinkedHashMap<String, Object>();
    out.put("file", file.toString());
    out.put("format", "test cases");
    out.put("models", split.models().size());
    out.put("exemplars", split.exemplars());
    out.put("synthesized", synthesized);
    return out;
  }

  private static void describe(FileSummary summary, List<String> lines) {
    lines.add(summary.file() + ": " + summary.format());
    if (!summary.refused().isEmpty()) {
      lines.add("  refused: it asks for " + Printable.of(String.join(", ", summary.refused())));
      lines.add("  nothing was run; do not load it elsewhere unless you know who made it");
      return;
    }
    if (summary.table() != null) {
      FileSummary.Table table = summary.table();
      lines.add(
          "  table: %d rows of %d %s, the first is '%s', model %s"
              .formatted(
                  table.rows(),
                  table.dimension(),
                  table.type(),
                  Printable.of(String.valueOf(table.firstId())),
                  Printable.of(table.provenance().modelId())));
      if (!table.columns().isEmpty()) {
        lines.add("  further columns: " + Printable.of(String.join(", ", table.columns())));
      }
    }
    summary.tensors().stream()
        .limit(MOST_TENSORS)
        .forEach(t -> lines.add("  " + named(t.name()) + t.describe()));
    if (summary.tensors().size() > MOST_TENSORS) {
      lines.add("  and " + (summary.tensors().size() - MOST_TENSORS) + " tensors more");
    }
    summary
        .texts()
        .forEach(
            t ->
                lines.add(
                    "  %s%d texts, the first is '%s'"
                        .formatted(
                            named(t.name()), t.count(), Printable.of(String.valueOf(t.first())))));
    summary
        .metadata()
        .forEach(
            (name, value) -> lines.add("  " + Printable.of(name) + ": " + Printable.of(value)));
  }

  private static String named(String name) {
    return name.isEmpty() ? "" : Printable.of(name) + ": ";
  }
}

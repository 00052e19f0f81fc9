package io.semblance.app;

import io.semblance.core.SemblanceException;
import io.semblance.core.table.TableMerge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `semblance merge`: the parts of a table, or several tables of one model, to one.
@Command(
    name = "merge",
    description = {
      "Join embedding tables of one model.",
      "",
      "Parts that 'semblance embed --shard' made become the table that one run would have made,"
          + " byte for byte; a missing part is named. Other tables stand one behind the other; an"
          + " image may be in one of them only. The tables given stay as they are."
    },
    footer = {
      "  semblance merge tables/efficientnet-lite0.shard-*-of-4 --out tables/efficientnet-lite0",
      "  semblance merge spring/dinov2 autumn/dinov2 --out year/dinov2",
    })
final class MergeVerb extends Verb {

  @Parameters(paramLabel = "TABLE", arity = "1..*", description = "Table folders.")
  private List<Path> tables;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "The table folder to make.")
  private Path out;

  @Option(
      names = "--overwrite",
      showDefaultValue = Visibility.NEVER,
      description = "Replace the table in that place.")
  private boolean overwrite;

  @Override
  int run(Console console) throws IOException {
    for (Path table : tables) {
      if (Files.exists(out) && Files.isSameFile(table, out)) {
        throw new SemblanceException(
            out + " is one of the tables to join: choose another place for --out.");
      }
    }
    TableMerge.Result made =
        TableMerge.merge(tables, out, overwrite, console.progress("merging", "rows"));
    result(
        console,
        document(
            "folder", out.toString(),
            "tables", made.tables(),
            "rows", made.rows(),
            "failures", made.failures()),
        "%s: %d rows of %d tables%s"
            .formatted(
                out,
                made.rows(),
                made.tables(),
                made.failures() == 0
                    ? ""
                    : "; " + made.failures() + " images listed in " + out.resolve("failures.csv")));
    return Semblance.DONE;
  }
}

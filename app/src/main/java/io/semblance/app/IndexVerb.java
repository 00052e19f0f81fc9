package io.semblance.app;

import io.semblance.attribution.AttributionIndex;
import io.semblance.attribution.IndexBuilder;
import io.semblance.attribution.IndexManifest;
import io.semblance.attribution.mapper.SpaceCorrection;
import io.semblance.core.SemblanceException;
import io.semblance.core.table.TableFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `semblance index`: what queries are searched in.
@Command(
    name = "index",
    description = "Build, check or describe an attribution index.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "build|verify|info",
    subcommands = {IndexVerb.Build.class, IndexVerb.Verify.class, IndexVerb.Describe.class},
    descriptionHeading = "%n",
    optionListHeading = "%nOptions%n",
    commandListHeading = "%nVerbs%n",
    footerHeading = "%nExamples%n",
    footer = {
      "  semblance index build tables/efficientnet-lite0 --out index",
      "  semblance index info index",
    })
final class IndexVerb implements Runnable {

  @picocli.CommandLine.Spec private picocli.CommandLine.Model.CommandSpec spec;

  @Override
  public void run() {
    throw new picocli.CommandLine.ParameterException(
        spec.commandLine(), "Say what to do with the index: build, verify or info");
  }

  /// `semblance index build`.
  @Command(
      name = "build",
      description = {
        "Build an index over one or more tables of the same model.",
        "",
        "The index refers to the tables and holds no copy: leave them where they are."
      },
      footer = {
        "  semblance index build tables/efficientnet-lite0 --out index",
        "  semblance index build tables/dino --correct csls --out index-csls",
        "  semblance index build museum/efficientnet-lite0 web/efficientnet-lite0 --out index",
      })
  static final class Build extends Verb {

    @Parameters(arity = "1..*", paramLabel = "TABLE", description = "Table folders.")
    private List<Path> tables;

    @Option(
        names = "--out",
        required = true,
        paramLabel = "DIR",
        description = "Folder for the index.")
    private Path out;

    @Option(
        names = "--correct",
        paramLabel = "C",
        defaultValue = "none",
        converter = CorrectionConverter.class,
        description =
            "Correct the space against hubs, fitted to the tables: " + CorrectionConverter.WORDS)
    private SpaceCorrection correct;

    @Override
    int run(Console console) throws IOException {
      for (Path table : tables) {
        List<Path> below = TableFolder.isTable(table) ? List.of() : TableFolder.find(table);
        if (!below.isEmpty()) {
          throw new SemblanceException(
              table + " holds tables but is none: name one, for example " + below.getFirst() + ".");
        }
      }
      IndexManifest manifest = IndexBuilder.build(tables, out, correct);
      result(console, manifest, "Indexed " + describe(manifest) + " -> " + out);
      return Semblance.DONE;
    }
  }

  /// `semblance index verify`.
  @Command(
      name = "verify",
      description = "Read every file of the index's tables again and compare hashes.",
      footer = "  semblance index verify index")
  static final class Verify extends Verb {

    @Parameters(paramLabel = "INDEX", description = "An index folder.")
    private Path index;

    @Override
    int run(Console console) throws IOException {
      AttributionIndex.verify(index);
      result(console, document("index", index.toString(), "verified", true), index + " is whole.");
      return Semblance.DONE;
    }
  }

  /// `semblance index info`.
  @Command(
      name = "info",
      description = "Say what an index holds.",
      footer = "  semblance index info index --json")
  static final class Describe extends Verb {

    @Parameters(paramLabel = "INDEX", description = "An index folder.")
    private Path index;

    @Override
    int run(Console console) throws IOException {
      IndexManifest manifest = AttributionIndex.info(index);
      var lines = new ArrayList<>(List.of(describe(manifest)));
      manifest
          .tables()
          .forEach(t -> lines.add("  " + t.name() + "  " + t.rows() + " images  " + t.path()));
      result(console, manifest, String.join("\n", lines));
      return Semblance.DONE;
    }
  }

  static String describe(IndexManifest manifest) {
    return "%d images of %d table%s, model %s (%d dimensions)%s"
        .formatted(
            manifest.rows(),
            manifest.tables().size(),
            manifest.tables().size() == 1 ? "" : "s",
            manifest.provenance().modelId(),
            manifest.dimension(),
            manifest.corrected() ? ", corrected by " + manifest.correction() : "");
  }
}

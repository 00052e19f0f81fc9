package io.semblance.app;

import io.semblance.extract.ModelCard;
import io.semblance.extract.Models;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;

/// `semblance models`: the extractors that ship.
@Command(
    name = "models",
    description = "List the models that ship.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "list",
    subcommands = ModelsVerb.ListModels.class,
    descriptionHeading = "%n",
    optionListHeading = "%nOptions%n",
    commandListHeading = "%nVerbs%n",
    footerHeading = "%nExamples%n",
    footer = {"  semblance models list", "  semblance models list --json"})
final class ModelsVerb implements Runnable {

  @picocli.CommandLine.Spec private picocli.CommandLine.Model.CommandSpec spec;

  @Override
  public void run() {
    throw new picocli.CommandLine.ParameterException(
        spec.commandLine(), "Say what to do with the models: list");
  }

  /// `semblance models list`.
  @Command(
      name = "list",
      description = {
        "List the models that ship, with what each does to an image.",
        "",
        "Your own: give --model the path of an .onnx file with a card beside it, see"
            + " docs/models.md."
      },
      footer = "  semblance models list")
  static final class ListModels extends Verb {

    @Override
    int run(Console console) throws IOException {
      List<ModelCard> cards = Models.cards();
      var lines = new ArrayList<String>();
      for (ModelCard card : cards) {
        lines.add(
            "%-20s %s, %s%s"
                .formatted(
                    card.id(),
                    card.kind().name().toLowerCase(Locale.ROOT),
                    card.dimension() == 0
                        ? "dimension from labels"
                        : card.dimension() + " dimensions",
                    card.aliases().isEmpty() ? "" : ", also " + String.join(", ", card.aliases())));
        lines.add("    " + card.description());
        lines.add("    Reads: " + card.preprocessing());
      }
      result(console, document("models", cards), String.join("\n", lines));
      return Semblance.DONE;
    }
  }
}

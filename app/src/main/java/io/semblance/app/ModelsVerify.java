package io.semblance.app;

import io.semblance.core.SemblanceException;
import io.semblance.extract.Models;
import io.semblance.extract.registry.LocalModel;
import io.semblance.extract.registry.ModelCheck;
import io.semblance.extract.registry.Registry;
import io.semblance.extract.registry.RegistryCard;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `semblance models verify`.
@Command(
    name = "verify",
    description =
        "Read the weights on this machine again: size, SHA-256 against the known one, and whether"
            + " the graph loads and fits its card.",
    footer = {"  semblance models verify", "  semblance models verify dinov2-b-14-lvd --json"})
final class ModelsVerify extends Verb {

  @Parameters(
      paramLabel = "ID",
      arity = "0..*",
      description = "Ids or names of the papers; every model in the folder if none is given.")
  private List<String> names = List.of();

  @Mixin private ModelFolder folder;

  @Override
  int run(Console console) throws IOException {
    List<RegistryCard> cards = names.isEmpty() ? present() : named();
    var reports = new ArrayList<ModelCheck.Report>();
    var lines = new ArrayList<String>();
    for (RegistryCard card : cards) {
      ModelCheck.Report report = ModelCheck.of(card, folder.cache());
      reports.add(report);
      lines.addAll(lines(report));
    }
    if (cards.isEmpty()) {
      lines.add("There is no model in " + folder.cache().root() + ".");
    }
    result(console, document("models", reports), String.join("\n", lines));
    boolean good = reports.stream().allMatch(r -> r.problem() == null);
    return good ? Semblance.DONE : Semblance.FAILED;
  }

  private List<RegistryCard> present() {
    return Registry.cards().stream()
        .filter(card -> new LocalModel(card, folder.cache()).present())
        .toList();
  }

  private List<RegistryCard> named() {
    var out = new ArrayList<RegistryCard>();
    for (String name : names) {
      try {
        Optional<RegistryCard> card = Registry.find(Models.card(name).id());
        out.add(card.orElseThrow(() -> usage(name + " is built in: there is no file to verify")));
      } catch (SemblanceException e) {
        throw usage(e.getMessage());
      }
    }
    return out;
  }

  private static List<String> lines(ModelCheck.Report report) {
    var out = new ArrayList<String>();
    String state = report.problem() == null ? "good" : report.present() ? "unusable" : "absent";
    out.add(report.id() + ": " + state);
    for (ModelCheck.FileReport file : report.files()) {
      out.add(
          "  %s, %,d bytes, SHA-256 %s (%s)"
              .formatted(
                  file.path(),
                  file.bytes(),
                  file.sha256(),
                  file.expected() == null
                      ? "none known to compare with"
                      : file.confirmed() ? "as expected" : "expected " + file.expected()));
    }
    if (report.problem() != null) {
      out.add("  " + report.problem());
    }
    return out;
  }
}

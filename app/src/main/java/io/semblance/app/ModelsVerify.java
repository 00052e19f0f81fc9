package io.semblance.app;

import io.semblance.core.SemblanceException;
import io.semblance.extract.Models;
import io.semblance.extract.registry.LocalModel;
import io.semblance.extract.registry.LocalText;
import io.semblance.extract.registry.ModelCache;
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
            + " the graph loads, fits its card and runs. Text towers, <id>-text, are models of"
            + " their own.",
    footer = {
      "  semblance models verify",
      "  semblance models verify dinov2-b-14-lvd --json",
      "  semblance models verify siglip2-b-16 siglip2-b-16-text"
    })
final class ModelsVerify extends Verb {

  @Parameters(
      paramLabel = "ID",
      arity = "0..*",
      description = "Ids or names of the papers; every model in the folder if none is given.")
  private List<String> names = List.of();

  @Mixin private ModelFolder folder;

  @Override
  int run(Console console) throws IOException {
    List<Check> checks = names.isEmpty() ? present() : named();
    var reports = new ArrayList<ModelCheck.Report>();
    var lines = new ArrayList<String>();
    for (Check check : checks) {
      ModelCheck.Report report = check.run(folder.cache());
      reports.add(report);
      lines.addAll(lines(report));
    }
    if (checks.isEmpty()) {
      lines.add("There is no model in " + folder.cache().root() + ".");
    }
    result(console, document("models", reports), String.join("\n", lines));
    boolean good = reports.stream().allMatch(r -> r.problem() == null);
    return good ? Semblance.DONE : Semblance.FAILED;
  }

  private interface Check {
    ModelCheck.Report run(ModelCache cache);
  }

  private List<Check> present() {
    var out = new ArrayList<Check>();
    for (RegistryCard card : Registry.cards()) {
      if (new LocalModel(card, folder.cache()).present()) {
        out.add(cache -> ModelCheck.of(card, cache));
      }
      if (card.text().isPresent() && new LocalText(card, folder.cache()).present()) {
        out.add(cache -> ModelCheck.ofText(card, cache));
      }
    }
    return out;
  }

  private List<Check> named() {
    var out = new ArrayList<Check>();
    for (String name : names) {
      Optional<RegistryCard> text = Registry.findText(name);
      if (text.isPresent()) {
        out.add(cache -> ModelCheck.ofText(text.get(), cache));
      } else {
        RegistryCard card = card(name);
        out.add(cache -> ModelCheck.of(card, cache));
      }
    }
    return out;
  }

  private RegistryCard card(String name) {
    try {
      return Registry.find(Models.card(name).id())
          .orElseThrow(() -> usage(name + " is not of the registry: there is no file to verify"));
    } catch (SemblanceException e) {
      throw usage(e.getMessage());
    }
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

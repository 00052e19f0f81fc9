package io.semblance.app;

import io.semblance.core.SemblanceException;
import io.semblance.extract.ModelCard;
import io.semblance.extract.Models;
import io.semblance.extract.registry.Advice;
import io.semblance.extract.registry.LocalModel;
import io.semblance.extract.registry.LocalText;
import io.semblance.extract.registry.Registry;
import io.semblance.extract.registry.RegistryCard;
import io.semblance.extract.registry.Weights;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `semblance models show`.
@Command(
    name = "show",
    description =
        "Show all that is known of models: what exactly happens to an image, where the weights come"
            + " from and how to get them, what the licence asks, what could not be established.",
    footer = {
      "  semblance models show CLIP-ViT-H-14_L2B",
      "  semblance models show dinov2-b-14-lvd abc-sscd --json"
    })
final class ModelsShow extends Verb {

  @Parameters(paramLabel = "ID", arity = "1..*", description = "Ids or names of the papers.")
  private List<String> names;

  @Mixin private ModelFolder folder;

  @Override
  int run(Console console) throws IOException {
    var documents = new ArrayList<Map<String, Object>>();
    var texts = new ArrayList<String>();
    for (String name : names) {
      ModelCard card = card(name);
      Optional<RegistryCard> known = Registry.find(card.id());
      Map<String, Object> document = known.isPresent() ? described(known.get()) : other(card);
      documents.add(document);
      texts.add(text(document));
    }
    result(console, document("models", documents), String.join("\n\n", texts));
    return Semblance.DONE;
  }

  private ModelCard card(String name) {
    try {
      return Models.card(name);
    } catch (SemblanceException e) {
      throw usage(e.getMessage());
    }
  }

  private Map<String, Object> other(ModelCard card) {
    Optional<RegistryCard> image = Registry.findText(card.id());
    if (image.isEmpty()) {
      return described(card, ModelState.BUILT_IN);
    }
    var text = new LocalText(image.get(), folder.cache());
    Map<String, Object> out = described(card, ModelState.of(text));
    out.put("space", image.get().id());
    out.put("file", text.graph().toString());
    out.put("get", Advice.textWays(image.get(), folder.cache()));
    return out;
  }

  private Map<String, Object> described(RegistryCard card) {
    var local = new LocalModel(card, folder.cache());
    Map<String, Object> out = described(card.model(), ModelState.of(local));
    out.put("paper", card.paper().title());
    out.put("family", card.family());
    out.put("precision", card.precision());
    out.put("gated", card.terms().gated());
    out.put("nonCommercial", card.terms().nonCommercial());
    out.put("weights", card.weights().stream().map(ModelsShow::words).toList());
    out.put("file", local.graph().toString());
    out.put("get", Advice.ways(card, folder.cache()));
    if (card.text().isPresent()) {
      var text = new LocalText(card, folder.cache());
      out.put("text", text.id() + (text.present() ? ", here" : ", not here"));
      out.put("getText", Advice.textWays(card, folder.cache()));
    }
    out.put("notes", card.notes());
    return out;
  }

  private static Map<String, Object> described(ModelCard card, ModelState state) {
    var out = new LinkedHashMap<String, Object>();
    out.put("id", card.id());
    out.put("title", card.title());
    out.put("aliases", card.aliases());
    out.put("kind", card.kind().name().toLowerCase(Locale.ROOT));
    out.put("dimension", card.dimension());
    out.put("vector", card.description());
    out.put("normalized", card.normalized());
    out.put("preprocessing", card.preprocessing());
    out.put("licence", card.licence());
    out.put("source", card.source());
    out.put("sha256", card.weightsSha256());
    out.put("state", state);
    return out;
  }

  private static String words(Weights weights) {
    String files = String.join(", ", weights.fileNames());
    return switch (weights) {
      case Weights.Hub hub -> {
        String known =
            hub.files().stream().allMatch(f -> f.sha256() != null)
                ? "SHA-256 known"
                : "SHA-256 as the hub says it";
        yield "ONNX of %s at %s: %s (%s)".formatted(hub.repository(), hub.revision(), files, known);
      }
      case Weights.Export export -> "checkpoint %s: %s".formatted(export.spec(), files);
      case Weights.Own _ -> "your own" + (files.isEmpty() ? "" : ", from " + files);
    };
  }

  private static String text(Map<String, Object> document) {
    var lines = new ArrayList<String>();
    lines.add(document.get("id") + ": " + document.get("title"));
    document.forEach(
        (name, value) -> {
          boolean said = name.equals("id") || name.equals("title");
          switch (value) {
            case null -> {}
            case List<?> list -> list.forEach(item -> lines.add(line(label(name), item)));
            case Integer d when d == 0 -> lines.add(line(name, "from your card or labels"));
            case Boolean flag -> lines.add(line(label(name), flag ? "yes" : "no"));
            case Object _ when said -> {}
            default -> lines.add(line(label(name), value.toString()));
          }
        });
    return String.join("\n", lines);
  }

  private static String line(String name, Object value) {
    return "  %-14s %s".formatted(name, value);
  }

  private static String label(String name) {
    return switch (name) {
      case "aliases" -> "also";
      case "getText" -> "get text";
      case "nonCommercial" -> "non-commercial";
      case "normalized" -> "length 1";
      case "notes" -> "note";
      default -> name;
    };
  }
}

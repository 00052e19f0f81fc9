package io.semblance.app;

import io.semblance.extract.ModelCard;
import io.semblance.extract.Models;
import io.semblance.extract.registry.LocalModel;
import io.semblance.extract.registry.LocalText;
import io.semblance.extract.registry.ModelCache;
import io.semblance.extract.registry.Paper;
import io.semblance.extract.registry.Registry;
import io.semblance.extract.registry.RegistryCard;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `semblance models list`.
@Command(
    name = "list",
    description = {
      "List the models, by the paper they are known from: id, dimension, licence, state, name in"
          + " the paper.",
      "",
      "A state is 'built in'; 'here', if its weights are on this machine; 'pull', if 'semblance"
          + " models pull' gets them ('pull, licence': after you have accepted one); 'export', if"
          + " tools/export makes them; 'yours', if you have to bring them. 'semblance models show'"
          + " says more.",
      "",
      "Where a model has a text tower, '+ text' and its state stand behind; it is called"
          + " <id>-text.",
      "",
      "A network of your own needs no entry: give --model the path of an .onnx file with a card"
          + " beside it, see docs/models.md."
    },
    footer = {
      "  semblance models list",
      "  semblance models list --paper fruit-salad",
      "  semblance models list --json"
    })
final class ModelsList extends Verb {

  @Option(
      names = "--paper",
      paramLabel = "P",
      description = "Only models of one paper: fruit-salad, abc, or since (neither).")
  private String key;

  @Mixin private ModelFolder folder;

  @Override
  int run(Console console) throws IOException {
    Paper only = paper();
    var documents = new ArrayList<Map<String, Object>>();
    var lines = new ArrayList<String>();
    int width =
        Stream.concat(Models.cards().stream(), Registry.cards().stream().map(RegistryCard::model))
            .mapToInt(card -> card.id().length())
            .max()
            .orElse(0);
    if (only == null) {
      lines.add("Built in");
      for (ModelCard card : Models.cards()) {
        documents.add(document(card, "built-in", null, ModelState.BUILT_IN));
        lines.add(line(card, ModelState.BUILT_IN, width, null));
      }
    }
    for (Paper paper : only == null ? Paper.values() : new Paper[] {only}) {
      lines.add((lines.isEmpty() ? "" : "\n") + paper.title());
      for (RegistryCard card : Registry.cards()) {
        if (card.paper() == paper) {
          ModelState state = ModelState.of(new LocalModel(card, folder.cache()));
          ModelState text = text(card, folder.cache());
          Map<String, Object> document = document(card.model(), paper.key(), card.family(), state);
          document.put("text", text);
          documents.add(document);
          lines.add(line(card.model(), state, width, text));
        }
      }
    }
    result(
        console,
        document("cache", folder.cache().root().toString(), "models", documents),
        String.join("\n", lines));
    return Semblance.DONE;
  }

  private Paper paper() {
    if (key == null) {
      return null;
    }
    List<String> keys = Arrays.stream(Paper.values()).map(Paper::key).toList();
    if (!keys.contains(key)) {
      throw usage("--paper is '" + key + "': choose from " + String.join(", ", keys));
    }
    return Paper.values()[keys.indexOf(key)];
  }

  /// State of the text tower, or null where there is none.
  private static ModelState text(RegistryCard card, ModelCache cache) {
    return card.text().isPresent() ? ModelState.of(new LocalText(card, cache)) : null;
  }

  private static String line(ModelCard card, ModelState state, int width, ModelState text) {
    return ("  %-" + width + "s %6s  %-14s  %-13s  %s%s")
        .formatted(
            card.id(),
            card.dimension() == 0 ? "?" : card.dimension(),
            card.licence(),
            state,
            card.aliases().isEmpty() ? card.title() : card.aliases().getFirst(),
            text == null ? "" : " + text (" + text + ")")
        .stripTrailing();
  }

  private static Map<String, Object> document(
      ModelCard card, String paper, String family, ModelState state) {
    var out = new LinkedHashMap<String, Object>();
    out.put("id", card.id());
    out.put("aliases", card.aliases());
    out.put("title", card.title());
    out.put("paper", paper);
    out.put("family", family);
    out.put("kind", card.kind().name().toLowerCase(Locale.ROOT));
    out.put("dimension", card.dimension());
    out.put("licence", card.licence());
    out.put("source", card.source());
    out.put("state", state);
    return out;
  }
}

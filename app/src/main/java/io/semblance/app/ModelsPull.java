package io.semblance.app;

import io.semblance.core.Progress;
import io.semblance.core.SemblanceException;
import io.semblance.extract.ModelCard;
import io.semblance.extract.Models;
import io.semblance.extract.registry.Pull;
import io.semblance.extract.registry.Registry;
import io.semblance.extract.registry.RegistryCard;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `semblance models pull`.
@Command(
    name = "pull",
    description = {
      "Download the weights of models from a hub.",
      "",
      "Stopped or broken off, the same command goes on where it was. A file gets its name when it"
          + " is whole and its SHA-256 is that of the card, or, where the card has none, that which"
          + " the hub gives. Without a network, 'semblance models show' says which file to put"
          + " where."
    },
    footer = {
      "  semblance models pull dino-b-16-in1k dinov2-b-14-lvd",
      "  semblance models pull siglip2-b-16 siglip2-b-16-text",
      "  semblance models pull dinov3-b-16 --accept-licence",
      "  semblance models pull siglip2-b-16 --hub https://hub.example.org --token-file token.txt"
    })
final class ModelsPull extends Verb {

  @Parameters(paramLabel = "ID", arity = "1..*", description = "Ids or names of the papers.")
  private List<String> names;

  @Option(
      names = "--accept-licence",
      showDefaultValue = Visibility.NEVER,
      description = "You have read and accept the licences of gated and non-commercial models.")
  private boolean accepted;

  @Mixin private HubOptions hub;

  @Mixin private ModelFolder folder;

  @Override
  int run(Console console) throws IOException {
    List<ModelCard> cards = cards();
    var pulled = new ArrayList<Pull.Result>();
    var refused = new LinkedHashMap<String, String>();
    var lines = new ArrayList<String>();
    try (var pull = new Pull(hub.hub(), folder.cache(), accepted)) {
      for (ModelCard card : cards) {
        Optional<RegistryCard> known = Registry.find(card.id());
        Optional<RegistryCard> text = Registry.findText(card.id());
        if (known.isEmpty() && text.isEmpty()) {
          lines.add(card.id() + ": built in, nothing to pull");
          continue;
        }
        try {
          Function<String, Progress> progress =
              file -> console.progress(card.id() + " " + file, "bytes");
          Pull.Result result =
              known.isPresent()
                  ? pull.pull(known.get(), progress)
                  : pull.pullText(text.orElseThrow(), progress);
          pulled.add(result);
          lines.add(story(result));
        } catch (SemblanceException e) {
          console.say(e.getMessage());
          refused.put(card.id(), e.getMessage());
        }
      }
    }
    List<Map<String, Object>> documents = pulled.stream().map(ModelsPull::described).toList();
    result(console, document("pulled", documents, "refused", refused), String.join("\n", lines));
    return refused.isEmpty() ? Semblance.DONE : Semblance.FAILED;
  }

  /// A wrong name stops all before the first file.
  private List<ModelCard> cards() {
    try {
      var out = new ArrayList<ModelCard>();
      for (String name : names) {
        out.add(Models.card(name));
      }
      return out;
    } catch (SemblanceException e) {
      throw usage(e.getMessage());
    }
  }

  private static String story(Pull.Result result) {
    return result.bytes() == 0
        ? "%s: here already, in %s".formatted(result.id(), result.folder())
        : "%s: %,d bytes to %s".formatted(result.id(), result.bytes(), result.folder());
  }

  private static Map<String, Object> described(Pull.Result result) {
    var out = new LinkedHashMap<String, Object>();
    out.put("id", result.id());
    out.put("folder", result.folder().toString());
    out.put("bytes", result.bytes());
    return out;
  }
}

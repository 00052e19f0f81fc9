package io.semblance.extract.registry;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// How to come by the weights of a model, in words that can be acted on.
public final class Advice {

  private static final String PLAIN = "[A-Za-z0-9._:/=@%+,-]+";

  private Advice() {}

  /// Every way there is, the best first.
  ///
  /// @param card of the model
  /// @param cache where its files are wanted
  /// @return one clause each, without a full stop
  public static List<String> ways(RegistryCard card, ModelCache cache) {
    var out = new ArrayList<String>();
    for (Weights weights : card.weights()) {
      out.add(
          switch (weights) {
            case Weights.Hub hub -> hub(card, hub, cache);
            case Weights.Export export ->
                "make it where Python and a network are: " + command(card, export, cache);
            case Weights.Own own ->
                "bring your own as %s: %s".formatted(cache.graph(card.id()), own.how());
          });
    }
    return out;
  }

  /// What to say when the weights are asked for and not there.
  ///
  /// @param card of the model
  /// @param cache where its files are wanted
  /// @return one sentence
  public static String missing(RegistryCard card, ModelCache cache) {
    return "%s is not on this machine (no %s); %s."
        .formatted(card.id(), cache.graph(card.id()), String.join("; or ", ways(card, cache)));
  }

  /// @param card of the model
  /// @param export one of its weights
  /// @param cache where the graph is wanted
  /// @return a command line for a shell, to be run in the program's folder
  public static String command(RegistryCard card, Weights.Export export, ModelCache cache) {
    Stream<String> words =
        Stream.of(
                List.of("python", "tools/export/export_model.py", export.spec()),
                export.options(),
                List.of("--id", card.id(), "--out", cache.folder(card.id()).toString()))
            .flatMap(List::stream);
    return words.map(Advice::quoted).collect(Collectors.joining(" "));
  }

  private static String hub(RegistryCard card, Weights.Hub hub, ModelCache cache) {
    Path folder = cache.folder(card.id());
    String files =
        hub.files().stream()
            .map(f -> "%s as %s".formatted(f.path(), folder.resolve(f.name())))
            .collect(Collectors.joining(" and "));
    return "get it with 'semblance models pull %s%s', or put from the hub's %s %s"
        .formatted(
            card.id(), card.terms().ask() ? " --accept-licence" : "", hub.repository(), files);
  }

  private static String quoted(String word) {
    return word.matches(PLAIN) ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}

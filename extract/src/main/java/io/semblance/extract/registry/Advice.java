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
    return ways(card.id(), card.weights(), card.terms(), cache);
  }

  /// The same for the text tower of a model.
  ///
  /// @param card of the model, with a text half
  /// @param cache where its files are wanted
  /// @return one clause each, without a full stop
  public static List<String> textWays(RegistryCard card, ModelCache cache) {
    return ways(TextHalf.id(card.id()), card.text().orElseThrow().weights(), card.terms(), cache);
  }

  private static List<String> ways(
      String id, List<Weights> all, RegistryCard.Terms terms, ModelCache cache) {
    var out = new ArrayList<String>();
    for (Weights weights : all) {
      out.add(
          switch (weights) {
            case Weights.Hub hub -> hub(id, terms, hub, cache);
            case Weights.Export export ->
                "make it where Python and a network are: " + command(id, export, cache);
            case Weights.Own own ->
                "bring your own as %s: %s".formatted(cache.graph(id), own.how());
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

  /// @param card of a model with a text half
  /// @param cache where the text tower's files are wanted
  /// @return one sentence
  static String missingText(RegistryCard card, ModelCache cache) {
    String id = TextHalf.id(card.id());
    return "%s is not on this machine (no %s); %s."
        .formatted(id, cache.graph(id), String.join("; or ", textWays(card, cache)));
  }

  /// @param card of the model
  /// @param export one of its weights
  /// @param cache where the graph is wanted
  /// @return a command line for a shell, to be run in the program's folder
  public static String command(RegistryCard card, Weights.Export export, ModelCache cache) {
    return command(card.id(), export, cache);
  }

  private static String command(String id, Weights.Export export, ModelCache cache) {
    Stream<String> words =
        Stream.of(
                List.of("python", "tools/export/export_model.py", export.spec()),
                export.options(),
                List.of("--id", id, "--out", cache.folder(id).toString()))
            .flatMap(List::stream);
    return words.map(Advice::quoted).collect(Collectors.joining(" "));
  }

  private static String hub(
      String id, RegistryCard.Terms terms, Weights.Hub hub, ModelCache cache) {
    Path folder = cache.folder(id);
    String files =
        hub.files().stream()
            .map(f -> "%s as %s".formatted(f.path(), folder.resolve(f.name())))
            .collect(Collectors.joining(" and "));
    return "get it with 'semblance models pull %s%s', or put from the hub's %s %s"
        .formatted(id, terms.ask() ? " --accept-licence" : "", hub.repository(), files);
  }

  private static String quoted(String word) {
    return word.matches(PLAIN) ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}

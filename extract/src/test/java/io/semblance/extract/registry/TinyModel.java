package io.semblance.extract.registry;

import io.semblance.extract.onnx.TinyGraph;
import java.nio.charset.StandardCharsets;

/// A card of the registry whose graph is a hundred bytes: the mean colour of an image.
final class TinyModel {

  static final byte[] GRAPH =
      TinyGraph.of("GlobalAveragePool", new long[] {-1, 3, 8, 8}, new long[] {-1, 3, 1, 1});

  private static final String MODEL =
      """
      {"id": "tiny", "title": "Tiny", "licence": "MIT", "source": "made up", "input": "x",
       "output": "y", "dimension": 3, "resize": 8, "filter": "box", "crop": 8,
       "mean": [0, 0, 0], "std": [1, 1, 1], "pooling": "mean"}
      """;

  private TinyModel() {}

  /// @param more members of the card, each with a comma at its end
  /// @param weights of the card, as JSON
  static RegistryCard card(String more, String weights) {
    String json =
        """
        {"aliases": ["Tiny_1"], "family": "none", "paper": "since", "precision": "float32",
         %s "model": %s, "weights": [%s]}
        """
            .formatted(more, MODEL, weights);
    return RegistryReader.read("tiny", json.getBytes(StandardCharsets.UTF_8));
  }

  /// @param sha256 of the graph, or null where the card does not know it
  static RegistryCard hub(String sha256) {
    return card("", hubWeights(sha256));
  }

  static String hubWeights(String sha256) {
    return """
    {"kind": "hub", "repository": "a/tiny", "revision": "main",
     "files": [{"path": "onnx/model.onnx", "name": "model.onnx"%s}]}
    """
        .formatted(sha256 == null ? "" : ", \"sha256\": \"" + sha256 + "\"");
  }

  /// @param changes field and value in turn, as JSON
  /// @return a `model.json` as an export writes it
  static String json(String... changes) {
    String out = MODEL;
    for (int i = 0; i < changes.length; i += 2) {
      out =
          out.replaceFirst(
              "\"%s\": (\"[^\"]*\"|\\[[^]]*]|[^,}\\s]+)".formatted(changes[i]),
              "\"%s\": %s".formatted(changes[i], changes[i + 1]));
    }
    return out;
  }

  /// A card that stands for a model nobody can identify.
  static RegistryCard unknown() {
    var json =
        """
        {"aliases": [], "family": "none", "paper": "since", "precision": "float32",
         "known": {"title": "Tiny", "description": "Unknown.", "dimension": 3,
                   "licence": "unknown", "source": "not identified"},
         "weights": [{"kind": "own", "how": "whatever you have", "files": []}]}
        """;
    return RegistryReader.read("tiny", json.getBytes(StandardCharsets.UTF_8));
  }
}

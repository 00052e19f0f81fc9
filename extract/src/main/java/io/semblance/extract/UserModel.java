package io.semblance.extract;

import io.semblance.core.SemblanceException;
import io.semblance.core.file.AtomicFile;
import io.semblance.core.file.Sha256;
import io.semblance.core.table.Compute;
import io.semblance.extract.onnx.CardReader;
import io.semblance.extract.onnx.OnnxCard;
import io.semblance.extract.onnx.OnnxExtractor;
import io.semblance.extract.onnx.OnnxModelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A network of the user with its card beside it: `model.onnx` or `model.pt`, and `model.json`, and
/// `model.onnx.data` where the export kept weights apart.
///
/// @param graph the `.onnx` or `.pt` file
/// @param card what the `.json` says
/// @param modelCard the same, with the hash of the weights
record UserModel(Path graph, OnnxCard card, ModelCard modelCard) {

  private static final List<String> ENDINGS = List.of(".onnx", ".pt", ".torchscript");

  static boolean isPath(String name) {
    return name.endsWith(".json") || ENDINGS.stream().anyMatch(name::endsWith);
  }

  /// Reads and checks the card; the graph is only hashed.
  ///
  /// @param path of a file of the network, or of its card
  /// @param compute what is asked for; another form of the network, beside this one, may have it
  /// @param taken cards of models whose names a user's must not take
  /// @throws SemblanceException if a file is missing, or the card is wrong
  static UserModel find(String path, Compute compute, List<ModelCard> taken)
      throws SemblanceException {
    UserModel named = find(graph(Path.of(path)), taken);
    if (compute == Compute.FP32 || compute == named.card().compute()) {
      return named;
    }
    NetworkFiles files = NetworkFiles.beside(named.graph());
    Path other = files.of(compute);
    if (!Files.isRegularFile(other)) {
      throw files.missing(compute);
    }
    UserModel found = find(other, taken);
    if (compute == Compute.INT8 && found.card().compute() != compute) {
      throw new SemblanceException(
          "%s does not say \"compute\": \"int8\": write that in if %s is a quantised network."
              .formatted(json(other), other));
    }
    return new UserModel(
        found.graph(),
        found.card(),
        found.modelCard().computedIn(compute == found.card().compute() ? Compute.FP32 : compute));
  }

  private static UserModel find(Path graph, List<ModelCard> taken) throws SemblanceException {
    Path json = json(graph);
    if (!Files.isRegularFile(graph)) {
      throw new SemblanceException("There is no " + graph + ": check the path of the model.");
    }
    if (!Files.isRegularFile(json)) {
      throw new SemblanceException(
          "There is no %s: write the card that says how to feed %s, see docs/models.md."
              .formatted(json, graph.getFileName()));
    }
    try {
      OnnxCard card = CardReader.read(Files.readAllBytes(json), json.toString());
      if (taken.stream().anyMatch(c -> c.isCalled(card.id()))) {
        throw new SemblanceException(
            "%s: \"id\" is \"%s\", the name of a built-in model; choose another."
                .formatted(json, card.id()));
      }
      return new UserModel(graph, card, card.modelCard(weightsHash(graph)));
    } catch (SemblanceException e) {
      throw e;
    } catch (IOException e) {
      throw new SemblanceException(
          "Cannot read the model %s (%s): check the files.".formatted(graph, AtomicFile.reason(e)),
          e);
    }
  }

  // The network that a path means: a card means the one beside it, ONNX first.
  private static Path graph(Path path) {
    if (!path.toString().endsWith(".json")) {
      return path;
    }
    String stem = stem(path);
    for (String ending : ENDINGS) {
      if (Files.isRegularFile(Path.of(stem + ending))) {
        return Path.of(stem + ending);
      }
    }
    return Path.of(stem + ENDINGS.getFirst());
  }

  private static Path json(Path graph) {
    return Path.of(stem(graph) + ".json");
  }

  private static String stem(Path file) {
    return file.toString().substring(0, file.toString().lastIndexOf('.'));
  }

  Extractor open(Execution execution) throws SemblanceException {
    return NetworkFiles.isScript(graph)
        ? OnnxExtractor.openScript(card, modelCard, graph, execution)
        : OnnxExtractor.open(card, modelCard, new OnnxModelFile.OnDisk(graph), execution);
  }

  private static String weightsHash(Path graph) throws IOException {
    Path apart = graph.resolveSibling(graph.getFileName() + ".data");
    return Files.exists(apart) ? Sha256.of(Sha256.of(graph) + Sha256.of(apart)) : Sha256.of(graph);
  }
}

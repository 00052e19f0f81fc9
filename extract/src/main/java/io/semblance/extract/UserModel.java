package io.semblance.extract;

import io.semblance.core.SemblanceException;
import io.semblance.core.file.AtomicFile;
import io.semblance.core.file.Sha256;
import io.semblance.extract.onnx.CardReader;
import io.semblance.extract.onnx.OnnxCard;
import io.semblance.extract.onnx.OnnxExtractor;
import io.semblance.extract.onnx.OnnxModelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// An ONNX file of the user with its card beside it: `model.onnx` and `model.json`, and
/// `model.onnx.data` where the export kept weights apart.
///
/// @param graph the `.onnx` file
/// @param card what the `.json` says
/// @param modelCard the same, with the hash of the weights
record UserModel(Path graph, OnnxCard card, ModelCard modelCard) {

  static boolean isPath(String name) {
    return name.endsWith(".onnx") || name.endsWith(".json");
  }

  /// Reads and checks the card; the graph is only hashed.
  ///
  /// @param path of either file
  /// @param taken cards of models whose names a user's must not take
  /// @throws SemblanceException if a file is missing, or the card is wrong
  static UserModel find(String path, List<ModelCard> taken) throws SemblanceException {
    String stem = path.substring(0, path.lastIndexOf('.'));
    Path graph = Path.of(stem + ".onnx");
    Path json = Path.of(stem + ".json");
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

  Extractor open(int threads) throws SemblanceException {
    return OnnxExtractor.open(card, modelCard, new OnnxModelFile.OnDisk(graph), threads);
  }

  private static String weightsHash(Path graph) throws IOException {
    Path apart = graph.resolveSibling(graph.getFileName() + ".data");
    return Files.exists(apart) ? Sha256.of(Sha256.of(graph) + Sha256.of(apart)) : Sha256.of(graph);
  }
}

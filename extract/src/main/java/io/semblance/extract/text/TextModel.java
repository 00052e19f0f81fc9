package io.semblance.extract.text;

import io.semblance.core.SemblanceException;
import io.semblance.core.file.AtomicFile;
import io.semblance.core.file.Sha256;
import io.semblance.extract.ModelCard;
import io.semblance.extract.onnx.OnnxModelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A text tower on disk: `model.onnx`, its card `model.json`, and the tokenizer that the card
/// names.
///
/// @param graph the `.onnx` file
/// @param card what the `.json` says
/// @param weightsSha256 hash of the graph, and of the weights it keeps apart
public record TextModel(Path graph, TextCard card, String weightsSha256) {

  /// @param path of either file
  /// @return whether the card beside it is one of a text tower
  public static boolean isText(String path) {
    try {
      Path json = json(path);
      return Files.isRegularFile(json) && TextCardReader.isText(Files.readAllBytes(json));
    } catch (IOException _) {
      return false; // whoever opens it says why
    }
  }

  private static Path json(String path) {
    return Path.of(path.substring(0, path.lastIndexOf('.')) + ".json");
  }

  /// Reads and checks the card; the graph is only hashed.
  ///
  /// @param path of either file
  /// @return the model
  /// @throws SemblanceException if a file is missing, or the card is wrong
  public static TextModel find(String path) throws SemblanceException {
    Path json = json(path);
    Path graph = Path.of(path.substring(0, path.lastIndexOf('.')) + ".onnx");
    for (Path file : new Path[] {graph, json}) {
      if (!Files.isRegularFile(file)) {
        throw new SemblanceException("There is no " + file + ": check the path of the model.");
      }
    }
    try {
      TextCard card = TextCardReader.read(Files.readAllBytes(json), json.toString());
      Path tokenizer = graph.resolveSibling(card.tokenizer());
      if (!Files.exists(tokenizer)) {
        throw new SemblanceException(
            "There is no %s, the tokenizer that %s names: put it there, or correct \"tokenizer\"."
                .formatted(tokenizer, json));
      }
      return new TextModel(graph, card, hash(graph));
    } catch (SemblanceException e) {
      throw e;
    } catch (IOException e) {
      throw new SemblanceException(
          "Cannot read the model %s (%s): check the files.".formatted(graph, AtomicFile.reason(e)),
          e);
    }
  }

  private static String hash(Path graph) throws IOException {
    String hash = Sha256.of(graph);
    for (String ending : new String[] {".data", "_data"}) {
      Path apart = graph.resolveSibling(graph.getFileName() + ending);
      hash = Files.exists(apart) ? Sha256.of(hash + Sha256.of(apart)) : hash;
    }
    return hash;
  }

  /// @return the card, short of the tokenizer's hash
  public ModelCard modelCard() {
    return card.modelCard(weightsSha256, "tokenizer " + card.tokenizer());
  }

  /// Opens it.
  ///
  /// @param threads of ONNX Runtime, at least 1
  /// @return the extractor; close it
  /// @throws SemblanceException if tokenizer or graph cannot be loaded, or contradict the card
  @SuppressWarnings("MustBeClosedChecker") // the extractor owns and closes both
  public TextExtractor open(int threads) throws SemblanceException {
    Tokenizer tokenizer = tokenizer();
    try {
      TextGraph network = TextGraph.open(new OnnxModelFile.OnDisk(graph), card, threads);
      ModelCard modelCard = card.modelCard(weightsSha256, tokenizer.describe());
      return new TextExtractor(card, modelCard, tokenizer, network);
    } catch (SemblanceException | RuntimeException e) {
      tokenizer.close();
      throw e;
    }
  }

  private Tokenizer tokenizer() throws SemblanceException {
    Path path = graph.resolveSibling(card.tokenizer());
    if (card.tokenizerIsJson()) {
      return JsonTokenizer.read(path, card.contextLength(), card.padding(), card.cleaning());
    }
    var options =
        ClipTokenizer.Options.defaults()
            .withContextLength(card.contextLength())
            .withPadding(card.padding())
            .withCleaning(card.cleaning());
    return ClipTokenizer.read(path, options);
  }
}

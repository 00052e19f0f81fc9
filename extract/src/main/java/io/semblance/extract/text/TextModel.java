package io.semblance.extract.text;

import io.semblance.core.SemblanceException;
import io.semblance.core.file.AtomicFile;
import io.semblance.core.file.Sha256;
import io.semblance.extract.Execution;
import io.semblance.extract.ModelCard;
import io.semblance.extract.onnx.OnnxModelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

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
    TextCard card = card(json);
    var hashes = new ArrayList<String>();
    try {
      for (Path file : files(graph, card)) {
        hashes.add(Sha256.of(file));
      }
      return of(graph, card, hashes);
    } catch (SemblanceException e) {
      throw e;
    } catch (IOException e) {
      throw cannotRead(graph, e);
    }
  }

  /// @param json a card
  /// @return what it says
  /// @throws SemblanceException if it cannot be read, or is wrong
  public static TextCard card(Path json) throws SemblanceException {
    try {
      return TextCardReader.read(Files.readAllBytes(json), json.toString());
    } catch (SemblanceException e) {
      throw e;
    } catch (IOException e) {
      throw cannotRead(json, e);
    }
  }

  /// The files of a text tower.
  ///
  /// @param graph the `.onnx` file
  /// @param card how it is fed
  /// @return the graph, weights that it keeps apart, and the tokenizer's files
  /// @throws SemblanceException if the tokenizer is not there
  public static List<Path> files(Path graph, TextCard card) throws SemblanceException {
    Path tokenizer = graph.resolveSibling(card.tokenizer()).normalize();
    if (!Files.exists(tokenizer)) {
      throw new SemblanceException(
          "There is no %s, the tokenizer of %s: put it there, or correct \"tokenizer\" in its card."
              .formatted(tokenizer, graph));
    }
    var out = new ArrayList<Path>(List.of(graph));
    out.addAll(apart(graph));
    if (card.tokenizerIsJson()) {
      out.add(tokenizer);
    } else {
      for (String name : ClipVocabulary.FILES) {
        Path file = tokenizer.resolve(name);
        if (Files.exists(file)) {
          out.add(file);
        }
      }
    }
    return out;
  }

  private static List<Path> apart(Path graph) {
    return Stream.of(".data", "_data")
        .map(ending -> graph.resolveSibling(graph.getFileName() + ending))
        .filter(Files::exists)
        .toList();
  }

  /// @param graph the `.onnx` file
  /// @param card how it is fed
  /// @param hashes of [#files]
  /// @return the model
  public static TextModel of(Path graph, TextCard card, List<String> hashes) {
    String hash = hashes.getFirst();
    for (String other : hashes.subList(1, 1 + apart(graph).size())) {
      hash = Sha256.of(hash + other);
    }
    return new TextModel(graph, card, hash);
  }

  private static SemblanceException cannotRead(Path file, IOException e) {
    return new SemblanceException(
        "Cannot read the model %s (%s): check the files.".formatted(file, AtomicFile.reason(e)), e);
  }

  /// @return the card, short of the tokenizer's hash
  public ModelCard modelCard() {
    return card.modelCard(weightsSha256, card.tokenizerText());
  }

  /// Opens it.
  ///
  /// @param execution threads of ONNX Runtime, and where it runs
  /// @return the extractor; close it
  /// @throws SemblanceException if tokenizer or graph cannot be loaded, or contradict the card
  @SuppressWarnings("MustBeClosedChecker") // the extractor owns and closes both
  public TextExtractor open(Execution execution) throws SemblanceException {
    Tokenizer tokenizer = tokenizer();
    try {
      TextGraph network = TextGraph.open(new OnnxModelFile.OnDisk(graph), card, execution);
      ModelCard modelCard = card.modelCard(weightsSha256, tokenizer.describe());
      return new TextExtractor(card, modelCard, tokenizer, network);
    } catch (SemblanceException | RuntimeException e) {
      tokenizer.close();
      throw e;
    }
  }

  private Tokenizer tokenizer() throws SemblanceException {
    Path path = graph.resolveSibling(card.tokenizer()).normalize();
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

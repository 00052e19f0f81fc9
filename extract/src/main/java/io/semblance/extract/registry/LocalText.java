package io.semblance.extract.registry;

import io.semblance.core.SemblanceException;
import io.semblance.core.file.AtomicFile;
import io.semblance.extract.Execution;
import io.semblance.extract.ModelCard;
import io.semblance.extract.text.TextCard;
import io.semblance.extract.text.TextExtractor;
import io.semblance.extract.text.TextModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The files of a registry model's text tower on this machine: `model.onnx`, `model.json` and the
/// tokenizer, in a folder called after [TextHalf#id].
///
/// @param card of the image model, with a text half
/// @param cache where the files are looked for
public record LocalText(RegistryCard card, ModelCache cache) {

  /// @return id of the text tower
  public String id() {
    return TextHalf.id(card.id());
  }

  /// @return the graph; it need not be there
  public Path graph() {
    return cache.graph(id());
  }

  /// @return whether the graph is there
  public boolean present() {
    return Files.isRegularFile(graph());
  }

  /// @return what can be said without the files
  public ModelCard modelCard() {
    TextHalf half = card.text().orElseThrow();
    ModelCard image = card.model();
    return half.card()
        .map(c -> c.modelCard(null, c.tokenizerText()))
        .orElseGet(
            () ->
                new ModelCard(
                    id(),
                    List.of(),
                    image.kind(),
                    image.title() + ", text tower",
                    "The text projection of " + image.title() + "; in the space of its images.",
                    image.dimension(),
                    null,
                    image.licence(),
                    image.source(),
                    "text; the card that its export writes says the rest",
                    false));
  }

  /// @return the model, with its card held against the registry's
  /// @throws SemblanceException if a file is missing, or the card says something else than the
  ///   registry; the message says what to do
  public TextModel model() throws SemblanceException {
    if (!present()) {
      throw new SemblanceException(Advice.missingText(card, cache));
    }
    TextCard there = textCard();
    try {
      return TextModel.of(graph(), there, known().hashes(files()));
    } catch (SemblanceException e) {
      throw e;
    } catch (IOException e) {
      throw new SemblanceException(
          "Cannot read %s (%s): check the files."
              .formatted(graph().getParent(), AtomicFile.reason(e)),
          e);
    }
  }

  /// How the graph on this machine is fed: as the card beside it says, else as the registry's does.
  private TextCard textCard() throws SemblanceException {
    Path json = graph().resolveSibling("model.json");
    if (!Files.exists(json)) {
      return card.text()
          .orElseThrow()
          .card()
          .orElseThrow(
              () ->
                  new SemblanceException(
                      "There is no %s, the card that the export of %s writes: put it there."
                          .formatted(json, id())));
    }
    TextCard there = TextModel.card(json);
    require("id", there.id(), id());
    require("space", String.valueOf(there.space()), card.id());
    require("dimension", there.dimension(), card.model().dimension());
    return there;
  }

  /// The files that are there: the graph, weights that it keeps apart, the tokenizer's.
  ///
  /// @throws SemblanceException if the card or the tokenizer is missing or wrong
  List<Path> files() throws SemblanceException {
    return TextModel.files(graph(), textCard());
  }

  /// What they should be.
  KnownFiles known() {
    Optional<Weights.Hub> hub =
        card.text().orElseThrow().weights().stream()
            .filter(w -> w instanceof Weights.Hub)
            .map(w -> (Weights.Hub) w)
            .findFirst();
    return new KnownFiles(id(), graph().getParent(), hub);
  }

  private void require(String field, Object found, Object expected) throws SemblanceException {
    if (!found.equals(expected)) {
      throw new SemblanceException(
          "%s: \"%s\" is %s, the registry's model has %s: export again with the command that 'semblance models show %s' prints, or use the graph under a name of its own by giving its path."
              .formatted(graph().resolveSibling("model.json"), field, found, expected, card.id()));
    }
  }

  /// Opens it.
  ///
  /// @param execution threads of ONNX Runtime, and where it runs
  /// @return the extractor; close it
  /// @throws SemblanceException as [#model], or if graph or tokenizer cannot be loaded
  public TextExtractor open(Execution execution) throws SemblanceException {
    return model().open(execution);
  }
}

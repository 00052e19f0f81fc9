package io.semblance.extract;

import io.semblance.core.SemblanceException;
import io.semblance.core.collection.ImageCollection;
import io.semblance.core.table.Compute;
import io.semblance.core.table.Provenance;
import io.semblance.extract.ensemble.CompressionEnsemble;
import io.semblance.extract.onnx.CardReader;
import io.semblance.extract.onnx.OnnxCard;
import io.semblance.extract.onnx.OnnxExtractor;
import io.semblance.extract.onnx.OnnxModelFile;
import io.semblance.extract.registry.LocalModel;
import io.semblance.extract.registry.LocalText;
import io.semblance.extract.registry.ModelCache;
import io.semblance.extract.registry.Registry;
import io.semblance.extract.registry.RegistryCard;
import io.semblance.extract.registry.TextHalf;
import io.semblance.extract.text.TextExtractor;
import io.semblance.extract.text.TextModel;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Finds extractors by name: the ones that come with the program, those of the [Registry], whose
/// weights are on this machine or not, and ONNX and TorchScript files of the user.
///
/// Listing reads no weights and loads no native library.
public final class Models {

  private static final String LITE0 = "efficientnet-lite0";
  private static final String LITE0_SHA256 =
      "5aa3408b8fca43aa0bb01ae6518607d651adc2b29872377e611cd5e59fc88d20";

  private Models() {}

  /// @return the cards of the built-in models, the one to begin with first
  public static List<ModelCard> cards() {
    return List.of(
        lite0().modelCard(LITE0_SHA256),
        GifCompression.CARD,
        PngFileSize.CARD,
        CompressionEnsemble.CARD,
        CompressionEnsemble.FAST_CARD,
        ConceptualExtractor.STYLE_BLIND,
        ConceptualExtractor.CATEGORY_BLIND,
        ConceptualExtractor.BALANCED);
  }

  /// @param name an id, an alias, or the path of a user's `.onnx`, `.pt` or `.json`
  /// @return the card of that model
  /// @throws SemblanceException if there is none; the message lists the ids
  public static ModelCard card(String name) throws SemblanceException {
    if (isTextPath(name)) {
      return text(name).modelCard();
    }
    Optional<LocalText> half = localText(name, ModelCache.standard());
    if (half.isPresent()) {
      return half.get().modelCard();
    }
    if (UserModel.isPath(name)) {
      return UserModel.find(name, Compute.FP32, cards()).modelCard();
    }
    for (ModelCard card : cards()) {
      if (card.isCalled(name)) {
        return card;
      }
    }
    return Registry.find(name).map(RegistryCard::model).orElseThrow(() -> unknown(name));
  }

  /// Whether a model can be opened, as far as that is seen without loading it.
  ///
  /// @param name as for [#card]
  /// @param compute what it shall compute in
  /// @param cache where the weights of registry models are looked for
  /// @throws SemblanceException if there is no such model, or its weights are not on this machine;
  ///   the message says which file to put where
  public static void requireAtHand(String name, Compute compute, ModelCache cache)
      throws SemblanceException {
    Optional<LocalModel> local = local(name, cache);
    Optional<LocalText> half = localText(name, cache);
    if (local.isPresent()) {
      local.get().in(compute).modelCard();
    } else if (half.isPresent()) {
      requireFloat32(half.get().model().modelCard(), compute);
    } else if (UserModel.isPath(name) && !isTextPath(name)) {
      UserModel.find(name, compute, cards());
    } else {
      requireFloat32(card(name), compute);
    }
  }

  // What is not in files of the user or the registry has no other form; only networks compute in
  // anything.
  private static void requireFloat32(ModelCard card, Compute compute) throws SemblanceException {
    if (compute != Compute.FP32 && card.kind() == Provenance.Kind.NEURAL) {
      throw new SemblanceException(
          "%s computes in fp32 only: leave --compute away.".formatted(card.id()));
    }
  }

  /// Opens a model.
  ///
  /// @param name an id, an alias, or the path of a user's `.onnx`, `.pt` or `.json`
  /// @param collection whose labels make the dimensions of the conceptual models; the others do not
  ///   look at it
  /// @param options how networks run
  /// @return the extractor; close it
  /// @throws SemblanceException if there is no such model, its card or graph is wrong, or the
  ///   collection lacks the labels it needs
  public static Extractor open(String name, ImageCollection collection, ExtractOptions options)
      throws SemblanceException {
    return open(name, collection, options, ModelCache.standard());
  }

  /// Opens a model.
  ///
  /// @param name as above
  /// @param collection as above
  /// @param options as above
  /// @param cache where the weights of registry models are looked for
  /// @return the extractor; close it
  /// @throws SemblanceException as above, or if the weights are not on this machine or are not the
  ///   published ones
  public static Extractor open(
      String name, ImageCollection collection, ExtractOptions options, ModelCache cache)
      throws SemblanceException {
    if (isTextPath(name) || localText(name, cache).isPresent()) {
      return openText(name, options.execution(0), cache);
    }
    if (UserModel.isPath(name)) {
      return UserModel.find(name, options.compute(), cards())
          .open(options.execution(collection.size()));
    }
    Optional<LocalModel> local = local(name, cache);
    if (local.isPresent()) {
      return local.get().in(options.compute()).open(options.execution(collection.size()));
    }
    ModelCard card = card(name);
    requireFloat32(card, options.compute());
    return switch (card.id()) {
      case LITE0 -> {
        var file = new OnnxModelFile.InMemory(LITE0, resource(LITE0 + "/model.onnx"));
        yield OnnxExtractor.open(lite0(), card, file, options.execution(collection.size()));
      }
      case "gif-compression" -> new GifCompression();
      case "png-filesize" -> new PngFileSize();
      case "compression-ensemble", "compression-ensemble-fast" -> CompressionEnsemble.open(card);
      default -> ConceptualExtractor.of(card, collection);
    };
  }

  /// Opens a text tower.
  ///
  /// @param name id of one of the registry's, or the path of a user's `.onnx` or `.json`
  /// @param execution threads of ONNX Runtime, and where it runs
  /// @param cache where the weights of registry models are looked for
  /// @return the extractor; close it
  /// @throws SemblanceException if it is no text tower, or cannot be opened
  public static TextExtractor openText(String name, Execution execution, ModelCache cache)
      throws SemblanceException {
    if (isTextPath(name)) {
      return text(name).open(execution);
    }
    return localText(name, cache)
        .orElseThrow(
            () ->
                new SemblanceException(
                    name
                        + " is no text tower: give a text tower of 'semblance models show', or the"
                        + " path of an .onnx file whose card has \"modality\": \"text\"."))
        .open(execution);
  }

  /// The text tower that shares the space of an image model of the registry.
  ///
  /// @param imageModel id of the image model
  /// @return its name, for [#openText], if the registry knows one
  public static Optional<String> textOf(String imageModel) {
    return Registry.find(imageModel)
        .filter(card -> card.text().isPresent())
        .map(card -> TextHalf.id(card.id()));
  }

  private static boolean isTextPath(String name) {
    return UserModel.isPath(name) && TextModel.isText(name);
  }

  private static TextModel text(String path) throws SemblanceException {
    TextModel model = TextModel.find(path);
    if (cards().stream().anyMatch(c -> c.isCalled(model.card().id()))) {
      throw new SemblanceException(
          "%s: \"id\" is \"%s\", the name of a built-in model; choose another."
              .formatted(path, model.card().id()));
    }
    return model;
  }

  private static Optional<LocalText> localText(String name, ModelCache cache) {
    return Registry.findText(name).map(card -> new LocalText(card, cache));
  }

  private static Optional<LocalModel> local(String name, ModelCache cache) {
    boolean builtIn = UserModel.isPath(name) || cards().stream().anyMatch(c -> c.isCalled(name));
    return builtIn
        ? Optional.empty()
        : Registry.find(name).map(card -> new LocalModel(card, cache));
  }

  private static OnnxCard lite0() {
    try {
      return CardReader.read(resource(LITE0 + "/model.json"), LITE0);
    } catch (SemblanceException e) {
      throw new IllegalStateException("the card of a built-in model is wrong", e);
    }
  }

  private static byte[] resource(String path) {
    try (InputStream in = Models.class.getResourceAsStream("models/" + path)) {
      if (in == null) {
        throw new IllegalStateException("the program was built without " + path);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static SemblanceException unknown(String name) {
    List<String> ids = cards().stream().map(ModelCard::id).toList();
    List<String> names =
        Stream.concat(cards().stream(), Registry.cards().stream().map(RegistryCard::model))
            .flatMap(c -> Stream.concat(Stream.of(c.id()), c.aliases().stream()))
            .toList();
    String nearest = ids.getFirst();
    for (String other : names) {
      if (edits(name, other) < edits(name, nearest)) {
        nearest = other;
      }
    }
    String guess =
        edits(name, nearest) <= nearest.length() / 3 ? " (did you mean " + nearest + "?)" : "";
    return new SemblanceException(
        "There is no model '%s'%s: choose from %s or the %d others of 'semblance models list', or give the path of an .onnx or .pt file with its .json card beside it."
            .formatted(name, guess, String.join(", ", ids), Registry.cards().size()));
  }

  // Levenshtein distance: letters to insert, delete or replace.
  private static int edits(String a, String b) {
    int[] above = new int[b.length() + 1];
    java.util.Arrays.setAll(above, j -> j);
    for (int i = 1; i <= a.length(); i++) {
      int corner = above[0];
      above[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = corner + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        corner = above[j];
        above[j] = Math.min(replaced, 1 + Math.min(above[j], above[j - 1]));
      }
    }
    return above[b.length()];
  }
}

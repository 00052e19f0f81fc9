package io.semblance.extract;

import io.semblance.core.SemblanceException;
import io.semblance.core.collection.ImageCollection;
import io.semblance.extract.ensemble.CompressionEnsemble;
import io.semblance.extract.onnx.CardReader;
import io.semblance.extract.onnx.OnnxCard;
import io.semblance.extract.onnx.OnnxExtractor;
import io.semblance.extract.onnx.OnnxModelFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/// Finds extractors by name: the ones that come with the program, and ONNX files of the user.
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

  /// @param name an id, an alias, or the path of a user's `.onnx` or `.json`
  /// @return the card of that model
  /// @throws SemblanceException if there is none; the message lists the ids
  public static ModelCard card(String name) throws SemblanceException {
    if (UserModel.isPath(name)) {
      return UserModel.find(name, cards()).modelCard();
    }
    for (ModelCard card : cards()) {
      if (card.isCalled(name)) {
        return card;
      }
    }
    throw unknown(name);
  }

  /// Opens a model.
  ///
  /// @param name an id, an alias, or the path of a user's `.onnx` or `.json`
  /// @param collection whose labels make the dimensions of the conceptual models; the others do not
  ///   look at it
  /// @param options threads of ONNX Runtime
  /// @return the extractor; close it
  /// @throws SemblanceException if there is no such model, its card or graph is wrong, or the
  ///   collection lacks the labels it needs
  public static Extractor open(String name, ImageCollection collection, ExtractOptions options)
      throws SemblanceException {
    if (UserModel.isPath(name)) {
      return UserModel.find(name, cards()).open(options.threads());
    }
    ModelCard card = card(name);
    return switch (card.id()) {
      case LITE0 -> {
        var file = new OnnxModelFile.InMemory(LITE0, resource(LITE0 + "/model.onnx"));
        yield OnnxExtractor.open(lite0(), card, file, options.threads());
      }
      case "gif-compression" -> new GifCompression();
      case "png-filesize" -> new PngFileSize();
      case "compression-ensemble", "compression-ensemble-fast" -> CompressionEnsemble.open(card);
      default -> ConceptualExtractor.of(card, collection);
    };
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
    String nearest = ids.getFirst();
    for (String id : ids) {
      if (edits(name, id) < edits(name, nearest)) {
        nearest = id;
      }
    }
    String guess =
        edits(name, nearest) <= nearest.length() / 3 ? " (did you mean " + nearest + "?)" : "";
    return new SemblanceException(
        "There is no model '%s'%s: choose from %s, or give the path of an .onnx file with its .json card beside it."
            .formatted(name, guess, String.join(", ", ids)));
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

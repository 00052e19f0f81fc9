package io.semblance.extract.text;

import io.semblance.core.SemblanceException;
import io.semblance.core.file.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// A tokenizer of CLIP as transformers' `save_pretrained` leaves it: `vocab.json` and `merges.txt`,
/// or `tokenizer.json`, and beside them what fills a text up and which further tokens there are.
public final class SavedTokenizer {

  private static final String END = "<|endoftext|>";

  private SavedTokenizer() {}

  /// Reads a tokenizer. What fills texts up is a token like the begin and the end: it is found in a
  /// text before anything is split, so that with `!` for a filler every `!` is one, as in
  /// transformers.
  ///
  /// @param folder of the tokenizer
  /// @param length most tokens of a text; a smaller `model_max_length` counts
  /// @param added further tokens and their ids
  /// @return the tokenizer
  /// @throws SemblanceException if a file is missing or is not what it should be
  public static ClipTokenizer read(Path folder, int length, Map<String, Integer> added)
      throws IOException {
    JsonNode config = json(folder.resolve("tokenizer_config.json"));
    JsonNode special = json(folder.resolve("special_tokens_map.json"));
    String pad = token(config.path("pad_token"), token(special.path("pad_token"), END));
    var further = new HashMap<String, Integer>();
    for (Map.Entry<String, JsonNode> entry : config.path("added_tokens_decoder").properties()) {
      String content = entry.getValue().path("content").asString("");
      if (!content.isEmpty() && entry.getKey().matches("[0-9]{1,9}")) {
        further.put(content, Integer.valueOf(entry.getKey()));
      }
    }
    ClipVocabulary vocabulary = ClipVocabulary.read(folder);
    Integer filler = vocabulary.id(pad);
    if (filler == null) {
      filler = further.getOrDefault(pad, vocabulary.added().get(pad));
    }
    if (filler == null) {
      throw new SemblanceException(
          "%s: the token that fills texts up, \"%s\", is not in the vocabulary: copy the files of one tokenizer."
              .formatted(folder, pad));
    }
    further.put(pad, filler);
    further.remove(END);
    further.remove("<|startoftext|>");
    further.putAll(added);
    double most = config.path("model_max_length").asDouble(length);
    return ClipTokenizer.read(
        folder,
        ClipTokenizer.Options.defaults()
            .withContextLength((int) Math.min(most, length))
            .withPadding(pad.equals(END) ? Padding.EOS : new Padding(filler))
            .withAdded(further));
  }

  private static JsonNode json(Path file) throws IOException {
    return Files.exists(file)
        ? Json.read(file, JsonNode.class)
        : tools.jackson.databind.node.MissingNode.getInstance();
  }

  private static String token(JsonNode node, String otherwise) {
    return node.isObject()
        ? node.path("content").asString(otherwise)
        : node.isString() ? node.stringValue() : otherwise;
  }
}

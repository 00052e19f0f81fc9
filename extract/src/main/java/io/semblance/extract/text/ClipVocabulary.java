package io.semblance.extract.text;

import io.semblance.core.SemblanceException;
import io.semblance.core.file.AtomicFile;
import io.semblance.core.file.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The tokens of CLIP and the pairs that make them: byte-level byte pair encoding, the last token
/// of a word with `</w>` at its end. Source: `simple_tokenizer.py` of OpenAI's CLIP.
final class ClipVocabulary {

  /// What a folder holds; the last only where there are such tokens.
  static final List<String> FILES = List.of("vocab.json", "merges.txt", "added_tokens.json");

  private static final String END = "</w>";
  private static final List<String> STARTS_AND_ENDS =
      List.of("<|startoftext|>", "<start_of_text>", "<|endoftext|>", "<end_of_text>");
  private static final String[] LETTERS = letters();

  private final Map<String, Integer> ids;
  private final Map<String, Integer> ranks;
  private final Map<String, Integer> added;
  private final String sha256;

  private ClipVocabulary(
      Map<String, Integer> ids,
      Map<String, Integer> ranks,
      Map<String, Integer> added,
      String sha256) {
    this.ids = ids;
    this.ranks = ranks;
    this.added = added;
    this.sha256 = sha256;
  }

  /// @param folder with `vocab.json` and `merges.txt`, and `added_tokens.json` where there are any,
  ///   or with `tokenizer.json` alone
  /// @throws SemblanceException if a file is missing or is not what it should be
  static ClipVocabulary read(Path folder) throws SemblanceException {
    Path single = folder.resolve("tokenizer.json");
    if (!Files.exists(folder.resolve(FILES.get(0))) && Files.isRegularFile(single)) {
      return ofSingle(single, folder);
    }
    Path vocab = folder.resolve(FILES.get(0));
    Path merges = folder.resolve(FILES.get(1));
    Path added = folder.resolve(FILES.get(2));
    byte[] words = bytes(vocab, folder);
    byte[] pairs = bytes(merges, folder);
    byte[] more = Files.exists(added) ? bytes(added, folder) : new byte[0];
    Map<String, Integer> ids = ids(words, vocab);
    var out =
        new ClipVocabulary(
            ids,
            ranks(new String(pairs, StandardCharsets.UTF_8).split("\r?\n"), merges, ids),
            more.length == 0 ? Map.of() : ids(more, added),
            Sha256.of(Sha256.of(words) + Sha256.of(pairs) + Sha256.of(more)));
    requireLetters(ids, vocab);
    return out;
  }

  private static void requireLetters(Map<String, Integer> ids, Path file)
      throws SemblanceException {
    for (String letter : LETTERS) {
      if (!ids.containsKey(letter) || !ids.containsKey(letter + END)) {
        throw new SemblanceException(
            "%s lacks the token \"%s\" or \"%s%s\": a vocabulary of CLIP has both of each of the 256 bytes."
                .formatted(file, letter, letter, END));
      }
    }
  }

  /// As newer versions of transformers save it: everything in one file.
  private static ClipVocabulary ofSingle(Path file, Path folder) throws SemblanceException {
    byte[] json = bytes(file, folder);
    JsonNode root = tree(json, file);
    JsonNode model = root.path("model");
    if (!model.path("end_of_word_suffix").asString("").equals(END) || !model.has("merges")) {
      throw new SemblanceException(
          file + " is no tokenizer of CLIP (byte pairs whose words end in </w>): use the model's.");
    }
    Map<String, Integer> ids = ids(model.path("vocab"), file);
    requireLetters(ids, file);
    var lines = new ArrayList<String>();
    for (JsonNode pair : model.path("merges")) {
      lines.add(
          pair.isArray() && pair.size() == 2
              ? pair.get(0).asString("") + " " + pair.get(1).asString("")
              : pair.asString(""));
    }
    var added = new HashMap<String, Integer>();
    for (JsonNode token : root.path("added_tokens")) {
      String content = token.path("content").asString("");
      if (!content.isEmpty() && !STARTS_AND_ENDS.contains(content)) {
        added.put(content, token.path("id").asInt(-1));
      }
    }
    return new ClipVocabulary(
        ids, ranks(lines.toArray(String[]::new), file, ids), added, Sha256.of(json));
  }

  private static JsonNode tree(byte[] json, Path file) throws SemblanceException {
    try {
      return JsonMapper.shared().readTree(json);
    } catch (JacksonException e) {
      throw new SemblanceException(
          "%s is not JSON (%s): copy it again.".formatted(file, e.getOriginalMessage()), e);
    }
  }

  private static byte[] bytes(Path file, Path folder) throws SemblanceException {
    if (!Files.isRegularFile(file)) {
      throw new SemblanceException(
          "There is no %s: the tokenizer of CLIP is a folder with vocab.json and merges.txt; put both into %s."
              .formatted(file, folder));
    }
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new SemblanceException(
          "Cannot read %s (%s): make it readable.".formatted(file, AtomicFile.reason(e)), e);
    }
  }

  private static Map<String, Integer> ids(byte[] json, Path file) throws SemblanceException {
    return ids(tree(json, file), file);
  }

  private static Map<String, Integer> ids(JsonNode root, Path file) throws SemblanceException {
    var out = new HashMap<String, Integer>();
    root.properties().forEach(e -> out.put(e.getKey(), e.getValue().asInt(-1)));
    if (!root.isObject() || out.isEmpty() || out.containsValue(-1)) {
      throw new SemblanceException(
          file + " is not an object of tokens and their ids: copy it again.");
    }
    return out;
  }

  private static Map<String, Integer> ranks(String[] lines, Path file, Map<String, Integer> ids)
      throws SemblanceException {
    var out = new HashMap<String, Integer>();
    for (int i = 0; i < lines.length; i++) {
      String line = lines[i].strip();
      if (line.isEmpty() || i == 0 && line.startsWith("#version")) {
        continue;
      }
      String[] pair = line.split(" ");
      if (pair.length != 2 || !ids.containsKey(pair[0] + pair[1])) {
        throw new SemblanceException(
            "%s, line %d: \"%s\" is no pair of tokens that vocab.json has joined: both files must be of one model."
                .formatted(file, i + 1, line));
      }
      out.putIfAbsent(line, out.size());
    }
    return out;
  }

  /// @return the id of a token, or null
  Integer id(String token) {
    return ids.get(token);
  }

  /// @return further tokens, matched as they stand, and their ids
  Map<String, Integer> added() {
    return added;
  }

  /// @return hash of the files
  String sha256() {
    return sha256;
  }

  /// Encodes one word.
  ///
  /// @param word not empty, without white space
  /// @param into receives its ids
  void encode(String word, List<Integer> into) {
    byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
    List<String> parts = new ArrayList<>(bytes.length);
    for (byte b : bytes) {
      parts.add(LETTERS[b & 0xFF]);
    }
    parts.set(parts.size() - 1, parts.getLast() + END);
    for (String pair = best(parts); pair != null; pair = best(parts)) {
      parts = joined(parts, pair);
    }
    for (String part : parts) {
      into.add(ids.get(part));
    }
  }

  // The pair that was learnt first, or null.
  private String best(List<String> parts) {
    String best = null;
    int least = Integer.MAX_VALUE;
    for (int i = 1; i < parts.size(); i++) {
      String pair = parts.get(i - 1) + " " + parts.get(i);
      int rank = ranks.getOrDefault(pair, Integer.MAX_VALUE);
      if (rank < least) {
        best = pair;
        least = rank;
      }
    }
    return best;
  }

  private static List<String> joined(List<String> parts, String pair) {
    int space = pair.indexOf(' ');
    String first = pair.substring(0, space);
    String second = pair.substring(space + 1);
    var out = new ArrayList<String>(parts.size());
    for (int i = 0; i < parts.size(); i++) {
      boolean here =
          i + 1 < parts.size() && parts.get(i).equals(first) && parts.get(i + 1).equals(second);
      out.add(here ? first + second : parts.get(i));
      i += here ? 1 : 0;
    }
    return out;
  }

  /// A printable character for every byte: itself where it is one, else one from U+0100 on.
  private static String[] letters() {
    var out = new String[256];
    int next = 256;
    for (int b = 0; b < 256; b++) {
      boolean printable = b >= '!' && b <= '~' || b >= 0xA1 && b <= 0xAC || b >= 0xAE;
      out[b] = Character.toString(printable ? b : next++);
    }
    return out;
  }
}

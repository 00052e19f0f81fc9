package io.semblance.extract.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.semblance.core.SemblanceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Token ids are those of transformers, open_clip and tokenizers; see
/// `tools/reference/golden_tokenizers.py`.
class TokenizerGoldenTest {

  /// Another folder with a vocabulary and its `golden.json`, such as the whole one of CLIP.
  private static final Path CLIP =
      Path.of(
          System.getProperty(
              "semblance.clipGolden",
              "src/test/resources/io/semblance/extract/text/tokenizers/clip"));

  private static final Path GEMMA =
      Path.of("src/test/resources/io/semblance/extract/text/tokenizers/gemma");

  @TempDir Path temp;

  @Test
  void clipHasTheIdsOfTransformers() throws IOException {
    var tokenizer = ClipTokenizer.read(CLIP, ClipTokenizer.Options.defaults());
    compare(tokenizer, golden(CLIP), "transformers");
  }

  @ParameterizedTest
  @CsvSource({
    "lower, OPEN_CLIP",
    "whitespace, OPEN_CLIP_WHITESPACE",
    "canonicalize, OPEN_CLIP_CANONICALIZE"
  })
  void clipHasTheIdsOfOpenClip(String style, TextCleaning cleaning) throws IOException {
    var options = ClipTokenizer.Options.openClip().withCleaning(cleaning);
    compare(ClipTokenizer.read(openClipNames(), options), golden(CLIP), style);
  }

  /// The same vocabulary with begin and end as open_clip calls them.
  private Path openClipNames() throws IOException {
    String vocab = Files.readString(CLIP.resolve("vocab.json"));
    Files.writeString(
        temp.resolve("vocab.json"),
        vocab
            .replace("\"<|startoftext|>\"", "\"<start_of_text>\"")
            .replace("\"<|endoftext|>\"", "\"<end_of_text>\""));
    Files.copy(CLIP.resolve("merges.txt"), temp.resolve("merges.txt"));
    return temp;
  }

  @Test
  void addedTokensAreFoundBeforeAnythingIsSplit() throws IOException {
    JsonNode golden = golden(CLIP);
    Map<String, Integer> added =
        Map.of("<new1>", golden.get("new1").asInt(), "<new12>", golden.get("new12").asInt());
    var options = ClipTokenizer.Options.defaults().withAdded(added);
    var tokenizer = ClipTokenizer.read(CLIP, options);
    for (JsonNode row : golden.get("added")) {
      assertArrayEquals(ids(row, "ids"), used(tokenizer, row), row.get("text").asString());
    }
    assertTrue(golden.get("added").size() >= 10);
  }

  @Test
  void paddingIsTheEndAgainOrZero() throws IOException {
    var transformers = ClipTokenizer.read(CLIP, ClipTokenizer.Options.defaults());
    var zero = ClipTokenizer.read(CLIP, ClipTokenizer.Options.defaults().withPadding(Padding.ZERO));
    var openClip = ClipTokenizer.read(CLIP, ClipTokenizer.Options.openClip());
    for (JsonNode row : golden(CLIP).get("padded")) {
      String text = row.get("text").asString();
      assertArrayEquals(ids(row, "eos"), transformers.encode(text).ids(), text);
      assertArrayEquals(ids(row, "zero"), zero.encode(text).ids(), text);
      assertArrayEquals(ids(row, "open_clip"), openClip.encode(text).ids(), text);
    }
  }

  @Test
  void aTokenizerJsonHasTheIdsOfTokenizers() throws IOException {
    JsonNode golden = golden(GEMMA);
    int context = golden.get("context").asInt();
    try (var tokenizer =
        JsonTokenizer.read(
            GEMMA.resolve("tokenizer.json"), context, Padding.ZERO, TextCleaning.NONE)) {
      for (JsonNode row : golden.get("texts")) {
        String text = row.get("text").asString();
        assertArrayEquals(ids(row, "ids"), tokenizer.encode(text).ids(), text);
      }
    }
  }

  private static void compare(Tokenizer tokenizer, JsonNode golden, String library)
      throws SemblanceException {
    int compared = 0;
    var wrong = new StringBuilder();
    for (JsonNode row : golden.get("texts")) {
      if (row.has(library)) {
        int[] expected = ids(row, library);
        int[] found = used(tokenizer, row);
        if (!Arrays.equals(expected, found)) {
          wrong.append(
              "%s%n  expected %s%n  found    %s%n"
                  .formatted(row.get("text"), Arrays.toString(expected), Arrays.toString(found)));
        }
        compared++;
      }
    }
    assertEquals("", wrong.toString());
    assertTrue(compared >= 300, compared + " texts");
  }

  private static int[] used(Tokenizer tokenizer, JsonNode row) throws SemblanceException {
    Tokens tokens = tokenizer.encode(row.get("text").asString());
    return Arrays.copyOf(tokens.ids(), tokens.count());
  }

  private static int[] ids(JsonNode row, String name) {
    int[] out = new int[row.get(name).size()];
    for (int i = 0; i < out.length; i++) {
      out[i] = row.get(name).get(i).asInt();
    }
    return out;
  }

  private static JsonNode golden(Path folder) throws IOException {
    return JsonMapper.shared().readTree(Files.readAllBytes(folder.resolve("golden.json")));
  }
}

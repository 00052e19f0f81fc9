package io.semblance.extract.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.semblance.core.SemblanceException;
import io.semblance.core.file.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Folders of CLIP's tokenizer in the old form (two files) and the new one (one file); what the ids
/// should be is compared with transformers in `TokenizerGoldenTest` and, in synth, in
/// `LoopGoldenTest`.
class SavedTokenizerTest {

  @TempDir private Path folder;

  @BeforeEach
  void write() throws IOException {
    for (String name : List.of("vocab.json", "merges.txt")) {
      try (InputStream in = getClass().getResourceAsStream("tokenizers/clip/" + name)) {
        Files.write(folder.resolve(name), in.readAllBytes());
      }
    }
  }

  private int[] ids(String text) throws IOException {
    return SavedTokenizer.read(folder, 77, Map.of()).encode(text).ids();
  }

  private void config(String json) throws IOException {
    Files.writeString(folder.resolve("tokenizer_config.json"), json);
  }

  @Test
  void bothFormsGiveTheSameIds() throws IOException {
    int[] before = ids("a photo of two dogs, in 2024!");
    var merges = new ArrayList<List<String>>();
    for (String line : Files.readAllLines(folder.resolve("merges.txt"))) {
      if (!line.startsWith("#") && !line.isBlank()) {
        merges.add(List.of(line.split(" ")));
      }
    }
    var model = new LinkedHashMap<String, Object>();
    model.put("end_of_word_suffix", "</w>");
    model.put("vocab", Json.read(folder.resolve("vocab.json"), JsonNode.class));
    model.put("merges", merges);
    Json.write(Map.of("model", model), folder.resolve("tokenizer.json"));
    Files.delete(folder.resolve("vocab.json"));
    Files.delete(folder.resolve("merges.txt"));
    assertArrayEquals(before, ids("a photo of two dogs, in 2024!"));
    model.put("end_of_word_suffix", "");
    Json.write(Map.of("model", model), folder.resolve("tokenizer.json"));
    assertTrue(
        assertThrows(SemblanceException.class, () -> ids("a")).getMessage().contains("</w>"));
  }

  @Test
  void theFillerIsFoundInTexts() throws IOException {
    int end = SavedTokenizer.read(folder, 77, Map.of()).end();
    int[] plain = ids("dog!");
    assertEquals(end, plain[76]);
    config("{\"pad_token\": \"!\"}");
    int[] filled = ids("dog!");
    assertEquals(0, filled[76]);
    assertEquals(0, filled[indexOf(filled, end) - 1]);
    assertEquals(256, plain[indexOf(plain, end) - 1]);
    config("{\"pad_token\": {\"content\": \"!\"}, \"model_max_length\": 20}");
    assertEquals(20, ids("dog").length);
    config("{\"pad_token\": \"nothing\"}");
    assertThrows(SemblanceException.class, () -> ids("dog"));
  }

  @Test
  void addedTokensAreRead() throws IOException {
    config("{\"added_tokens_decoder\": {\"49999\": {\"content\": \"<new1>\"}}}");
    assertTrue(indexOf(ids("a <new1> dog"), 49_999) > 0);
    int[] given = SavedTokenizer.read(folder, 77, Map.of("<new2>", 50_000)).encode("<new2>").ids();
    assertEquals(50_000, given[1]);
  }

  private static int indexOf(int[] ids, int id) {
    for (int i = 0; i < ids.length; i++) {
      if (ids[i] == id) {
        return i;
      }
    }
    return -1;
  }
}

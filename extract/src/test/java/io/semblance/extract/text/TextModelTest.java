package io.semblance.extract.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.semblance.core.SemblanceException;
import io.semblance.core.collection.Labels;
import io.semblance.extract.Execution;
import io.semblance.extract.SourceImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A text tower with its card and tokenizer, and what is said where they do not fit.
class TextModelTest {

  private static final Path TINY =
      Path.of("src/test/resources/io/semblance/extract/text/parity/clip-open-clip");

  @TempDir Path temp;

  @BeforeEach
  void copy() throws IOException {
    for (String file : List.of("model.onnx", "model.json", "vocab.json", "merges.txt")) {
      Files.copy(TINY.resolve(file), temp.resolve(file));
    }
  }

  private TextExtractor open() throws SemblanceException {
    return TextModel.find(temp.resolve("model.onnx").toString()).open(Execution.of(1));
  }

  @Test
  void vectorsDoNotDependOnTheBatch() throws IOException {
    try (TextExtractor tower = open()) {
      List<String> texts = List.of("a dog", "", "a photo of two cats on a mat", "x");
      int d = tower.dimension();
      float[] together = new float[texts.size() * d];
      var prepared = new java.util.ArrayList<float[]>();
      for (String text : texts) {
        prepared.add(tower.prepare(source(text.getBytes(StandardCharsets.UTF_8))));
      }
      tower.embed(prepared, together);
      for (int i = 0; i < texts.size(); i++) {
        float[] row = Arrays.copyOfRange(together, i * d, (i + 1) * d);
        assertArrayEquals(tower.vector(texts.get(i)), row, 1e-5f);
      }
      assertEquals("tiny-clip", tower.space());
      assertTrue(tower.readsText());
    }
  }

  private static SourceImage source(byte[] bytes) {
    return new SourceImage("it", Labels.NONE, bytes);
  }

  @Test
  void whatIsNoTextIsRefused() throws IOException {
    try (TextExtractor tower = open()) {
      var e =
          assertThrows(
              SemblanceException.class, () -> tower.prepare(source(new byte[] {(byte) 0xFF})));
      assertTrue(e.getMessage().startsWith("it is no text in UTF-8"), e.getMessage());
    }
  }

  @Test
  void theTokenizerIsPartOfThePreprocessing() throws IOException {
    String before;
    try (TextExtractor tower = open()) {
      before = tower.card().preprocessing();
    }
    String merges = Files.readString(temp.resolve("merges.txt"));
    Files.writeString(
        temp.resolve("merges.txt"),
        merges.substring(0, merges.lastIndexOf('\n', merges.length() - 2) + 1));
    try (TextExtractor tower = open()) {
      assertTrue(!tower.card().preprocessing().equals(before), before);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"context_length\": 77|\"context_length\": 2|whole number from 3",
        "\"context_length\": 77|\"context_length\": 64|feeds [n, 64]: change it",
        "\"padding\": \"zero\"|\"padding\": \"end\"|give \"eos\", \"zero\" or the id of a token",
        "\"padding\": \"zero\"|\"padding\": -1|give \"eos\", \"zero\" or the id of a token",
        "\"tokenizer\": \".\"|\"tokenizer\": \"tokenizer.json\"|There is no",
        "\"tokenizer\": \".\"|\"tokenizer\": \"model.json\"|is no tokenizer.json",
        "\"cleaning\": \"open_clip\"|\"cleaning\": \"ftfy\"|one of \"none\", \"lowercase\"",
        "\"input\": \"input_ids\"|\"input\": \"ids\"|has the input \"input_ids\", which its card"
            + " does not feed",
        "\"output\": \"features\"|\"output\": \"text\"|has no output \"text\" (it has features)",
        "\"dimension\": 32|\"dimension\": 33|change it to 32",
        "\"pooling\": \"none\"|\"pooling\": \"mean\"|expects [n, tokens, dimension]",
        "\"space\": \"tiny-clip\"|\"space\": \"a/b\"|letters, digits",
        "\"modality\": \"text\"|\"modality\": \"sound\"|leave it out for a network of images",
        "\"licence\"|\"license\"|unknown field \"license\"",
        "\"normalize\": false|\"normalize\": 1|true or false",
      })
  void aWrongCardIsSaidFieldByField(String right, String wrong, String message) throws IOException {
    String card = Files.readString(temp.resolve("model.json"));
    assertTrue(card.contains(right), right);
    Files.writeString(temp.resolve("model.json"), card.replace(right, wrong));
    var e = assertThrows(SemblanceException.class, this::open);
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"vocab.json", "merges.txt"})
  void aDamagedTokenizerIsNamed(String file) throws IOException {
    Files.writeString(temp.resolve(file), "a b c\n");
    var e = assertThrows(SemblanceException.class, this::open);
    assertTrue(e.getMessage().contains(file), e.getMessage());
    Files.delete(temp.resolve(file));
    e = assertThrows(SemblanceException.class, this::open);
    assertTrue(e.getMessage().startsWith("There is no "), e.getMessage());
  }
}

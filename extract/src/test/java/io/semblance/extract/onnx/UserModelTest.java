package io.semblance.extract.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.semblance.core.SemblanceException;
import io.semblance.core.collection.ImageCollection;
import io.semblance.extract.ExtractOptions;
import io.semblance.extract.Extractor;
import io.semblance.extract.Models;
import io.semblance.extract.SampleImages;
import io.semblance.extract.SourceImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A user's own ONNX file with its card.
class UserModelTest {

  private static final String CARD =
      """
      {"id": "tiny", "input": "x", "output": "y", "dimension": 48, "resize": 4,
       "filter": "bilinear", "crop": 4, "mean": [0, 0, 0], "std": [1, 1, 1]}
      """;

  @TempDir Path temp;

  @BeforeEach
  void writeModel() throws IOException {
    write("Flatten", new long[] {-1, 3, 4, 4}, new long[] {-1, 48}, CARD);
  }

  @Test
  void theVectorOfAFlatteningGraphIsTheImageItself() throws IOException {
    SourceImage image = SampleImages.source("pattern:4x4");
    byte[] pixels = image.pixels().pixels();
    try (Extractor tiny = open("tiny.onnx")) {
      float[] vector = tiny.vector(image);
      for (int i = 0; i < 48; i++) {
        assertEquals((pixels[3 * (i % 16) + i / 16] & 0xFF) / 255f, vector[i]);
      }
      assertEquals("tiny", tiny.card().id());
      assertTrue(
          tiny.card().preprocessing().contains("shorter side 4 (bilinear"),
          tiny.card().preprocessing());
    }
  }

  @Test
  void eitherFileNamesTheModelAndTheHashIsOfTheGraph() throws IOException {
    try (Extractor byCard = open("tiny.json")) {
      String hash = io.semblance.core.file.Sha256.of(temp.resolve("tiny.onnx"));
      assertEquals(hash, byCard.card().weightsSha256());
      assertEquals(byCard.card(), Models.card(temp.resolve("tiny.onnx").toString()));
    }
  }

  @Test
  void aGraphOfFixedBatchSizeTakesAnyNumberOfImages() throws IOException {
    float[] open = embed(7);
    write("Flatten", new long[] {3, 3, 4, 4}, new long[] {3, 48}, CARD);
    assertArrayEquals(open, embed(7));
    assertArrayEquals(open, embed(7));
  }

  @Test
  void mapsAndTokensArePooled() throws IOException {
    float[] all = embed(2);
    String card = CARD.replace("48", "3").replace("}", ", \"pooling\": \"mean\"}");
    write("Relu", new long[] {-1, 3, 4, 4}, new long[] {-1, 3, 4, 4}, card);
    float[] pooled = embed(2);
    for (int v = 0; v < 6; v++) {
      double sum = 0;
      for (int i = 0; i < 16; i++) {
        sum += all[16 * v + i];
      }
      assertEquals(sum / 16, pooled[v], 1e-6);
    }
    float[] tokens = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
    float[] out = new float[2];
    Pooling.MEAN.pool(tokens, new long[] {2, 3, 2}, 1, out, 0);
    assertArrayEquals(new float[] {9, 10}, out);
    Pooling.FIRST.pool(tokens, new long[] {2, 3, 2}, 1, out, 0);
    assertArrayEquals(new float[] {7, 8}, out);
  }

  @Test
  void vectorsAreNormalisedWhereTheCardSaysSo() throws IOException {
    float[] plain = embed(2);
    card(CARD.replace("}", ", \"normalize\": true}"));
    float[] unit = embed(2);
    double norm = 0;
    for (int i = 0; i < 48; i++) {
      norm += (double) plain[i] * plain[i];
    }
    for (int i = 0; i < 48; i++) {
      assertEquals(plain[i] / Math.sqrt(norm), unit[i], 1e-6);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"crop\": 4|\"crop\": 5|\"crop\" is 5; give at most 4, which is \"resize\"",
        "\"std\": [1, 1, 1]|\"std\": [1, 0, 1]|\"std\" is [1,0,1]; give three numbers above 0",
        "\"bilinear\"|\"cubic\"|give one of \"nearest\", \"box\", \"bilinear\", \"hamming\","
            + " \"bicubic\", \"lanczos\"",
        "\"crop\"|\"resize_mode\": \"longer\", \"crop\"|give one of \"shorter\", \"squash\"",
        "\"crop\"|\"crop_offset\": 1, \"crop\"|\"crop_offset\" is 1; give one of \"even\","
            + " \"down\"",
        "\"id\": \"tiny\"|\"id\": \"a/b\"|\"id\" is \"a/b\"; give letters, digits",
        "\"id\": \"tiny\"|\"id\": \"balanced\"|the name of a built-in model",
        "\"filter\"|\"fliter\"|unknown field \"fliter\": known are compute, crop, crop_offset",
        "\"dimension\": 48,|''|lacks the field \"dimension\": give a whole number",
        "\"dimension\": 48|\"dimension\": 47|\"dimension\" is 47: change it to 48",
        "\"input\": \"x\"|\"input\": \"z\"|has no input \"z\" (it has x)",
        "\"output\": \"y\"|\"output\": \"z\"|has no output \"z\" (it has y)",
        "\"crop\": 4|\"crop\": 3|has the shape [n, 3, 4, 4], but the card's \"crop\" feeds [n, 3,"
            + " 3, 3]",
        "\"mean\"|\"pooling\": \"first\", \"mean\"|expects [n, tokens, dimension]",
        "\"id\"|id|is not JSON"
      })
  void aWrongCardIsExplained(String right, String wrong, String sentence) throws IOException {
    assertTrue(CARD.contains(right));
    card(CARD.replace(right, wrong));
    SemblanceException e = assertThrows(SemblanceException.class, () -> open("tiny.onnx").close());
    assertTrue(e.getMessage().contains(sentence), e.getMessage());
    assertTrue(e.getMessage().startsWith(temp.toString()), e.getMessage());
  }

  @Test
  void missingAndBrokenFilesAreNamed() throws IOException {
    assertMessage("other.onnx", "There is no ");
    Files.write(temp.resolve("bad.onnx"), new byte[] {1, 2, 3});
    assertMessage("bad.onnx", "bad.json: write the card that says how to feed bad.onnx");
    Files.writeString(temp.resolve("bad.json"), CARD);
    assertMessage(
        "bad.onnx", "cannot be loaded by ONNX Runtime (it is no ONNX file, or cut off): copy");
  }

  private void assertMessage(String model, String part) {
    SemblanceException e = assertThrows(SemblanceException.class, () -> open(model).close());
    assertTrue(e.getMessage().contains(part), e.getMessage());
  }

  private float[] embed(int images) throws IOException {
    try (Extractor tiny = open("tiny.onnx")) {
      var prepared = new ArrayList<float[]>();
      for (int i = 0; i < images; i++) {
        prepared.add(tiny.prepare(SampleImages.source("pattern:" + (9 + i) + "x8")));
      }
      float[] out = new float[images * tiny.dimension()];
      tiny.embed(prepared, out);
      return out;
    }
  }

  private Extractor open(String file) throws SemblanceException {
    var none = new ImageCollection(temp, List.of());
    return Models.open(temp.resolve(file).toString(), none, ExtractOptions.defaults());
  }

  private void write(String op, long[] input, long[] output, String card) throws IOException {
    Files.write(temp.resolve("tiny.onnx"), TinyGraph.of(op, input, output));
    card(card);
  }

  private void card(String text) throws IOException {
    Files.writeString(temp.resolve("tiny.json"), text);
  }
}

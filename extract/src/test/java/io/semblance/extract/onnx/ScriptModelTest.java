package io.semblance.extract.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.semblance.core.SemblanceException;
import io.semblance.core.collection.ImageCollection;
import io.semblance.core.table.Compute;
import io.semblance.extract.Device;
import io.semblance.extract.ExtractOptions;
import io.semblance.extract.Extractor;
import io.semblance.extract.Models;
import io.semblance.extract.SampleImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A user's own TorchScript file with its card. The files are of
/// `tools/reference/torchscript_fixtures.py`.
class ScriptModelTest {

  private static final Path FILES = Path.of("src/test/resources/io/semblance/extract/script");
  private static final String CARD =
      """
      {"id": "tiny", "input": "x", "output": "OUTPUT", "dimension": 48, "resize": 4,
       "filter": "bilinear", "crop": 4, "mean": [0, 0, 0], "std": [1, 1, 1]}
      """;
  private static final ExtractOptions OPTIONS = ExtractOptions.defaults().withThreads(1);

  @TempDir Path temp;

  @ParameterizedTest
  @CsvSource({
    "plain, y, 1",
    "dropout, y, 1",
    "tuple, 0, 1",
    "tuple, 1, 2",
    "list, 1, 2",
    "dict, features, 2"
  })
  void theWantedOutputIsFound(String file, String output, float factor) throws IOException {
    put(file, CARD.replace("OUTPUT", output));
    var prepared = new ArrayList<float[]>();
    float[] found = new float[5 * 48];
    try (Extractor extractor = open(OPTIONS)) {
      for (int i = 0; i < 5; i++) {
        prepared.add(extractor.prepare(SampleImages.source("pattern:" + (9 + i) + "x8")));
      }
      extractor.embed(prepared, found);
    }
    for (int i = 0; i < 5; i++) {
      for (int j = 0; j < 48; j++) {
        assertEquals(factor * prepared.get(i)[j], found[48 * i + j], 1e-6f);
      }
    }
  }

  @Test
  void mapsArePooled() throws IOException {
    String card = CARD.replace("OUTPUT", "tokens").replace("48", "3");
    put("dict", card.replace("}", ", \"pooling\": \"mean\"}"));
    try (Extractor extractor = open(OPTIONS)) {
      float[] image = extractor.prepare(SampleImages.source("pattern:9x8"));
      float[] vector = new float[3];
      extractor.embed(List.of(image), vector);
      for (int c = 0; c < 3; c++) {
        double sum = 0;
        for (int i = 0; i < 16; i++) {
          sum += image[16 * c + i];
        }
        assertEquals(sum / 16, vector[c], 1e-6);
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tuple|y|answers with a tuple of 2, and \"y\" is none of them: write a number from 0 to 1",
        "tuple|2|write a number from 0 to 1",
        "list|-1|answers with a list of 2",
        "dict|y|has no output \"y\" (it has tokens, features): correct \"output\"",
        "dict|tokens|the output \"tokens\" has the shape [1, 3, 4, 4], but the card's \"pooling\"",
        "text|y|answers with something that is neither a tensor nor",
        "fixed-batch|y|gives 2 vectors for 1 images: trace it again with a free batch size",
        "cuda|y|wants a CUDA device",
        "state-dict|y|holds weights without the network (a file of torch.save)",
        "no-archive|y|is not a TorchScript file",
        "cut-off|y|is cut off or damaged",
      })
  void whatCannotBeUsedIsExplained(String file, String output, String sentence) throws IOException {
    String card = CARD.replace("OUTPUT", output);
    put(file, file.equals("fixed-batch") ? card.replace("48", "24") : card);
    assertMessage(OPTIONS, sentence);
  }

  @Test
  void aWrongDimensionIsExplained() throws IOException {
    put("plain", CARD.replace("48", "47"));
    assertMessage(OPTIONS, "the card's \"dimension\" is 47: change it to 48");
  }

  @Test
  void anInputOfTheWrongSizeIsExplained() throws IOException {
    Files.copy(
        Path.of("src/test/resources/io/semblance/extract/parity/vit/model.pt"),
        temp.resolve("tiny.pt"));
    Files.writeString(temp.resolve("tiny.json"), CARD);
    assertMessage(OPTIONS, "fails on an input of the shape [1, 3, 4, 4]");
  }

  @Test
  void aDeviceThatIsNotThereIsExplained() throws IOException {
    put("plain", CARD);
    assertMessage(OPTIONS.withDevice(new Device(true, 0)), "libtorch finds no CUDA device");
  }

  @Test
  void bfloat16IsCloseAndSaysSo() throws IOException {
    Path vit = Path.of("src/test/resources/io/semblance/extract/parity/vit");
    float[] plain = vector(vit.resolve("model.pt"), OPTIONS);
    float[] reduced = vector(vit.resolve("model.onnx"), OPTIONS.withCompute(Compute.BF16));
    double largest = 0;
    double scale = 0;
    for (int i = 0; i < plain.length; i++) {
      largest = Math.max(largest, Math.abs(plain[i] - reduced[i]));
      scale = Math.max(scale, Math.abs(plain[i]));
    }
    assertTrue(largest > 0 && largest < 0.03 * scale, largest + " of " + scale);
    try (Extractor extractor =
        Models.open(
            vit.resolve("model.json").toString(), none(), OPTIONS.withCompute(Compute.BF16))) {
      assertEquals(Compute.BF16, Compute.of(extractor.card().provenance()));
    }
  }

  @Test
  void anotherFormOfTheNetworkIsTakenOrMissed() throws IOException {
    put("plain", CARD);
    assertMessage(OPTIONS.withCompute(Compute.INT8), "tiny.int8.onnx: int8 takes a quantised");
    Files.write(
        temp.resolve("tiny.int8.onnx"),
        TinyGraph.of("Flatten", new long[] {-1, 3, 4, 4}, new long[] {-1, 48}));
    String card = CARD.replace("OUTPUT", "y");
    Files.writeString(temp.resolve("tiny.int8.json"), card);
    assertMessage(OPTIONS.withCompute(Compute.INT8), "does not say \"compute\": \"int8\"");
    Files.writeString(
        temp.resolve("tiny.int8.json"), card.replace("}", ", \"compute\": \"int8\"}"));
    for (String name : List.of("tiny.pt", "tiny.int8.onnx")) {
      try (Extractor extractor =
          Models.open(temp.resolve(name).toString(), none(), OPTIONS.withCompute(Compute.INT8))) {
        assertTrue(extractor.card().preprocessing().endsWith("; computed in int8"));
      }
    }
    Files.delete(temp.resolve("tiny.pt"));
    SemblanceException e =
        assertThrows(
            SemblanceException.class,
            () ->
                Models.open(
                        temp.resolve("tiny.int8.onnx").toString(),
                        none(),
                        OPTIONS.withCompute(Compute.BF16))
                    .close());
    assertTrue(e.getMessage().contains("tiny.pt: bf16 is computed by libtorch"), e.getMessage());
  }

  @Test
  void batchesDoNotMixImages() throws IOException {
    put("plain", CARD);
    try (Extractor extractor = open(OPTIONS)) {
      float[] a = extractor.prepare(SampleImages.source("pattern:9x8"));
      float[] b = extractor.prepare(SampleImages.source("pattern:8x9"));
      float[] both = new float[96];
      float[] alone = new float[48];
      extractor.embed(List.of(a, b), both);
      extractor.embed(List.of(b), alone);
      assertArrayEquals(alone, java.util.Arrays.copyOfRange(both, 48, 96));
    }
  }

  private static float[] vector(Path model, ExtractOptions options) throws IOException {
    try (Extractor extractor = Models.open(model.toString(), none(), options)) {
      return extractor.vector(SampleImages.source("shapes.png"));
    }
  }

  private static ImageCollection none() {
    return new ImageCollection(Path.of(""), List.of());
  }

  private void put(String file, String card) throws IOException {
    Files.copy(FILES.resolve(file + ".pt"), temp.resolve("tiny.pt"));
    Files.writeString(temp.resolve("tiny.json"), card);
  }

  private Extractor open(ExtractOptions options) throws SemblanceException {
    return Models.open(temp.resolve("tiny.pt").toString(), none(), options);
  }

  private void assertMessage(ExtractOptions options, String part) {
    SemblanceException e = assertThrows(SemblanceException.class, () -> open(options).close());
    assertTrue(e.getMessage().contains(part), e.getMessage());
    assertTrue(
        e.getMessage().startsWith(temp.toString()) || !e.getMessage().contains("\n"),
        e.getMessage());
  }
}

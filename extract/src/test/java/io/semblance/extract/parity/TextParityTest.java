package io.semblance.extract.parity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.semblance.core.collection.ImageCollection;
import io.semblance.extract.Execution;
import io.semblance.extract.ExtractOptions;
import io.semblance.extract.Extractor;
import io.semblance.extract.Models;
import io.semblance.extract.SampleImages;
import io.semblance.extract.registry.ModelCache;
import io.semblance.extract.text.TextExtractor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/// From text to vector as open_clip and transformers do it, with tiny random towers; see
/// `tools/reference/tiny_texts.py`.
class TextParityTest {

  private static final Path FOLDER = Path.of("src/test/resources/io/semblance/extract/text/parity");
  private static final List<String> IMAGES =
      List.of("shapes.png", "noise.png", "pattern:640x480", "pattern:97x101");

  @TempDir Path temp;

  @ParameterizedTest
  @ValueSource(strings = {"clip-open-clip", "clip-transformers", "siglip"})
  void textsHaveTheVectorsOfTheLibrary(String family) throws IOException {
    float[][] golden = golden(family);
    Measure measure = Measure.of(golden, vectors(FOLDER.resolve(family), family));
    assertTrue(measure.passes(), measure::toString);
    assertTrue(golden.length >= 10);
  }

  @ParameterizedTest
  @ValueSource(strings = {"clip-open-clip", "clip-transformers", "siglip"})
  void normalisedVectorsAreThoseOfTheLibraryAtLengthOne(String family) throws IOException {
    float[][] golden = golden(family);
    for (float[] row : golden) {
      double norm = 0;
      for (float v : row) {
        norm += (double) v * v;
      }
      for (int j = 0; j < row.length; j++) {
        row[j] = (float) (row[j] / Math.sqrt(norm));
      }
    }
    Path folder = copy(family, "\"normalize\": false", "\"normalize\": true");
    Measure measure = Measure.of(golden, vectors(folder, family));
    assertTrue(measure.passes(), measure::toString);
  }

  @Test
  void aWrongCleaningIsFound() throws IOException {
    Path folder = copy("clip-open-clip", "\"open_clip\"", "\"none\"");
    assertFalse(Measure.of(golden("clip-open-clip"), vectors(folder, "clip-open-clip")).passes());
  }

  @Test
  void imagesAndTextsOfOneModelHaveTheCosinesOfTheLibrary() throws IOException {
    float[] golden = floats(FOLDER.resolve("clip-open-clip/cosines.npy"));
    float[][] texts = vectors(FOLDER.resolve("clip-open-clip"), "clip-open-clip");
    assertEquals(IMAGES.size() * texts.length, golden.length);
    Path graph = FOLDER.resolve("clip-open-clip/image/model.onnx");
    var none = new ImageCollection(temp, List.of());
    try (Extractor images =
        Models.open(graph.toString(), none, ExtractOptions.defaults().withThreads(1))) {
      for (int i = 0; i < IMAGES.size(); i++) {
        float[] image = images.vector(SampleImages.source(IMAGES.get(i)));
        for (int j = 0; j < texts.length; j++) {
          assertEquals(golden[i * texts.length + j], cosine(image, texts[j]), 1e-5);
        }
      }
    }
  }

  private static double cosine(float[] a, float[] b) {
    double dot = 0;
    double aa = 0;
    double bb = 0;
    for (int j = 0; j < a.length; j++) {
      dot += (double) a[j] * b[j];
      aa += (double) a[j] * a[j];
      bb += (double) b[j] * b[j];
    }
    return dot / Math.sqrt(aa * bb);
  }

  private Path copy(String family, String from, String to) throws IOException {
    Path out = Files.createDirectory(temp.resolve(family));
    for (String file :
        List.of("model.onnx", "model.json", "vocab.json", "merges.txt", "tokenizer.json")) {
      Path source = FOLDER.resolve(family).resolve(file);
      if (Files.exists(source)) {
        Files.copy(source, out.resolve(file));
      }
    }
    String card = Files.readString(out.resolve("model.json"));
    assertTrue(card.contains(from));
    Files.writeString(out.resolve("model.json"), card.replace(from, to));
    return out;
  }

  private static float[][] vectors(Path folder, String family) throws IOException {
    List<String> texts = texts(family);
    var out = new ArrayList<float[]>();
    var cache = new ModelCache(folder);
    String graph = folder.resolve("model.onnx").toString();
    try (TextExtractor tower = Models.openText(graph, Execution.of(1), cache)) {
      for (String text : texts) {
        out.add(tower.vector(text));
      }
    }
    return out.toArray(new float[0][]);
  }

  private static List<String> texts(String family) throws IOException {
    var out = new ArrayList<String>();
    byte[] json = Files.readAllBytes(FOLDER.resolve(family).resolve("golden.json"));
    JsonMapper.shared().readTree(json).get("texts").forEach(t -> out.add(t.asString()));
    return out;
  }

  private static float[][] golden(String family) throws IOException {
    float[] all = floats(FOLDER.resolve(family).resolve("vectors.npy"));
    int n = texts(family).size();
    float[][] out = new float[n][all.length / n];
    for (int i = 0; i < n; i++) {
      System.arraycopy(all, i * out[i].length, out[i], 0, out[i].length);
    }
    return out;
  }

  // A version 1.0 .npy: the header's length stands at byte 8.
  private static float[] floats(Path npy) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(npy)).order(ByteOrder.LITTLE_ENDIAN);
    var floats = bytes.position(10 + bytes.getShort(8)).slice().order(ByteOrder.LITTLE_ENDIAN);
    float[] out = new float[floats.remaining() / Float.BYTES];
    floats.asFloatBuffer().get(out);
    return out;
  }
}

package io.semblance.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.semblance.core.array.NumberArray;
import io.semblance.core.array.NumberType;
import io.semblance.core.array.SafetensorsWriter;
import io.semblance.core.file.Json;
import io.semblance.core.image.ImageReader;
import io.semblance.core.image.RgbImage;
import io.semblance.extract.codec.PngTexts;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// `generate`, and `embed` with a pipeline, on a tiny pipeline with random weights.
class GenerateVerbTest {

  private static final Path TINY =
      Path.of("../synth/src/test/resources/io/semblance/synth/reference/sd");

  @TempDir private static Path temp;
  private static String model;

  @BeforeAll
  static void writePipeline() throws IOException {
    Path folder = temp.resolve("tiny-sd");
    try (Stream<Path> files = Files.walk(TINY)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".json")).toList()) {
        Path target = folder.resolve(TINY.relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
    JsonNode shapes = Json.read(TINY.resolve("shapes.json"), JsonNode.class);
    for (Map.Entry<String, JsonNode> file : shapes.properties()) {
      var tensors = new LinkedHashMap<String, NumberArray>();
      file.getValue().properties().forEach(e -> tensors.put(e.getKey(), random(e.getValue())));
      SafetensorsWriter.write(folder.resolve(file.getKey()), Map.of(), tensors);
    }
    model = folder.toString();
  }

  private static NumberArray random(JsonNode sizes) {
    long[] shape = new long[sizes.size()];
    int count = 1;
    for (int i = 0; i < shape.length; i++) {
      shape[i] = sizes.get(i).asLong();
      count *= (int) shape[i];
    }
    var random = new Random(count);
    var bytes = ByteBuffer.allocate(4 * count).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < count; i++) {
      bytes.putFloat((float) random.nextGaussian() * 0.1f);
    }
    return NumberArray.rowMajor(
        NumberType.FLOAT32, ByteOrder.LITTLE_ENDIAN, shape, MemorySegment.ofArray(bytes.array()));
  }

  private static Run generate(Path out, String... more) {
    return Run.of(
        Stream.concat(
                Stream.of(
                    "generate",
                    "--model",
                    model,
                    "--out",
                    out.toString(),
                    "--size",
                    "16x24",
                    "--steps",
                    "2",
                    "--threads",
                    "1"),
                Stream.of(more))
            .toArray(String[]::new));
  }

  @Test
  void imagesHoldWhatMadeThemAndAreEmbedded(@TempDir Path out) throws IOException {
    Path prompts = temp.resolve("prompts.txt");
    Files.writeString(prompts, "a pear\nzwei Äpfel 🍎\n");
    String[] options = {
      "--prompts", prompts.toString(), "--images", "2", "--seed", "7", "--captions", "--json"
    };
    Run first = generate(out, options);
    assertEquals(0, first.code(), first.err());
    assertEquals(4, first.json().path("made").asInt());
    RgbImage image = ImageReader.read(out.resolve("0001_8.png"));
    assertEquals(16, image.width());
    assertEquals(24, image.height());
    Map<String, String> texts = PngTexts.read(out.resolve("0001_8.png"));
    assertEquals("zwei Äpfel 🍎", texts.get("Description"));
    assertTrue(texts.get("semblance").contains("\"seed\" : 8"), texts::toString);
    byte[] before = Files.readAllBytes(out.resolve("0001_8.png"));
    Files.delete(out.resolve("0000_7.png"));
    Run again = generate(out, options);
    assertEquals(1, again.json().path("made").asInt());
    assertEquals(3, again.json().path("kept").asInt());
    assertArrayEquals(before, Files.readAllBytes(out.resolve("0001_8.png")));

    Path tables = temp.resolve("tables");
    Run embedded =
        Run.of(
            "embed",
            out.toString(),
            "--model",
            model,
            "--out",
            tables.toString(),
            "--threads",
            "1");
    assertEquals(0, embedded.code(), embedded.err());
    assertTrue(Files.exists(tables.resolve("sd-features-tiny-sd/manifest.json")));
    assertTrue(embedded.out().contains("4 of 4 images"), embedded.out());
  }

  @Test
  void wrongUsageIsTold(@TempDir Path out) {
    assertEquals(2, generate(out).code());
    assertEquals(2, generate(out, "--prompt", "a", "--size", "17").code());
    assertEquals(2, generate(out, "--prompt", "a", "--compute", "fp16").code());
    assertEquals(2, generate(out, "--prompt", "a", "--eta", "2").code());
    assertEquals(2, generate(out, "--prompt", "a", "--steps", "2000").code());
    assertEquals(2, generate(out, "--prompt", "a", "--batch", "0").code());
    assertEquals(2, generate(out, "--prompt", "a", "--tile", "20").code());
    assertEquals(2, generate(out, "--prompt", "a", "--sampler", "euler").code());
    Run missing = generate(out, "--prompt", "a", "--model", out.resolve("none").toString());
    assertEquals(2, missing.code()); // given twice
    Run none =
        Run.of("generate", "--model", out.toString(), "--prompt", "a", "--out", out.toString());
    assertEquals(1, none.code());
    assertTrue(none.err().contains("model_index.json"), none.err());
  }

  @Test
  void otherSettingsDoNotReplaceImages(@TempDir Path out) {
    assertEquals(0, generate(out, "--prompt", "a").code());
    Run other = generate(out, "--prompt", "b");
    assertEquals(1, other.code());
    assertTrue(other.err().contains("--overwrite"), other.err());
    assertEquals(0, generate(out, "--prompt", "b", "--overwrite").code());
  }
}

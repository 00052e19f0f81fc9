package io.semblance.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.semblance.core.file.Json;
import io.semblance.core.table.TableFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// `embed --compute` and `models agree`.
class PrecisionTest {

  private static final String PATTERN = "{category}_{style}_{instance}";
  private static final Path VIT =
      Path.of("../extract/src/test/resources/io/semblance/extract/parity/vit");

  @TempDir Path temp;

  @Test
  void aReducedPrecisionIsMeasuredKeptApartAndWarnedOf() throws IOException {
    String images = temp.resolve("salad").toString();
    assertEquals(0, Run.of("paint", "--out", images, "--instances", "1", "--size", "48").code());
    String model = VIT.resolve("model.onnx").toString();
    Path tables = temp.resolve("tables");
    Run plain =
        Run.of("embed", images, "--model", model, "--out", tables.toString(), "--pattern", PATTERN);
    assertEquals(0, plain.code(), plain.err());
    assertFalse(Files.exists(tables.resolve("tiny-vit/precision.json")));

    String[] command = {
      "embed",
      images,
      "--model",
      model,
      "--out",
      tables.toString(),
      "--pattern",
      PATTERN,
      "--compute",
      "bf16",
      "--json"
    };
    Run reduced = Run.of(command);
    assertEquals(0, reduced.code(), reduced.err());
    JsonNode found = reduced.json().get("tables").get(0).get("againstFp32");
    assertEquals(100, found.get("images").asInt());
    assertTrue(found.get("meanCosine").asDouble() > 0.99, found.toString());
    assertTrue(found.get("leastCosine").asDouble() < 1, found.toString());
    assertTrue(found.get("topTen").asDouble() > 0.8, found.toString());
    assertTrue(found.get("heatmapCorrelation").asDouble() > 0.8, found.toString());

    Path folder = tables.resolve("tiny-vit.bf16");
    Map<?, ?> kept = Json.read(folder.resolve("precision.json"), Map.class);
    assertEquals(found.get("meanCosine").asDouble(), kept.get("meanCosine"));
    assertTrue(
        TableFolder.manifest(folder).provenance().preprocessing().endsWith("; computed in bf16"));
    TableFolder.verify(folder);
    Run again = Run.of(command);
    assertFalse(again.out().contains("againstFp32"), again.out());

    Run agree =
        Run.of(
            "models", "agree", tables.resolve("tiny-vit").toString(), folder.toString(), "--json");
    assertEquals(
        found.get("topTen").asDouble(), agree.json().get("topTen").asDouble(), 0.02, agree.out());
    Run text = Run.of("models", "agree", folder.toString(), folder.toString());
    assertTrue(
        text.out()
            .contains(
                "on 100 images, mean-centred cosine 1.00000 (least 1.00000), top 10 the same by"
                    + " 100.0 %"),
        text.out());

    Run report = Run.of("salad", tables.toString(), "--out", temp.resolve("report").toString());
    assertEquals(0, report.code(), report.err());
    assertTrue(report.out().contains("tiny-vit in bf16"), report.out());
  }

  @Test
  void whatCannotBeComputedIsSaidBeforeAnythingIsRead() throws IOException {
    Path out = temp.resolve("tables");
    assertMessage("efficientnet-lite0", "bf16", "computes in fp32 only", 1);
    assertMessage(VIT.resolve("model.onnx").toString(), "int8", "model.int8.onnx: int8 takes", 1);
    assertMessage(VIT.resolve("model.onnx").toString(), "fp8", "--compute", 2);
    Run device =
        Run.of("embed", "x", "--model", "efficientnet-lite0", "--out", "y", "--device", "gpu");
    assertEquals(2, device.code());
    assertTrue(device.err().contains("--device is 'gpu': give cpu, cuda"), device.err());
    assertFalse(Files.exists(out));
  }

  private void assertMessage(String model, String compute, String part, int code) {
    Run run =
        Run.of(
            "embed",
            temp.resolve("nowhere").toString(),
            "--model",
            model,
            "--out",
            temp.resolve("tables").toString(),
            "--compute",
            compute);
    assertEquals(code, run.code(), run.err());
    assertTrue(run.err().contains(part), run.err());
  }
}

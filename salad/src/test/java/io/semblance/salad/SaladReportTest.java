package io.semblance.salad;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.semblance.core.Progress;
import io.semblance.core.file.Json;
import io.semblance.core.table.EmbeddingTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SaladReportTest {

  @TempDir private static Path out;

  @BeforeAll
  static void write() throws IOException {
    SaladReport.write(result(), out.resolve("one"), "0.1.0");
  }

  private static SaladResult result() throws IOException {
    var grid = new SyntheticSalad(4, 3, 5);
    List<EmbeddingTable> tables =
        List.of(
            grid.model("sees/category <b>", 6, 3, 1, 1),
            grid.model("sees style", 70, 1, 3, 2),
            grid.styleBlind(),
            grid.categoryBlind(),
            grid.balanced());
    return SaladAnalysis.of(tables, SaladOptions.defaults(), Progress.none());
  }

  @Test
  void everyFileIsThereAndTheSameBytesEveryTime() throws IOException {
    Path page = SaladReport.write(result(), out.resolve("two"), "0.1.0");
    List<Path> files;
    try (Stream<Path> walk = Files.walk(out.resolve("one"))) {
      files = walk.filter(Files::isRegularFile).toList();
    }
    // Page and JSON; models, paper, paired tests, max, components, correlation and 3 for each model
    // as CSV; balance,
    // comparison and 2 for each model as SVG and PNG.
    assertEquals(2 + (6 + 5 * 3) + 2 * (2 + 5 * 2), files.size());
    for (Path file : files) {
      Path twin = out.resolve("two").resolve(out.resolve("one").relativize(file));
      assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(twin), file.toString());
      if (file.toString().endsWith(".png")) {
        assertTrue(ImageIO.read(file.toFile()).getWidth() > 100);
      }
    }
    assertEquals("report.html", page.getFileName().toString());
  }

  @Test
  void thePageLoadsNothingAndEscapesNames() throws IOException {
    String page = Files.readString(out.resolve("one").resolve("report.html"));
    assertFalse(page.contains("src=\"http"));
    assertFalse(page.contains("href="));
    assertFalse(page.contains("<script src"));
    assertTrue(page.contains("table.sortable"));
    assertTrue(page.contains("sees/category &lt;b&gt;"));
    assertFalse(page.contains("category <b>:"));
  }

  @Test
  void jsonHoldsWhatAReaderNeedsToCheckIt() throws IOException {
    Path file = out.resolve("one").resolve("results.json");
    Map<?, ?> json = Json.read(file, Map.class);
    assertEquals(1, json.get("schema"));
    assertEquals("semblance 0.1.0", json.get("program"));
    Map<?, ?> model = (Map<?, ?>) ((List<?>) json.get("models")).getFirst();
    assertEquals(64, model.get("table_sha256").toString().length());
    assertEquals(12, ((List<?>) model.get("heatmap")).size());
    assertFalse(Files.readString(file).contains("NaN"));
  }

  @Test
  void oneModelWithOneImageACellStillMakesAReport() throws IOException {
    var grid = new SyntheticSalad(3, 3, 1);
    SaladResult result =
        SaladAnalysis.of(
            List.of(grid.model("a", 2, 1, 1, 1)), SaladOptions.defaults(), Progress.none());
    String page = Files.readString(SaladReport.write(result, out.resolve("single"), "0.1.0"));
    assertTrue(page.contains(SelfRecognition.UNDEFINED));
    assertTrue(page.contains("Comparing models needs two"));
    assertFalse(
        Files.exists(out.resolve("single").resolve("csv").resolve("self-recognition-a.csv")));
  }
}

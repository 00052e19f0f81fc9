package io.semblance.attribution.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.semblance.attribution.Attribution;
import io.semblance.attribution.AttributionIndex;
import io.semblance.attribution.AttributionOptions;
import io.semblance.attribution.Attributor;
import io.semblance.attribution.IndexBuilder;
import io.semblance.attribution.Queries;
import io.semblance.attribution.TestTables;
import io.semblance.core.Progress;
import io.semblance.core.collection.Labels;
import io.semblance.core.file.Sha256;
import io.semblance.core.table.EmbeddingTable;
import io.semblance.core.table.TableFolder;
import io.semblance.core.table.TableRow;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AttributionReportTest {

  private static final String HOSTILE = "x\"><script>alert('1')</script>&.png";

  @TempDir Path temp;

  @Test
  void holdsEverythingAndAsksForNothing() throws IOException {
    AttributionReport.write(answer("a.png", "b.png", "c.png"), "semblance test", temp.resolve("r"));
    String page = Files.readString(temp.resolve("r/report.html"));
    assertEquals(3 + 9, count(page, "<img src=\"data:image/jpeg;base64,"));
    assertEquals(0, count(page, "(src|href)=\"(?!data:)|https?:|@import|url\\("));
    assertEquals(12, count(page, "alt=\"[^\"]+\""));
    assertEquals(1, count(page, "alt=\"Rank 1, cosine 1.000: a.png\""));
    assertFalse(page.contains("%</p>"), "a cosine is no percentage");
    assertEquals(0, count(page, "(?m)[ \\t]+$"));
  }

  @Test
  void isTheSameBytesTwice() throws IOException {
    Attribution answer = answer("a.png", "b.png");
    AttributionReport.write(answer, "semblance test", temp.resolve("r"));
    AttributionReport.write(answer, "semblance test", temp.resolve("s"));
    for (String file : List.of("report.html", "hits.csv", "attributions.json")) {
      assertArrayEquals(
          Files.readAllBytes(temp.resolve("r").resolve(file)),
          Files.readAllBytes(temp.resolve("s").resolve(file)));
    }
  }

  @Test
  void showsAnIdAsTextWhateverItHolds() throws IOException {
    AttributionReport.write(answer("a.png", HOSTILE, "é,\"\n.png"), "p<q>", temp.resolve("r"));
    String page = Files.readString(temp.resolve("r/report.html"));
    assertFalse(page.contains("<script>"));
    assertTrue(page.contains("&lt;script&gt;"));
    assertTrue(page.contains("p&lt;q&gt;"));
    try (CsvReader<CsvRecord> csv = CsvReader.builder().ofCsvRecord(temp.resolve("r/hits.csv"))) {
      List<CsvRecord> records = csv.stream().toList();
      assertEquals(1 + 9, records.size());
      assertEquals(List.of("query", "rank", "id", "cosine"), records.getFirst().getFields());
      assertTrue(records.stream().anyMatch(r -> r.getField(2).equals("é,\"\n.png")));
    }
  }

  @Test
  void putsAGreyTileForWhatItCannotReadAndSaysSo() throws IOException {
    Attribution answer = answer("a.png", "b.png", "c.png");
    Files.delete(temp.resolve("images/b.png"));
    Files.write(temp.resolve("images/c.png"), new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26});
    AttributionReport.write(answer, "semblance test", temp.resolve("r"));
    String page = Files.readString(temp.resolve("r/report.html"));
    assertEquals(2 + 6, count(page, "<span class=\"missing\" role=\"img\""));
    assertTrue(page.contains("2 images could not be read where the index says"), page);
  }

  @Test
  void showsNoImageThatChangedSinceItWasEmbedded() throws IOException {
    Attribution answer = answer("a.png", "b.png");
    Files.copy(
        temp.resolve("images/a.png"),
        temp.resolve("images/b.png"),
        StandardCopyOption.REPLACE_EXISTING);
    AttributionReport.write(answer, "semblance test", temp.resolve("r"));
    String page = Files.readString(temp.resolve("r/report.html"));
    assertEquals(1 + 2, count(page, "<span class=\"missing\""));
    assertTrue(page.contains("1 image changed since being embedded (b.png)"), page);
  }

  @Test
  void staysBelowItsLimitAndSaysSo() throws IOException {
    Attribution answer = answer("a.png", "b.png", "c.png");
    String page = new AttributionPage(new Thumbnails(2000)).of(answer, "semblance test");
    int pictures = count(page, "data:image");
    assertTrue(pictures > 0 && pictures < 12, pictures + " pictures");
    assertTrue(
        page.contains((12 - pictures) + " thumbnails were left out, to keep this page below"),
        page);
  }

  /// Every image of a small table as a query, against that table.
  private Attribution answer(String... ids) throws IOException {
    Path images = Files.createDirectories(temp.resolve("images"));
    var rows = new ArrayList<TableRow>();
    for (String id : ids) {
      var image = new BufferedImage(30, 20 + rows.size(), BufferedImage.TYPE_INT_ARGB);
      if (!id.contains("/")) {
        ImageIO.write(image, "png", images.resolve(id).toFile());
      }
      Path file = images.resolve(id);
      rows.add(new TableRow(id, Labels.NONE, Files.exists(file) ? Sha256.of(file) : null));
    }
    Path table =
        TestTables.write(
            temp.resolve("t"), images, TestTables.model(), rows, TestTables.vectors(1, ids.length));
    IndexBuilder.build(List.of(table), temp.resolve("index"));
    try (var index = AttributionIndex.open(temp.resolve("index"));
        EmbeddingTable queries = TableFolder.open(table)) {
      return new Attributor(index)
          .attribute(Queries.of(queries, images), AttributionOptions.defaults(), Progress.none());
    }
  }

  private static int count(String text, String pattern) {
    return (int) Pattern.compile(pattern).matcher(text).results().count();
  }
}

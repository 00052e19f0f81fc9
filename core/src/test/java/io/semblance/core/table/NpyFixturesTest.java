package io.semblance.core.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.semblance.core.SemblanceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Files written by numpy and pyarrow, see `tools/reference/table_fixtures.py`.
class NpyFixturesTest {

  private static final Path FIXTURES =
      Path.of("src/test/resources/io/semblance/core/table/fixtures");

  @TempDir Path temp;

  static Stream<NamedCsvRecord> verdicts() throws IOException {
    try (var csv = CsvReader.builder().ofNamedCsvRecord(FIXTURES.resolve("expected.csv"))) {
      return csv.stream().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("verdicts")
  void aFolderOfOneNumpyFileIsReadOrRefusedAsListed(NamedCsvRecord line) throws IOException {
    Path file = FIXTURES.resolve(line.getField("file"));
    Path folder = Files.createDirectories(temp.resolve("table/img_emb")).getParent();
    Files.copy(file, folder.resolve("img_emb/img_emb_0.npy"));
    if (line.getField("verdict").equals("refuse")) {
      SemblanceException e = assertThrows(SemblanceException.class, () -> TableFolder.open(folder));
      assertTrue(e.getMessage().contains("img_emb_0.npy"), e.getMessage());
      return;
    }
    try (EmbeddingTable table = TableFolder.open(folder)) {
      assertEquals(line.getField("detail"), table.size() + "x" + table.dimension());
      for (int i = 0; i < table.size(); i++) {
        for (int j = 0; j < 4; j++) {
          assertEquals((4 * i + j) / 8f - 1, table.vector(i)[j]);
        }
      }
    }
  }

  @Test
  void aClipRetrievalFolderOpensWithItsMetadata() throws IOException {
    try (EmbeddingTable table = TableFolder.open(FIXTURES.resolve("clip-retrieval"))) {
      assertEquals(8, table.size());
      assertEquals(Precision.FLOAT16, table.precision());
      assertEquals((4 * 6 + 2) / 8f - 1, table.vector(6)[2], "row 6 lies in the second shard");
      assertEquals(Provenance.Kind.UNKNOWN, table.provenance().kind());
      List<String> ids = table.rows().stream().map(TableRow::id).distinct().toList();
      assertEquals(8, ids.size(), "ids come from image_path: " + ids);
    }
  }

  @Test
  void doublesAndIntegersAreReadAsNumbers() throws IOException {
    assertEquals(11 / 8.0 - 1, Npy.read(FIXTURES.resolve("float64.npy")).get(2, 3));
    assertEquals(12, Npy.read(FIXTURES.resolve("one-dimension.npy")).rows());
  }
}

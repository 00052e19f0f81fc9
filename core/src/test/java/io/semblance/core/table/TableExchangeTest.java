package io.semblance.core.table;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.semblance.core.SemblanceException;
import io.semblance.core.collection.FileNamePattern;
import io.semblance.core.collection.Labels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableExchangeTest {

  private static final Provenance TOY = Provenance.unknown("toy");

  @TempDir Path temp;

  @Test
  void csvAndNpyCarryEveryBitOfAFloat() throws IOException {
    float[] vectors = {0.1f, -0f, 1e-42f, Float.MAX_VALUE, 1f / 3, 16777216f};
    var rows = List.of(row("3_1_0.png"), row("a, \"b\".png"), row("é.png"));
    EmbeddingTable table = EmbeddingTable.of(TOY, rows, vectors);
    TableCsv.write(table, temp.resolve("t.csv"));
    TableNpy.write(table, temp.resolve("t.npy"), Precision.FLOAT32);
    var pattern = FileNamePattern.parse("{category}_{style}_{instance}");
    TableCsv.read(temp.resolve("t.csv"), temp.resolve("csv"), TOY, Precision.FLOAT32, pattern);
    List<String> ids = rows.stream().map(TableRow::id).toList();
    TableNpy.read(temp.resolve("t.npy"), ids, temp.resolve("npy"), TOY, Precision.FLOAT32, pattern);
    for (String name : List.of("csv", "npy")) {
      try (EmbeddingTable read = TableFolder.open(temp.resolve(name))) {
        assertEquals(ids, read.rows().stream().map(TableRow::id).toList());
        assertEquals(new Labels("3", "1", "0"), read.rows().getFirst().labels());
        float[] all = new float[6];
        read.copyRows(0, 3, all, 0);
        assertArrayEquals(vectors, all);
      }
    }
    assertTrue(Files.readString(TableNpy.rowsFile(temp.resolve("t.npy"))).contains("3_1_0.png"));
  }

  @Test
  void headersAreSniffedAsPandasAndRWriteThem() throws IOException {
    for (String text :
        List.of(
            ",0,1\na.png,5,6\n",
            "file,x,y\na.png,5,6\n",
            "a.png,5,6\n",
            "\"\",\"V1\",\"V2\"\na.png,5e0,6\n")) {
      Path file = temp.resolve("t.csv");
      Files.writeString(file, text);
      Path folder = temp.resolve("table");
      TableWriter.discard(folder);
      TableCsv.read(file, folder, TOY, Precision.FLOAT32, null);
      try (EmbeddingTable read = TableFolder.open(folder)) {
        assertEquals(1, read.size(), text);
        assertArrayEquals(new float[] {5, 6}, read.vector(0));
      }
    }
  }

  @Test
  void badLinesAreNamed() throws IOException {
    assertMessage("line 2", "a.png,1,2\nb.png,1\n");
    assertMessage("line 2, column 3", "a.png,1,2\nb.png,1,x\n");
    assertMessage("line 3: a.png comes twice", "a.png,1,2\nb.png,1,3\na.png,1,3\n");
    assertMessage("no rows", "");
  }

  private void assertMessage(String part, String text) throws IOException {
    Path file = temp.resolve("bad.csv");
    Files.writeString(file, text);
    SemblanceException e =
        assertThrows(
            SemblanceException.class,
            () ->
                TableCsv.read(
                    file, temp.resolve("bad" + text.hashCode()), TOY, Precision.FLOAT32, null));
    assertTrue(e.getMessage().contains(part), e.getMessage());
  }

  private static TableRow row(String id) {
    return new TableRow(id, Labels.NONE, null);
  }
}

package io.semblance.core.exchange;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.semblance.core.Progress;
import io.semblance.core.SemblanceException;
import io.semblance.core.array.Fixtures;
import io.semblance.core.collection.FileNamePattern;
import io.semblance.core.collection.Labels;
import io.semblance.core.table.Precision;
import io.semblance.core.table.TableRow;
import io.semblance.core.table.TableWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConversionTest {

  private static final TableReadOptions PATTERN =
      TableReadOptions.defaults().withPattern(pattern("{category}_{style}_{instance}"));

  @TempDir Path temp;

  /// A whole table in memory.
  record Whole(
      List<String> columns, List<TableRow> rows, List<List<String>> cells, float[] vectors) {

    static Whole read(Path path, TableReadOptions options) throws IOException {
      try (TableSource source = TableFormats.open(path, options)) {
        var rows = new ArrayList<TableRow>();
        var cells = new ArrayList<List<String>>();
        int d = source.dimension();
        float[] vectors = new float[(int) source.size() * d];
        RowBlock block = RowBlock.of(source);
        try (TableSource.RowStream stream = source.rows(0)) {
          while (stream.read(block)) {
            System.arraycopy(block.vectors(), 0, vectors, rows.size() * d, block.size() * d);
            for (int i = 0; i < block.size(); i++) {
              rows.add(block.row(i));
              cells.add(Arrays.asList(block.cells(i).clone()));
            }
          }
        }
        assertEquals(source.size(), rows.size());
        return new Whole(source.columns(), rows, cells, vectors);
      }
    }

    List<String> ids() {
      return rows.stream().map(TableRow::id).toList();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"t.csv", "t.npy", "t.safetensors", "t.parquet", "folder"})
  void everyFormatCarriesEveryBitOfAFloat(String name) throws IOException {
    Path csv = temp.resolve("first.csv");
    Files.writeString(
        csv,
        "3_1_0.png,0.1,-0.0\n\"a, \"\"b\"\".png\",1.4E-45,3.4028235E38\né.png,0.33333334,nan\n");
    Whole expected = Whole.read(csv, PATTERN);
    assertEquals(new Labels("3", "1", "0"), expected.rows().getFirst().labels());
    Path target = temp.resolve(name);
    convert(csv, PATTERN, target, null);
    Whole actual = Whole.read(target, name.equals("t.csv") ? PATTERN : TableReadOptions.defaults());
    assertEquals(expected.rows(), actual.rows());
    assertArrayEquals(expected.vectors(), actual.vectors());
    Path again = temp.resolve("again.csv");
    convert(target, TableReadOptions.defaults(), again, null);
    assertArrayEquals(expected.vectors(), Whole.read(again, PATTERN).vectors());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "laion_subset.pth",
        "npz/stored.npz",
        "npz/compressed.npz",
        "single.pth",
        "vectors/x.fvecs",
        "vectors/x.bvecs",
        "vectors/x.fbin",
        "npy/fortran.npy",
        "safetensors/single.safetensors",
        "parquet/list-float.parquet",
        "parquet/fixed.parquet",
        "parquet/parts",
        "npy-folder"
      })
  void foreignTablesGoToAFolderAndOnToOtherFormats(String name) throws IOException {
    Path source = Fixtures.FOLDER.resolve(name);
    Whole expected = Whole.read(source, TableReadOptions.defaults());
    Path folder = temp.resolve("folder");
    convert(source, TableReadOptions.defaults(), folder, null);
    for (String next : List.of("t.npy", "t.safetensors", "t.parquet")) {
      convert(folder, TableReadOptions.defaults(), temp.resolve(next), null);
      Whole actual = Whole.read(temp.resolve(next), TableReadOptions.defaults());
      assertEquals(expected.rows(), actual.rows(), next);
      assertArrayEquals(expected.vectors(), actual.vectors(), next);
    }
  }

  @Test
  void theListOfPathsInTheFileNamesTheRows() throws IOException {
    Whole laion = read("laion_subset.pth", TableReadOptions.defaults());
    assertEquals("laion/é.jpg", laion.ids().get(6));
    TableReadOptions gpt = TableReadOptions.defaults().withTensor("synth_tensors.gpt");
    assertEquals(
        "synth/gpt/3.png", read("test.pth", gpt).ids().get(3), "synth_paths.gpt fits best");
    TableReadOptions named = gpt.withIds("synth_paths.object");
    assertEquals("synth/object/3.png", read("test.pth", named).ids().get(3));
    Path lines = temp.resolve("ids.txt");
    Files.writeString(lines, "a\nb\nc\nd\n");
    assertEquals(
        List.of("a", "b", "c", "d"), read("test.pth", gpt.withIds(lines.toString())).ids());
  }

  @Test
  void furtherColumnsAreCarried() throws IOException {
    Path source = Fixtures.FOLDER.resolve("parquet/list-float.parquet");
    Whole expected = Whole.read(source, TableReadOptions.defaults());
    assertEquals(List.of("url", "caption", "width"), expected.columns());
    assertEquals(Arrays.asList("https://example.org/2?a=b,c", null, "2"), expected.cells().get(2));
    for (String next : List.of("t.npy", "t.safetensors", "t.parquet", "folder")) {
      convert(source, TableReadOptions.defaults(), temp.resolve(next), null);
      Whole actual = Whole.read(temp.resolve(next), TableReadOptions.defaults());
      assertEquals(expected.columns(), actual.columns(), next);
      assertEquals(expected.cells(), actual.cells(), next);
    }
  }

  @Test
  void whatCannotBeMeantIsAskedFor() throws IOException {
    assertRefused("--tensor NAME; it holds 'exemplar_tensors' (float32 5 x 6)", "test.pth");
    assertRefused("holds 2 tables", "mapper-affine.pth");
    assertRefused("no table of vectors", "calibrator.pth");
    SemblanceException e =
        assertThrows(
            SemblanceException.class,
            () -> read("test.pth", TableReadOptions.defaults().withTensor("synth_tensors.media")));
    assertTrue(e.getMessage().contains("no tensor 'synth_tensors.media'"), e.getMessage());
    Path lines = temp.resolve("ids.txt");
    Files.writeString(lines, "a\nb\n");
    SemblanceException few =
        assertThrows(
            SemblanceException.class,
            () -> read("single.pth", TableReadOptions.defaults().withIds(lines.toString())));
    assertTrue(few.getMessage().contains("4 rows, but there are 2 ids"), few.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"ragged", "null", "hole", "text"})
  void badParquetIsRefused(String name) throws IOException {
    String sentence =
        Fixtures.refused().stream()
            .filter(l -> l.getField("file").equals("parquet/bad-" + name + ".parquet"))
            .findFirst()
            .orElseThrow()
            .getField("sentence");
    assertRefused(sentence, "parquet/bad-" + name + ".parquet");
  }

  @Test
  void parquetOfAnyKindOfListIsRead() throws IOException {
    for (String name : List.of("list-float", "list-double", "list-half", "fixed", "large-list")) {
      double[] expected =
          Fixtures.values()
              .get("parquet/" + name + ".parquet")
              .get("values")
              .valueStream()
              .mapToDouble(v -> v.doubleValue())
              .toArray();
      float[] actual = read("parquet/" + name + ".parquet", TableReadOptions.defaults()).vectors();
      for (int i = 0; i < actual.length; i++) {
        assertEquals((float) expected[i], actual[i], name);
      }
    }
    assertEquals("5", read("parquet/numbers.parquet", TableReadOptions.defaults()).ids().get(5));
  }

  @Test
  void foldersAreInTheOrderOfTheirNumbers() throws IOException {
    Whole folder = read("npy-folder", TableReadOptions.defaults());
    assertEquals(6, folder.rows().size());
    assertTrue(folder.vectors()[16] > 90, "emb_100 comes last");
    assertEquals("000000005", read("parquet/parts", TableReadOptions.defaults()).ids().get(5));
  }

  @Test
  void precisionIsKeptAndItsLossIsSaid() throws IOException {
    Path half = Fixtures.FOLDER.resolve("npz/stored.npz");
    assertEquals(
        Precision.FLOAT16,
        convert(half, TableReadOptions.defaults(), temp.resolve("h"), null).precision());
    Path wide = Fixtures.FOLDER.resolve("npy/f8.npy");
    assertTrue(
        convert(wide, TableReadOptions.defaults(), temp.resolve("w.npy"), null)
            .notes()
            .getFirst()
            .contains("float64 were rounded to float32"));
    assertTrue(
        convert(
                Fixtures.FOLDER.resolve("npy/f4.npy"),
                TableReadOptions.defaults(),
                temp.resolve("n.npy"),
                Precision.FLOAT16)
            .notes()
            .toString()
            .contains("1 numbers are beyond float16"));
  }

  @Test
  void repeatedIdsAndNumbersBeyondFloat32AreSaid() throws IOException {
    Path ids = Files.writeString(temp.resolve("ids.txt"), "a\nb\na\n");
    Path vectors = temp.resolve("v.csv");
    Files.writeString(vectors, "x.png,1,2\ny.png,1e39,2\nz.png,-1e300,inf\n");
    Conversion.Report beyond =
        convert(vectors, TableReadOptions.defaults(), temp.resolve("v.npy"), null);
    assertTrue(
        beyond.notes().toString().contains("3 numbers became infinite"), () -> beyond.toString());
    Conversion.Report repeated =
        convert(
            temp.resolve("v.npy"),
            TableReadOptions.defaults().withIds(ids.toString()),
            temp.resolve("r"),
            null);
    assertTrue(
        repeated.notes().toString().contains("1 rows have the id of a row before them"),
        () -> repeated.toString());
  }

  @Test
  void headersAreSniffedAsPandasAndRWriteThem() throws IOException {
    for (String text :
        List.of(
            ",0,1\na.png,5,6\n",
            "file,x,y\na.png,5,6\n",
            "a.png,5,6\n",
            "\uFEFFa.png,5,6",
            "\r\na.png,5,6\r\n\r\n",
            "\"\",\"V1\",\"V2\"\na.png,5e0,6\n")) {
      Path file = temp.resolve("t.csv");
      Files.writeString(file, text);
      Whole read = Whole.read(file, TableReadOptions.defaults());
      assertEquals(List.of("a.png"), read.ids(), text);
      assertArrayEquals(new float[] {5, 6}, read.vectors());
    }
  }

  @Test
  void badLinesAreNamed() throws IOException {
    assertCsv("line 2", "a.png,1,2\nb.png,1\n");
    assertCsv("line 2, column 3", "a.png,1,2\nb.png,1,x\n");
    assertCsv("line 3: a.png comes twice", "a.png,1,2\nb.png,1,3\na.png,1,3\n");
    assertCsv("no rows", "");
    assertCsv("line 2: a quote is never closed", "a.png,1\n\"b.png,2\n");
  }

  @Test
  void anInterruptedFolderIsResumedAndEndsInTheSameBytes() throws IOException {
    Path source = temp.resolve("s.csv");
    var text = new StringBuilder();
    for (int i = 0; i < 3000; i++) {
      text.append(i).append(".png,").append(i / 7f).append(",1\n");
    }
    Files.writeString(source, text);
    convert(source, TableReadOptions.defaults(), temp.resolve("whole"), null);
    try (TableSource table = TableFormats.open(source, TableReadOptions.defaults())) {
      TableSource.Origin origin = table.origin();
      var spec =
          new TableWriter.Spec(
              io.semblance.core.table.Provenance.unknown("s"),
              2,
              Precision.FLOAT32,
              origin.collection(),
              3000,
              origin.extractor());
      RowBlock block = RowBlock.of(table);
      try (TableWriter writer = TableWriter.open(temp.resolve("resumed"), spec);
          TableSource.RowStream rows = table.rows(0)) {
        assertTrue(rows.read(block));
        for (int i = 0; i < 1000; i++) {
          writer.append(block.row(i), block.vectors(), 2 * i);
        }
        writer.checkpoint();
      }
    }
    convert(source, TableReadOptions.defaults(), temp.resolve("resumed"), null);
    for (String file : List.of("manifest.json", "img_emb/img_emb_0.npy")) {
      assertEquals(
          -1,
          Files.mismatch(
              temp.resolve("whole").resolve(file), temp.resolve("resumed").resolve(file)));
    }
    assertFalse(Files.exists(temp.resolve(".resumed.partial")));
  }

  private void assertCsv(String part, String text) throws IOException {
    Path file = temp.resolve("bad.csv");
    Files.writeString(file, text);
    SemblanceException e =
        assertThrows(SemblanceException.class, () -> Whole.read(file, TableReadOptions.defaults()));
    assertTrue(e.getMessage().contains(part), e.getMessage());
  }

  private static void assertRefused(String part, String file) {
    SemblanceException e =
        assertThrows(SemblanceException.class, () -> read(file, TableReadOptions.defaults()));
    assertTrue(e.getMessage().contains(part), e.getMessage());
  }

  private static Whole read(String fixture, TableReadOptions options) throws IOException {
    return Whole.read(Fixtures.FOLDER.resolve(fixture), options);
  }

  private static Conversion.Report convert(
      Path source, TableReadOptions options, Path target, Precision precision) throws IOException {
    try (TableSource table = TableFormats.open(source, options)) {
      return new Conversion(table, target, precision, false, Progress.none()).run();
    }
  }

  private static FileNamePattern pattern(String text) {
    try {
      return FileNamePattern.parse(text);
    } catch (SemblanceException e) {
      throw new IllegalStateException(e);
    }
  }
}

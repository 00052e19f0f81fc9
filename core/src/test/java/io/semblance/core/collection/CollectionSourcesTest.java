package io.semblance.core.collection;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.semblance.core.Progress;
import io.semblance.core.SemblanceException;
import io.semblance.core.file.Sha256;
import io.semblance.core.table.RowMetadata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Collections as webdataset, img2dataset, pyarrow and people write them, see
/// tools/reference/collection_fixtures.py.
class CollectionSourcesTest {

  private static final Path FIXTURES =
      Path.of("src/test/resources/io/semblance/core/collection/fixtures");

  private static final String BYTE_ORDER_MARK = "\uFEFF";

  @TempDir Path temp;

  @ParameterizedTest
  @ValueSource(strings = {"tars", "files", "parquets", "hugging-face.parquet", "names"})
  void everyCollectionIsWhatItsWriterPutIn(String name) throws IOException {
    List<NamedCsvRecord> expected = expected(name);
    try (ImageCollection collection = open(FIXTURES.resolve(name))) {
      assertEquals(
          name.equals("names") ? List.of("gnu.tar", "pax.tar", "ustar.tar") : List.of(),
          collection.unlisted().stream().map(u -> u.place().replace("/link.jpg", "")).toList());
      assertEquals(
          expected.stream().map(e -> e.getField("id")).toList(),
          collection.images().stream().map(CollectionImage::id).toList());
      List<String> columns = collection.extras().names();
      for (int i = 0; i < expected.size(); i++) {
        assertEquals(
            expected.get(i).getField("sha256"),
            Sha256.of(collection.image(i).read()),
            "image " + i);
      }
      if (name.equals("names")) {
        assertTrue(columns.isEmpty());
        return;
      }
      Path listing = temp.resolve("listing.parquet");
      Listing.write(collection, listing);
      var metadata = new RowMetadata(List.of(listing));
      for (String column : List.of("caption", "url", "width")) {
        if (columns.contains(column)) {
          List<String> values = metadata.column(column);
          for (int i = 0; i < expected.size(); i++) {
            String value = expected.get(i).getField(column);
            assertEquals(value.isEmpty() ? null : value, values.get(i), column + " of " + i);
          }
        }
      }
    }
  }

  @Test
  void aSourcesOwnHashesKeepTheirMeaning() throws IOException {
    try (ImageCollection collection = open(FIXTURES.resolve("tars"))) {
      assertTrue(collection.extras().names().contains("source_sha256"));
      assertFalse(collection.extras().names().contains("sha256"));
    }
    try (ImageCollection collection = open(FIXTURES.resolve("hugging-face.parquet"))) {
      assertEquals(List.of("label", "text"), collection.extras().names());
    }
  }

  @Test
  void cellsOfAParquetFileAreReadInAnyOrderAndFromSlices() throws IOException {
    try (ImageCollection collection = open(FIXTURES.resolve("parquets"))) {
      int n = collection.size();
      byte[][] inOrder = new byte[n][];
      for (int i = 0; i < n; i++) {
        inOrder[i] = collection.image(i).read();
      }
      for (int i : new int[] {4, 0, 3, 3, 1, 2, 0}) {
        assertArrayEquals(inOrder[i], collection.image(i).read());
      }
      assertArrayEquals(inOrder[2], collection.slice(2, 4).image(0).read());
    }
  }

  @Test
  void aCsvNamesPathsLabelsAndFurtherColumns() throws IOException {
    image("a/one.png");
    image("two.png");
    Files.writeString(
        temp.resolve("works.csv"),
        BYTE_ORDER_MARK
            + """
            title;file;style;creator;category
            "Sea; at night";a/one.png;oil;Anna;sea
            ;./two.png;;"B ""C"" D";
            """);
    try (ImageCollection collection = open(temp.resolve("works.csv"))) {
      assertEquals(temp, collection.root());
      assertEquals("a/one.png", collection.image(0).id());
      assertEquals(new Labels("sea", "oil", null), collection.image(0).labels());
      assertEquals(Labels.NONE, collection.image(1).labels());
      assertEquals(List.of("title", "creator"), collection.extras().names());
      Path listing = temp.resolve("listing.parquet");
      Listing.write(collection, listing);
      var metadata = new RowMetadata(List.of(listing));
      assertEquals("Sea; at night", metadata.column("title").get(0));
      assertNull(metadata.column("title").get(1));
      assertEquals("B \"C\" D", metadata.column("creator").get(1));
      assertTrue(
          assertThrows(IllegalArgumentException.class, () -> metadata.column("year"))
              .getMessage()
              .contains("it has title, creator"));
    }
  }

  @Test
  void absolutePathsBeginAtTheFolderAboveAll() throws IOException {
    Path one = image("x/deep/one.png");
    Path two = image("x/two.png");
    Files.createDirectory(temp.resolve("lists"));
    Files.writeString(temp.resolve("lists/l.txt"), one + "\n\n" + two + "\n");
    try (ImageCollection collection = open(temp.resolve("lists/l.txt"))) {
      assertEquals(temp, collection.root());
      assertEquals("x/deep/one.png", collection.image(0).id());
    }
    try (ImageCollection collection = ImageCollection.open(List.of(one, two), none())) {
      assertEquals(temp.resolve("x"), collection.root());
      assertEquals("two.png", collection.image(1).id());
    }
  }

  @Test
  void aListingIsReadBackAsTheSameCollection() throws IOException {
    image("a_b_1.png");
    image("c/d_e_2.png");
    Files.createDirectory(temp.resolve("elsewhere"));
    var options = none().withPattern(FileNamePattern.parse("{category}_{style}_{instance}"));
    ImageCollection folder = ImageCollection.open(List.of(temp), options);
    for (String name : List.of("listing.parquet", "listing.csv")) {
      Path file = temp.resolve("elsewhere").resolve(name);
      Listing.writeManifest(folder, file);
      CollectionOptions reading = name.endsWith("csv") ? none().withRoot(temp) : none();
      try (ImageCollection read = ImageCollection.open(List.of(file), reading)) {
        assertEquals(folder.images(), read.images());
        assertEquals(folder.listingHash(), read.listingHash());
      }
    }
    try (ImageCollection tars = open(FIXTURES.resolve("tars"))) {
      Path file = temp.resolve("tars.parquet");
      Listing.writeManifest(tars, file);
      try (ImageCollection read = open(file)) {
        assertEquals(tars.root().toAbsolutePath().normalize(), read.root());
        assertArrayEquals(tars.image(4).read(), read.image(4).read());
        assertEquals(tars.listingHash(), read.listingHash());
      }
    }
    try (ImageCollection parquet = open(FIXTURES.resolve("hugging-face.parquet"))) {
      assertMessage(
          "lie in Parquet files", () -> Listing.writeManifest(parquet, temp.resolve("x.csv")));
    }
  }

  @Test
  void furtherColumnsAreInTheListingsHash() throws IOException {
    image("one.png");
    String before = hash("path,caption\none.png,a\n");
    assertEquals(before, hash("path,caption\none.png,a\n"));
    assertNotEquals(before, hash("path,caption\none.png,b\n"));
    assertNotEquals(before, hash("path,title\none.png,a\n"));
  }

  @Test
  void captionsBesideImagesAreTheirs() throws IOException {
    image("one.png");
    image("two.png");
    Files.writeString(temp.resolve("one.txt"), "\uFEFF a sks dog \n");
    Files.writeString(temp.resolve("two.json"), "{\"caption\": \"x\", \"year\": 1889, \"w\": 0.5}");
    try (ImageCollection collection = open(temp)) {
      assertEquals(List.of("caption", "year", "w"), collection.extras().names());
      Path listing = temp.resolve("listing.parquet");
      Listing.write(collection, listing);
      var metadata = new RowMetadata(List.of(listing));
      assertEquals(List.of("a sks dog", "x"), metadata.column("caption"));
      assertEquals(Arrays.asList(null, "1889"), metadata.column("year"));
    }
    Files.writeString(temp.resolve("two.json"), "[1, 2]");
    try (ImageCollection collection = open(temp)) {
      assertEquals(2, collection.size());
      assertTrue(
          collection.unlisted().getFirst().reason().contains("is no JSON object"),
          collection.unlisted().toString());
    }
  }

  @Test
  void aTarThatIsCutOffGivesWhatLiesBefore() throws IOException {
    byte[] whole = Files.readAllBytes(FIXTURES.resolve("tars/00003.tar"));
    Path cut = temp.resolve("00003.tar");
    for (int length : new int[] {1600, 1536 + 100, 2000}) {
      Files.write(cut, Arrays.copyOf(whole, length));
      try (ImageCollection collection = open(cut)) {
        assertEquals(1, collection.size());
        assertTrue(
            collection.unlisted().getFirst().reason().contains("is cut off at byte " + length),
            collection.unlisted().toString());
      }
    }
    byte[] damaged = whole.clone();
    damaged[1540] ^= 0x40; // in the second header
    Files.write(cut, damaged);
    try (ImageCollection collection = open(cut)) {
      assertEquals(1, collection.size());
      assertTrue(collection.unlisted().getFirst().reason().contains("at byte 1536"));
    }
  }

  @Test
  void membersThatLeadOutsideATarAreNotUsed() throws IOException {
    Path tar = temp.resolve("x.tar");
    TarFixture.write(
        tar,
        "../evil.png",
        new byte[] {1},
        "/abs.png",
        new byte[] {2},
        "ok.png",
        new byte[] {3},
        "ok.png",
        new byte[] {4});
    try (ImageCollection collection = open(tar)) {
      assertEquals("x.tar/ok.png", collection.image(0).id());
      assertEquals(1, collection.size());
      assertEquals(3, collection.image(0).read()[0]);
      assertEquals(3, collection.unlisted().size(), collection.unlisted().toString());
    }
  }

  @Test
  void equalFilesAreToldApartFromEqualNames() throws IOException {
    image("one.png");
    Files.copy(temp.resolve("one.png"), temp.resolve("three.png"));
    image("two.png");
    ImageCollection collection = open(temp);
    ListingSummary summary = ListingSummary.hashed(collection, Progress.none());
    assertEquals(List.of(List.of("one.png", "three.png")), summary.duplicates());
    assertEquals(3, summary.kinds().get("png"));
  }

  @Test
  void whatCannotBeReadIsSaidInOneSentence() throws IOException {
    image("one.png");
    assertMessage("has no column of image paths", () -> csv("url,caption\nhttp://x/y.jpg,z\n"));
    assertMessage("line 2 names an address", () -> csv("path\nhttp://x/y.jpg\n"));
    assertMessage("line 3 has no path", () -> csv("path,caption\none.png,a\n,b\n"));
    assertMessage("names one.png twice (images 1 and 2)", () -> csv("path\none.png\n./one.png\n"));
    assertMessage("two columns of the same name", () -> csv("path,a,a\none.png,1,2\n"));
    assertMessage("names no image", () -> csv("path\n"));
    assertMessage(
        "has no column 'scan'", () -> csv("path\none.png\n", none().withImageColumn("scan")));
    assertMessage(
        "No path in",
        () -> csv("path\none.png\n", none().withPattern(FileNamePattern.parse("{style}_{*}"))));
    assertMessage("There is no file or folder", () -> open(temp.resolve("missing")));
    Files.writeString(temp.resolve("x.parquet"), "no parquet");
    assertMessage("is not a Parquet file", () -> open(temp.resolve("x.parquet")));
    byte[] parquet = Files.readAllBytes(FIXTURES.resolve("hugging-face.parquet"));
    Files.write(temp.resolve("x.parquet"), Arrays.copyOf(parquet, parquet.length - 9));
    assertMessage("is a truncated Parquet file", () -> open(temp.resolve("x.parquet")));
    Files.delete(temp.resolve("x.parquet"));
    Files.write(temp.resolve("x.tar"), Arrays.copyOf(new byte[] {0x1F, (byte) 0x8B}, 600));
    assertMessage("unpack it first (gunzip)", () -> open(temp.resolve("x.tar")));
    Files.write(temp.resolve("x.tar"), new byte[1024]);
    assertMessage("There is no image in", () -> open(temp.resolve("x.tar")));
    Files.writeString(temp.resolve("x.doc"), "");
    assertMessage("is no folder of images", () -> open(temp.resolve("x.doc")));
    Files.createDirectory(temp.resolve("f"));
    assertMessage(
        "are of different kinds",
        () -> ImageCollection.open(List.of(temp.resolve("f"), temp.resolve("x.tar")), none()));
  }

  private void csv(String text) throws IOException {
    csv(text, none());
  }

  private void csv(String text, CollectionOptions options) throws IOException {
    Path file = temp.resolve("bad.csv");
    Files.writeString(file, text);
    ImageCollection.open(List.of(file), options).close();
  }

  private String hash(String text) throws IOException {
    Path file = temp.resolve("hashed.csv");
    Files.writeString(file, text);
    try (ImageCollection collection = open(file)) {
      return collection.listingHash();
    }
  }

  private Path image(String name) throws IOException {
    Path file = temp.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, name);
  }

  private static CollectionOptions none() {
    return CollectionOptions.defaults();
  }

  private static ImageCollection open(Path place) throws IOException {
    return ImageCollection.open(List.of(place), none());
  }

  private static List<NamedCsvRecord> expected(String name) throws IOException {
    try (var lines = CsvReader.builder().ofNamedCsvRecord(FIXTURES.resolve("expected.csv"))) {
      return lines.stream().filter(l -> l.getField("collection").equals(name)).toList();
    }
  }

  private static void assertMessage(String part, org.junit.jupiter.api.function.Executable work) {
    SemblanceException e = assertThrows(SemblanceException.class, work);
    assertTrue(e.getMessage().contains(part), e.getMessage());
  }
}

package io.semblance.core.collection;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.semblance.core.Progress;
import io.semblance.core.SemblanceException;
import io.semblance.core.file.Sha256;
import io.semblance.core.table.RowMetadata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebdatasetWriterTest {

  private static final Path FIXTURES =
      Path.of("src/test/resources/io/semblance/core/image/fixtures");

  @TempDir Path temp;
  private Path images;
  private Path packed;

  @BeforeEach
  void images() throws IOException {
    images = Files.createDirectory(temp.resolve("images"));
    packed = temp.resolve("packed");
    List<String> names = List.of("noise.png", "shapes-420.jpg", "shapes-gray.jpg", "strip.png");
    for (int i = 0; i < names.size(); i++) {
      String ending = names.get(i).substring(names.get(i).length() - 4);
      Files.copy(FIXTURES.resolve(names.get(i)), images.resolve("a_b_" + i + ending));
    }
    Files.writeString(images.resolve("a_b_1.txt"), "two lines\nof caption, \"é\"");
    Files.writeString(images.resolve("a_b_2.json"), "{\"year\": 1889, \"creator\": \"V\"}");
  }

  @Test
  void whatIsPackedIsReadBack() throws IOException {
    ImageCollection from = collection();
    WebdatasetWriter.Result made = WebdatasetWriter.write(from, packed, 3, Progress.none());
    assertEquals(new WebdatasetWriter.Result(2, 4, 0), made);
    try (ImageCollection read =
        ImageCollection.open(List.of(packed), CollectionOptions.defaults())) {
      assertEquals(
          List.of(
              "00000.tar/000000.png",
              "00000.tar/000001.jpg",
              "00000.tar/000002.jpg",
              "00001.tar/000010.png"),
          read.images().stream().map(CollectionImage::id).toList());
      for (int i = 0; i < 4; i++) {
        assertArrayEquals(from.image(i).read(), read.image(i).read());
        assertEquals(from.image(i).labels(), read.image(i).labels());
      }
      Path listing = temp.resolve("listing.parquet");
      Listing.write(read, listing);
      var metadata = new RowMetadata(List.of(listing));
      assertEquals("two lines\nof caption, \"é\"", metadata.column("caption").get(1));
      assertEquals(Arrays.asList(null, null, "1889", null), metadata.column("year"));
      assertEquals("a_b_3.png", metadata.column("source_image_path").get(3));
      assertEquals("37", metadata.column("width").get(0));
      assertEquals(Sha256.of(from.image(1).read()), metadata.column("source_sha256").get(1));
    }
  }

  @Test
  void tarsWithoutTheirParquetSayTheSame() throws IOException {
    WebdatasetWriter.write(collection(), packed, 100, Progress.none());
    String with = hash();
    Files.delete(packed.resolve("00000.parquet"));
    try (ImageCollection read =
        ImageCollection.open(List.of(packed), CollectionOptions.defaults())) {
      assertEquals(new Labels("a", "b", "2"), read.image(2).labels());
      assertTrue(read.extras().names().containsAll(List.of("caption", "year", "creator")));
    }
    assertFalse(with.isEmpty());
  }

  @Test
  void aStoppedRunGoesOnAndEndsInTheSameBytes() throws IOException {
    ImageCollection from = collection();
    WebdatasetWriter.write(from, packed, 2, Progress.none());
    Path resumed = temp.resolve("resumed");
    assertThrows(
        CancellationException.class,
        () ->
            WebdatasetWriter.write(
                from,
                resumed,
                2,
                (done, _) -> {
                  if (done == 3) {
                    throw new CancellationException();
                  }
                }));
    assertTrue(Files.exists(resumed.resolve("00000_stats.json")));
    assertFalse(Files.exists(resumed.resolve("00001.tar")), "nothing half has a final name");
    WebdatasetWriter.write(from, resumed, 2, Progress.none());
    assertEquals(hashes(packed), hashes(resumed));
    SemblanceException e =
        assertThrows(
            SemblanceException.class,
            () -> WebdatasetWriter.write(from, resumed, 3, Progress.none()));
    assertTrue(e.getMessage().contains("another number of images"), e.getMessage());
  }

  @Test
  void anImageThatCannotBeReadIsListedWithTheReason() throws IOException {
    Files.write(images.resolve("a_b_1.jpg"), new byte[] {1, 2, 3});
    WebdatasetWriter.Result made =
        WebdatasetWriter.write(collection(), packed, 100, Progress.none());
    assertEquals(new WebdatasetWriter.Result(1, 3, 1), made);
    var metadata = new RowMetadata(List.of(packed.resolve("00000.parquet")));
    assertEquals("failed_to_resize", metadata.column("status").get(1));
    assertTrue(metadata.column("error_message").get(1).startsWith("a_b_1.jpg "));
    try (ImageCollection read =
        ImageCollection.open(List.of(packed), CollectionOptions.defaults())) {
      assertEquals(3, read.size());
    }
  }

  private ImageCollection collection() throws IOException {
    return ImageCollection.ofFolder(images, FileNamePattern.parse("{category}_{style}_{instance}"));
  }

  private String hash() throws IOException {
    try (ImageCollection read =
        ImageCollection.open(List.of(packed), CollectionOptions.defaults())) {
      return read.listingHash();
    }
  }

  private static Map<String, String> hashes(Path folder) throws IOException {
    var out = new TreeMap<String, String>();
    try (var walk = Files.list(folder)) {
      for (Path file : walk.toList()) {
        out.put(file.getFileName().toString(), Sha256.of(file));
      }
    }
    return out;
  }
}

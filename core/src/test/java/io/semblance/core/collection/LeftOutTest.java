package io.semblance.core.collection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.semblance.core.SemblanceException;
import io.semblance.core.table.RowMetadata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What a collection does not take, and names that mean something to a part below.
class LeftOutTest {

  private static final Path PARQUET =
      Path.of("src/test/resources/io/semblance/core/collection/fixtures/hugging-face.parquet");

  @TempDir Path temp;

  @Test
  void bracketsAndStarsInNamesAreNoPatterns() throws IOException {
    Files.createDirectories(temp.resolve("a1"));
    Files.createDirectories(temp.resolve("a[1]"));
    Path own = Files.copy(PARQUET, temp.resolve("a[1]/i.parquet"));
    Files.writeString(temp.resolve("a1/i.parquet"), "another's file, and no Parquet");
    try (ImageCollection collection = open(own)) {
      assertTrue(collection.size() > 0);
      Path listing = temp.resolve("a[1]/l*?.parquet");
      Listing.write(collection, listing);
      assertEquals(
          collection.size(),
          new RowMetadata(List.of(listing)).column(collection.extras().names().getFirst()).size());
    }
  }

  @Test
  @Timeout(20)
  void aPipeIsListedAndNotWaitedFor() throws Exception {
    Files.writeString(temp.resolve("one.png"), "1");
    Path pipe = temp.resolve("pipe.png");
    Process process;
    try {
      process = new ProcessBuilder("mkfifo", pipe.toString()).start();
    } catch (IOException e) {
      Assumptions.abort("there is no mkfifo here: " + e.getMessage());
      return;
    }
    assertEquals(0, process.waitFor());
    try (ImageCollection collection = open(temp)) {
      assertEquals(1, collection.size());
      assertEquals(
          List.of(new Unlisted("pipe.png", "pipe.png is no regular file: it is left out.")),
          collection.unlisted());
    }
  }

  @Test
  @Timeout(20)
  void aLinkIntoItsOwnFolderEndsTheDescent() throws IOException {
    Files.createDirectory(temp.resolve("f"));
    Files.writeString(temp.resolve("f/one.png"), "1");
    Files.createSymbolicLink(temp.resolve("f/again"), temp.resolve("f"));
    try (ImageCollection collection = open(temp)) {
      assertEquals(
          List.of("f/one.png"), collection.images().stream().map(CollectionImage::id).toList());
      assertEquals(1, collection.unlisted().size());
      assertEquals("f/again", collection.unlisted().getFirst().place());
    }
  }

  @Test
  void aLinkToNothingIsListed() throws IOException {
    Files.writeString(temp.resolve("one.png"), "1");
    Files.createSymbolicLink(temp.resolve("two.png"), temp.resolve("gone.png"));
    try (ImageCollection collection = open(temp)) {
      assertEquals(1, collection.size());
      assertEquals(
          "two.png cannot be read (a link to nothing): check the file.",
          collection.unlisted().getFirst().reason());
    }
  }

  @Test
  void cellsBeyondTheFirstLineAreRefused() throws IOException {
    Files.writeString(temp.resolve("one.png"), "1");
    refused("line 2: 3 cells, the first line has 2", "path,title\none.png,Sea, at night\n");
    refused("two columns of the same name", "path,title,Title\none.png,a,b\n");
    Path blank = temp.resolve("blank.csv");
    Files.writeString(blank, "path,title\none.png,Sea,,\n");
    try (ImageCollection collection = open(blank)) {
      assertEquals(1, collection.size());
    }
  }

  @Test
  void membersThatDifferInCaseAreOneColumn() throws IOException {
    Files.writeString(temp.resolve("one.png"), "1");
    Files.writeString(temp.resolve("one.json"), "{\"Year\": 1889}");
    Files.writeString(temp.resolve("two.png"), "2");
    Files.writeString(temp.resolve("two.json"), "{\"year\": 1890}");
    try (ImageCollection collection = open(temp)) {
      assertEquals(List.of("Year"), collection.extras().names());
      Path listing = temp.resolve("l.parquet");
      Listing.write(collection, listing);
      assertEquals(List.of("1889", "1890"), new RowMetadata(List.of(listing)).column("Year"));
    }
  }

  private void refused(String part, String text) throws IOException {
    Path file = temp.resolve("bad.csv");
    Files.writeString(file, text);
    SemblanceException e = assertThrows(SemblanceException.class, () -> open(file).close());
    assertTrue(e.getMessage().contains(part), e.getMessage());
  }

  private static ImageCollection open(Path place) throws IOException {
    return ImageCollection.open(List.of(place), CollectionOptions.defaults());
  }
}

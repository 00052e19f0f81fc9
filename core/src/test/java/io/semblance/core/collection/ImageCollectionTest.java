package io.semblance.core.collection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.semblance.core.SemblanceException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageCollectionTest {

  @TempDir Path temp;

  @Test
  void imagesComeInBytewiseOrderWithIdsBelowTheRoot() throws IOException {
    for (String name :
        List.of(
            "b/2.png", "a.JPG", "B.jpeg", "b/10.png", "notes.txt", ".hidden/x.png", "b/.x.png")) {
      touch(name);
    }
    List<String> ids =
        ImageCollection.ofFolder(temp, null).images().stream().map(CollectionImage::id).toList();
    assertEquals(List.of("B.jpeg", "a.JPG", "b/10.png", "b/2.png"), ids);
  }

  @Test
  void linksAreFollowedAndALoopHoldsNothingNew() throws IOException {
    touch("set/a.png");
    Files.createSymbolicLink(temp.resolve("set/loop"), temp.resolve("set"));
    Files.createSymbolicLink(temp.resolve("other"), temp.resolve("set"));
    List<String> ids =
        ImageCollection.ofFolder(temp, null).images().stream().map(CollectionImage::id).toList();
    assertEquals(List.of("other/a.png", "set/a.png"), ids);
  }

  @Test
  void wholeIdsAreInBytewiseOrderThoughFoldersAreSortedOneByOne() throws IOException {
    List<String> names =
        List.of(
            "a.png",
            "a/b.png",
            "a/b/c.png",
            "a-b/x.png",
            "a b.png",
            "a0.png",
            "ab/a.webp",
            "Z.tif");
    for (String name : names) {
      touch(name);
    }
    assertEquals(
        List.of(
            "Z.tif",
            "a b.png",
            "a-b/x.png",
            "a.png",
            "a/b.png",
            "a/b/c.png",
            "a0.png",
            "ab/a.webp"),
        ids(ImageCollection.ofFolder(temp, null)));
  }

  @Test
  void namesThatAreNotUtf8HaveIdsThatSayTheirBytes() throws IOException {
    String folder = temp.toUri().toString();
    Files.createDirectory(Path.of(URI.create(folder + "d%FF")));
    Path latin = Path.of(URI.create(folder + "caf%E9%25.png"));
    Files.write(latin, new byte[] {1});
    Files.write(Path.of(URI.create(folder + "caf%C3%A9.png")), new byte[] {2});
    Files.write(Path.of(URI.create(folder + "d%FF/x.png")), new byte[] {3});
    var collection = ImageCollection.ofFolder(temp, null);
    assertEquals(List.of("caf%E9%25.png", "caf\u00e9.png", "d%FF/x.png"), ids(collection));
    for (int i = 0; i < 3; i++) {
      assertEquals(i + 1, collection.image(i).read()[0]);
    }
  }

  @Test
  void aNameThatEqualsAnEscapedOneIsToldApart() throws IOException {
    Files.write(Path.of(URI.create(temp.toUri() + "a%FF.png")), new byte[] {1});
    touch("a%FF.png");
    var collection = ImageCollection.ofFolder(temp, null);
    assertEquals(1, collection.size());
    assertTrue(
        collection.unlisted().getFirst().reason().contains("not UTF-8: rename it"),
        collection.unlisted().toString());
  }

  @Test
  void whatCannotBeLookedAtIsListedAndTheRestGoesOn() throws IOException {
    touch("a.png");
    Files.createSymbolicLink(temp.resolve("b.png"), temp.resolve("nowhere.png"));
    Files.createSymbolicLink(temp.resolve("notes.txt"), temp.resolve("nowhere.txt"));
    var collection = ImageCollection.ofFolder(temp, null);
    assertEquals(List.of("a.png"), ids(collection));
    assertEquals(
        List.of(new Unlisted("b.png", "b.png cannot be read (a link to nothing): check the file.")),
        collection.unlisted());
  }

  @Test
  void aFolderThatMayNotBeReadIsListedAndTheRestGoesOn() throws IOException {
    touch("a.png");
    Path closed = Files.createDirectory(temp.resolve("closed"));
    Files.setPosixFilePermissions(closed, Set.of());
    assumeFalse(Files.isReadable(closed), "this user may read every folder");
    assertEquals("closed/", ImageCollection.ofFolder(temp, null).unlisted().getFirst().place());
  }

  @Test
  void aSliceIsACollection() throws IOException {
    for (int i = 0; i < 7; i++) {
      touch("apple_crayon_" + i + ".png");
    }
    var whole =
        ImageCollection.ofFolder(temp, FileNamePattern.parse("{category}_{style}_{instance}"));
    var slice = whole.slice(2, 5);
    assertEquals(whole.images().subList(2, 5), slice.images());
    assertEquals(whole.image(3), slice.image(1));
    assertEquals(
        new ImageCollection(temp, whole.images().subList(2, 5)).listingHash(), slice.listingHash());
    assertThrows(IndexOutOfBoundsException.class, () -> slice.image(3));
  }

  @Test
  void labelsComeFromThePattern() throws IOException {
    touch("apple_crayon_001.png");
    touch("other.png");
    var collection =
        ImageCollection.ofFolder(temp, FileNamePattern.parse("{category}_{style}_{instance}"));
    assertEquals(new Labels("apple", "crayon", "001"), collection.images().get(0).labels());
    assertEquals(Labels.NONE, collection.images().get(1).labels());
  }

  @Test
  void theListingHashSeesNamesAndLabels() throws IOException {
    touch("3_1_0.png");
    var full =
        ImageCollection.ofFolder(temp, FileNamePattern.parse("{category}_{style}_{instance}"));
    var swapped =
        ImageCollection.ofFolder(temp, FileNamePattern.parse("{style}_{category}_{instance}"));
    assertNotEquals(full.listingHash(), swapped.listingHash());
  }

  @Test
  void foldersCanBeLabels() throws IOException {
    var pattern = FileNamePattern.parse("{category}/{*}");
    assertEquals("dog", pattern.match("set/dog/01.jpg").orElseThrow().category());
    assertTrue(pattern.match("01.jpg").isEmpty());
  }

  @Test
  void whatCannotBeListedIsSaidInOneSentence() throws IOException {
    assertMessage(
        "There is no folder", () -> ImageCollection.ofFolder(temp.resolve("missing"), null));
    assertMessage("There is no image in", () -> ImageCollection.ofFolder(temp, null));
    touch("a.png");
    assertMessage("is a file", () -> ImageCollection.ofFolder(temp.resolve("a.png"), null));
    var pattern = FileNamePattern.parse("{category}_{style}");
    assertMessage("the first is a.png", () -> ImageCollection.ofFolder(temp, pattern));
    assertMessage("unknown field {fruit}", () -> FileNamePattern.parse("{fruit}_{style}"));
    assertMessage("{style} twice", () -> FileNamePattern.parse("{style}_{style}"));
    assertMessage("names no label", () -> FileNamePattern.parse("plain"));
  }

  private static List<String> ids(ImageCollection collection) {
    return collection.images().stream().map(CollectionImage::id).toList();
  }

  private void touch(String name) throws IOException {
    Path file = temp.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "");
  }

  private static void assertMessage(String part, org.junit.jupiter.api.function.Executable work) {
    SemblanceException e = assertThrows(SemblanceException.class, work);
    assertTrue(e.getMessage().contains(part), e.getMessage());
  }
}

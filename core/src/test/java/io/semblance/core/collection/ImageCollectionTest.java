package io.semblance.core.collection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.semblance.core.SemblanceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
    assertMessage("There is no PNG or JPEG image", () -> ImageCollection.ofFolder(temp, null));
    touch("a.png");
    assertMessage("is a file", () -> ImageCollection.ofFolder(temp.resolve("a.png"), null));
    var pattern = FileNamePattern.parse("{category}_{style}");
    assertMessage("the first is a.png", () -> ImageCollection.ofFolder(temp, pattern));
    assertMessage("unknown field {fruit}", () -> FileNamePattern.parse("{fruit}_{style}"));
    assertMessage("{style} twice", () -> FileNamePattern.parse("{style}_{style}"));
    assertMessage("names no label", () -> FileNamePattern.parse("plain"));
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

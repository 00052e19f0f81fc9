package io.semblance.core.collection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.semblance.core.SemblanceException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Texts in the places of images.
class TextsTest {

  @TempDir Path temp;

  private static String text(ImageCollection texts, int index) throws SemblanceException {
    return new String(texts.image(index).read(), StandardCharsets.UTF_8);
  }

  @Test
  void captionsHaveTheIdsOfTheirImages() throws IOException {
    Path csv = temp.resolve("images.csv");
    Files.writeString(csv, "path,caption\na.png,one\nsub/b.png,\nc.png,\"three, é\"\n");
    try (ImageCollection images = ImageCollection.open(List.of(csv), CollectionOptions.defaults());
        ImageCollection texts = Texts.ofImages(images, null)) {
      assertEquals(images.listingHash(), texts.listingHash());
      assertEquals("three, é", text(texts, 2));
      assertEquals("sub/b.png", texts.image(1).id());
      var e = assertThrows(SemblanceException.class, () -> text(texts, 1));
      assertEquals("sub/b.png has no text: it gets no row.", e.getMessage());
      ImageCollection part = texts.slice(2, 3);
      assertEquals("three, é", text(part, 0));
      assertNotEquals(texts.image(0).source().state(), texts.image(2).source().state());
      var none = assertThrows(SemblanceException.class, () -> Texts.ofImages(images, "title"));
      assertTrue(none.getMessage().contains("the columns are caption"), none.getMessage());
    }
  }

  @Test
  void rowsWithoutAnIdAreCalledByTheirTexts() throws IOException {
    Path csv = temp.resolve("texts.tsv");
    Files.writeString(csv, "text\tcategory\na dog\tanimal\na car\tthing\n");
    try (ImageCollection texts = Texts.ofFile(csv, null, null)) {
      assertEquals("a dog", texts.image(0).id());
      assertEquals("thing", texts.image(1).labels().category());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "x.csv|id,note;1,a|has no column of texts",
        "x.csv|id,text;1,a;1,b|names 1 twice",
        "x.txt|;|has no text",
        "x.md|a|is no file of texts",
        "x.parquet|a|Parquet",
      })
  void whatIsNoFileOfTextsIsSaid(String name, String content, String message) throws IOException {
    Path file = temp.resolve(name);
    Files.writeString(file, content.replace(';', '\n'));
    var e = assertThrows(SemblanceException.class, () -> Texts.ofFile(file, null, null));
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }
}

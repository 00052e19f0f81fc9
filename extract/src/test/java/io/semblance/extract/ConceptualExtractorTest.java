package io.semblance.extract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.semblance.core.SemblanceException;
import io.semblance.core.collection.CollectionImage;
import io.semblance.core.collection.ImageCollection;
import io.semblance.core.collection.Labels;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConceptualExtractorTest {

  private static final Labels PEAR_OIL = new Labels("pear", "10", "1");

  private static final ImageCollection COLLECTION =
      collection(
          PEAR_OIL,
          new Labels("apple", "9", "1"),
          new Labels("fig", "10", "2"),
          new Labels("apple", "2", "1"),
          Labels.NONE);

  @Test
  void eachLabelIsOneDirection() throws IOException {
    assertArrayEquals(new float[] {0, 0, 1}, vector("style-blind", PEAR_OIL), "apple, fig, pear");
    assertArrayEquals(new float[] {0, 0, 1}, vector("category-blind", PEAR_OIL), "2, 9, 10");
    assertArrayEquals(new float[] {0, 0, 1, 0, 0, 1}, vector("balanced", PEAR_OIL));
    assertArrayEquals(
        new float[] {1, 0, 0, 0, 1, 0}, vector("balanced", new Labels("apple", "9", null)));
  }

  @Test
  void mixedNamesAreInAlphabeticalOrder() throws IOException {
    ImageCollection mixed =
        collection(
            new Labels("10", "a", "1"), new Labels("9", "b", "1"), new Labels("x", "c", "1"));
    try (Extractor e = Models.open("style_blind", mixed, ExtractOptions.defaults())) {
      assertArrayEquals(new float[] {0, 1, 0}, e.vector(image(new Labels("9", null, null))));
    }
  }

  @Test
  void aCollectionWithoutLabelsIsToldAboutThePattern() {
    ImageCollection bare = collection(Labels.NONE, Labels.NONE);
    for (String model : List.of("style-blind", "category-blind", "balanced")) {
      SemblanceException e =
          assertThrows(
              SemblanceException.class,
              () -> Models.open(model, bare, ExtractOptions.defaults()).close());
      assertTrue(
          e.getMessage().contains("--pattern '{category}_{style}_{instance}'"), e.getMessage());
      assertTrue(e.getMessage().contains("0.png (the first of 2)"), e.getMessage());
    }
  }

  @Test
  void anImageWithoutLabelsFailsAlone() {
    SemblanceException e =
        assertThrows(SemblanceException.class, () -> vector("balanced", Labels.NONE));
    assertEquals("it.png has no category: its name does not fit --pattern.", e.getMessage());
  }

  private static float[] vector(String model, Labels labels) throws IOException {
    try (Extractor extractor = Models.open(model, COLLECTION, ExtractOptions.defaults())) {
      return extractor.vector(image(labels));
    }
  }

  private static SourceImage image(Labels labels) throws IOException {
    return new SourceImage("it.png", labels, SampleImages.source("strip.png").bytes());
  }

  private static ImageCollection collection(Labels... labels) {
    var images = new ArrayList<CollectionImage>();
    for (int i = 0; i < labels.length; i++) {
      images.add(new CollectionImage(i + ".png", Path.of(i + ".png"), labels[i]));
    }
    return new ImageCollection(Path.of("."), images);
  }
}

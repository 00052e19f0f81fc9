package io.semblance.extract.parity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.semblance.extract.SampleImages;
import io.semblance.extract.SharedData;
import io.semblance.extract.SourceImage;
import io.semblance.extract.parity.Family.Opener;
import io.semblance.extract.parity.Family.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// From image file to vector as the libraries of each family do it: timm, open_clip, transformers,
/// torchvision.
class ParityTest {

  static Stream<Family> families() throws IOException {
    return Family.all();
  }

  @Test
  void everyFamilyIsThere() throws IOException {
    assertEquals(14, Family.all().count());
  }

  @ParameterizedTest
  @MethodSource("families")
  void ourOwnImagesHaveTheVectorsOfTheLibrary(Family family) throws IOException {
    check(family, "own", SampleImages::source);
  }

  @ParameterizedTest
  @MethodSource("families")
  void photosHaveTheVectorsOfTheLibrary(Family family) throws IOException {
    Path data = SharedData.folder();
    check(family, "photo", photo -> SourceImage.read(data.resolve(photo)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"vit", "resnet"})
  void torchScriptHasTheVectorsOfTheLibrary(String name) throws IOException {
    check(new Family(name, "model.pt"), "own", SampleImages::source);
  }

  private static void check(Family family, String kind, Opener opener) throws IOException {
    Outcome outcome = family.compare(kind, opener, family.cardText());
    assertEquals("none", outcome.stage(), () -> message(family, outcome));
    assertTrue(outcome.measure().passes(), () -> message(family, outcome));
  }

  private static String message(Family family, Outcome outcome) {
    return "%s: first differing stage: %s; lowest centred cosine %.6f (at least %s), largest error %.2e spreads (at most %.0e)"
        .formatted(
            family,
            outcome.stage(),
            outcome.measure().cosine(),
            Measure.LEAST_COSINE,
            outcome.measure().error(),
            Measure.MOST_ERROR);
  }

  @ParameterizedTest
  @MethodSource("families")
  void aWrongFilterIsFound(Family family) throws IOException {
    String card = family.cardText();
    String wrong =
        card.contains("bicubic")
            ? card.replace("\"bicubic\"", "\"bilinear\"")
            : card.replace("\"bilinear\"", "\"bicubic\"");
    Outcome outcome = family.compare("own", SampleImages::source, wrong);
    assertFalse(outcome.measure().passes(), outcome::toString);
    assertEquals("resizing and cropping of shapes.png", outcome.stage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "dinov2|\"crop_offset\": \"down\"|\"crop_offset\": \"even\"|resizing and cropping",
        "vit-transformers|\"squash\"|\"shorter\"|resizing and cropping",
        "clip-vit|0.48145466|0.49|normalisation of shapes.png",
        "resnet|\"normalize\": false|\"normalize\": true|network",
      })
  void aWrongCardIsFoundWhereItGoesWrong(String family, String right, String wrong, String stage)
      throws IOException {
    var wronged = new Family(family);
    assertTrue(wronged.cardText().contains(right));
    String card = wronged.cardText().replace(right, wrong);
    Outcome outcome = wronged.compare("own", SampleImages::source, card);
    assertFalse(outcome.measure().passes(), outcome::toString);
    assertTrue(outcome.stage().startsWith(stage), outcome::toString);
  }

  @Test
  void anotherImageIsFoundInItsFileOrItsPixels() throws IOException {
    var vit = new Family("vit");
    Outcome file = vit.compare("own", _ -> SampleImages.source("shapes-444.jpg"), vit.cardText());
    assertEquals("file of shapes-444.jpg", file.stage());
    Opener turned =
        name -> SampleImages.source(name.equals("pattern:640x480") ? "pattern:480x640" : name);
    Outcome pixels = vit.compare("own", turned, vit.cardText());
    assertEquals("decoding of pattern:480x640", pixels.stage());
    assertFalse(pixels.measure().passes());
  }
}

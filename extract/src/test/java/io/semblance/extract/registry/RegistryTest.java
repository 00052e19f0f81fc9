package io.semblance.extract.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.semblance.core.table.Provenance.Kind;
import io.semblance.extract.ModelCard;
import io.semblance.extract.Models;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistryTest {

  @Test
  void everyCardIsCompleteAndEveryNameUnique() {
    var names = new HashSet<String>();
    for (ModelCard card : Models.cards()) {
      names.add(card.id());
      names.addAll(card.aliases());
    }
    for (RegistryCard card : Registry.cards()) {
      ModelCard model = card.model();
      assertTrue(names.add(model.id()), model.id());
      model.aliases().forEach(alias -> assertTrue(names.add(alias), alias));
      for (String text :
          List.of(
              model.title(),
              model.description(),
              model.licence(),
              model.source(),
              model.preprocessing(),
              card.family())) {
        assertTrue(!text.isBlank() && text.indexOf('\n') < 0, model.id() + ": " + text);
      }
      assertEquals(Kind.NEURAL, model.kind());
      assertEquals("float32", card.precision());
      assertNull(model.weightsSha256());
      assertFalse(card.weights().isEmpty());
    }
  }

  /// Table 1 of the paper, name by name.
  @ParameterizedTest
  @CsvSource({
    "ViT-B-16_IN21k, 768",
    "ViT-B-32_IN21k, 768",
    "ViT-H-14_IN21k, 1280",
    "DINO_IN1k, 768",
    "DINOv2_B_LVD, 768",
    "ResNet50_IN1k, 2048",
    "VGG19_IN1k, 512",
    "Xception_IN1k, 2048",
    "ConvNeXt_L400M, 512",
    "ConvNeXt-v2_L400M, 320",
    "CLIP-ViT-B-16_L2B, 512",
    "CLIP-ViT-B-32_L2B, 512",
    "CLIP-ViT-H-14_L2B, 1024",
    "CLIP-ViT-B-16_L400M, 512",
    "CLIP-ViT-B-16_OA, 512",
    "CLIP-RN50_OA, 1024",
    "CLIP-RN101_OA, 512"
  })
  void everyModelOfTheBenchmarkHasTheDimensionOfThePaper(String name, int dimension) {
    RegistryCard card = Registry.find(name).orElseThrow();
    assertEquals(Paper.FRUIT_SALAD, card.paper());
    assertEquals(dimension, card.model().dimension());
    assertEquals(name.equals("ConvNeXt-v2_L400M"), card.onnx().isEmpty());
  }

  @Test
  void thePapersHaveTheirModels() {
    assertEquals(17, count(Paper.FRUIT_SALAD));
    assertEquals(6, count(Paper.ABC));
    assertEquals(5, count(Paper.SINCE));
    for (String figure : List.of("ResNet50_IN21k", "DINO-ViT-B-16_IN1k", "ViT-B-32_IN21")) {
      assertTrue(Registry.find(figure).isPresent(), figure);
    }
  }

  private static long count(Paper paper) {
    return Registry.cards().stream().filter(c -> c.paper() == paper).count();
  }

  /// What the published code of AbC does to an image.
  @ParameterizedTest
  @CsvSource({
    "abc-clip-b-32, shorter side 224 (bicubic; centre crop 224; 0.48145466; 0.26862954",
    "abc-dino-b-16, shorter side 256 (bicubic; centre crop 224; 0.485; 0.229",
    "abc-moco-b-16, shorter side 256 (bilinear; centre crop 224; 0.485; 0.229",
    "abc-vit-b-16-384, shorter side 384 (bilinear; centre crop 384; [0.5; std [0.5",
    "abc-sscd, shorter side 288 (bilinear; centre crop 288; 0.485; 0.229"
  })
  void theEncodersOfAbcAreFedAsItsCodeFeedsThem(String id, String words) {
    String preprocessing = Registry.find(id).orElseThrow().model().preprocessing();
    for (String word : words.split("; ")) {
      assertTrue(preprocessing.contains(word), word + " in " + preprocessing);
    }
  }

  @Test
  void knownHashesAreHashesOfFilesAtAKnownPlace() {
    for (RegistryCard card : Registry.cards()) {
      card.hub().stream()
          .flatMap(hub -> hub.files().stream())
          .forEach(
              file -> {
                assertTrue(file.path().endsWith(".onnx") || file.path().endsWith("_data"));
                assertTrue(file.sha256() == null || file.sha256().matches("[0-9a-f]{64}"));
              });
    }
  }

  @Test
  void whatCannotBeIdentifiedSaysSo() {
    for (RegistryCard card : Registry.cards()) {
      if (card.onnx().isEmpty()) {
        assertFalse(card.notes().isEmpty(), card.id());
        assertTrue(card.weights().getFirst() instanceof Weights.Own, card.id());
        assertTrue(card.model().preprocessing().startsWith("not established"), card.id());
      }
    }
  }

  @Test
  void theManualHasEveryModelUnderEveryName() throws IOException {
    String manual = Files.readString(Path.of("../docs/models.md"));
    for (RegistryCard card : Registry.cards()) {
      String row = "| `%s` | ".formatted(card.id());
      assertTrue(manual.contains(row), row);
      card.model().aliases().forEach(a -> assertTrue(manual.contains("`" + a + "`"), a));
    }
  }

  @Test
  void licencesThatAskForSomethingAreMarked() {
    assertTrue(Registry.find("dinov3-b-16").orElseThrow().terms().gated());
    assertTrue(Registry.find("abc-moco-b-16").orElseThrow().terms().nonCommercial());
    for (RegistryCard card : Registry.cards()) {
      assertEquals(card.model().licence().contains("-NC"), card.terms().nonCommercial(), card.id());
    }
  }
}

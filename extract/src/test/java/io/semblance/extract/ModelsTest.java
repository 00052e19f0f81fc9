package io.semblance.extract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.semblance.core.SemblanceException;
import io.semblance.core.file.Sha256;
import io.semblance.core.table.Provenance.Kind;
import io.semblance.extract.ensemble.CompressionEnsemble;
import io.semblance.extract.registry.Registry;
import io.semblance.extract.registry.RegistryCard;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelsTest {

  @Test
  void everyBuiltInModelHasACompleteCard() {
    Set<String> names = new HashSet<>();
    for (ModelCard card : Models.cards()) {
      assertTrue(names.add(card.id()), card.id());
      card.aliases().forEach(alias -> assertTrue(names.add(alias), alias));
      for (String text :
          List.of(
              card.title(),
              card.description(),
              card.licence(),
              card.source(),
              card.preprocessing())) {
        assertTrue(!text.isBlank() && text.indexOf('\n') < 0, card.id() + ": " + text);
      }
      assertEquals(card.kind() == Kind.NEURAL, card.weightsSha256() != null);
      assertEquals(card.kind() == Kind.CONCEPTUAL, card.dimension() == 0);
      assertEquals(card.id(), card.provenance().modelId());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GIF_compression, gif-compression",
    "PNG_filesizes, png-filesize",
    "style_blind, style-blind",
    "category_blind, category-blind",
    "balanced, balanced",
    "CompressionEnsembles, compression-ensemble",
    "efficientnet-lite0, efficientnet-lite0"
  })
  void theNamesOfThePaperWork(String name, String id) throws IOException {
    assertEquals(id, Models.card(name).id());
  }

  @Test
  void modelsOfTheRegistryAreFoundUnderEveryName() throws IOException {
    for (RegistryCard card : Registry.cards()) {
      assertEquals(card.model(), Models.card(card.id()));
      for (String alias : card.model().aliases()) {
        assertEquals(card.id(), Models.card(alias).id());
      }
    }
    SemblanceException near =
        assertThrows(SemblanceException.class, () -> Models.card("CLIP-ViT-B-16_OAI"));
    assertTrue(near.getMessage().contains("did you mean CLIP-ViT-B-16_OA?"), near.getMessage());
  }

  @Test
  void theHashOnTheCardIsThatOfTheWeights() throws IOException {
    try (InputStream in =
        Models.class.getResourceAsStream("models/efficientnet-lite0/model.onnx")) {
      assertEquals(Sha256.of(in.readAllBytes()), Models.card("efficientnet-lite0").weightsSha256());
    }
  }

  @Test
  void anUnknownNameIsAnsweredWithTheIdsAndTheNearest() {
    SemblanceException near =
        assertThrows(SemblanceException.class, () -> Models.card("efficientnet-lite"));
    assertTrue(near.getMessage().contains("did you mean efficientnet-lite0?"), near.getMessage());
    SemblanceException far = assertThrows(SemblanceException.class, () -> Models.card("dino"));
    assertTrue(far.getMessage().startsWith("There is no model 'dino': choose from "));
    Models.cards().forEach(c -> assertTrue(far.getMessage().contains(c.id()), c.id()));
  }

  @Test
  void whateverDecidesTheBytesChangesTheHash() {
    ModelCard card = GifCompression.CARD;
    var hashes = new HashSet<String>();
    hashes.add(card.hash(16));
    hashes.add(card.hash(8));
    hashes.add(PngFileSize.CARD.hash(16));
    assertEquals(3, hashes.size());
    assertEquals(card.hash(16), card.hash(16));
  }

  /// In a process of its own: another test of this one may have loaded ONNX Runtime or OpenCV.
  @Test
  void listingLoadsNoNativeLibrary() throws IOException {
    org.junit.jupiter.api.Assumptions.assumeTrue(
        Files.exists(Path.of("/proc/self/maps")), "loaded libraries are listed in /proc only");
    try (var child = ChildProcess.start(Listing.class)) {
      String out = child.output();
      assertTrue(out.contains("efficientnet-lite0") && out.contains("dreamsim"), out);
      assertTrue(out.contains("no onnxruntime"), out);
      assertTrue(out.contains("no opencv"), out);
    }
  }

  /// Lists the models and the values of the ensemble and says whether a library was loaded for it.
  static final class Listing {

    private Listing() {}

    public static void main(String[] args) throws IOException {
      Models.cards().forEach(card -> System.out.println(card.id()));
      Registry.cards().forEach(card -> System.out.println(card.id()));
      System.out.println(CompressionEnsemble.names(CompressionEnsemble.CARD));
      String maps = Files.readString(Path.of("/proc/self/maps"));
      System.out.println(
          maps.contains("libonnxruntime") ? "onnxruntime is loaded" : "no onnxruntime");
      System.out.println(maps.contains("libopencv") ? "opencv is loaded" : "no opencv");
    }
  }
}

package io.semblance.extract.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.semblance.core.SemblanceException;
import io.semblance.core.file.Sha256;
import io.semblance.extract.Execution;
import io.semblance.extract.Extractor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Files that a user put there, or an export wrote.
class LocalModelTest {

  @TempDir private Path temp;

  private ModelCache cache() {
    return new ModelCache(temp.resolve("models"));
  }

  private Path folder() throws IOException {
    return Files.createDirectories(cache().folder("tiny"));
  }

  private void put(String name, byte[] bytes) throws IOException {
    Files.write(folder().resolve(name), bytes);
  }

  private void put(String name, String text) throws IOException {
    put(name, text.getBytes(StandardCharsets.UTF_8));
  }

  private String refusal(RegistryCard card) {
    var model = new LocalModel(card, cache());
    String message =
        assertThrows(SemblanceException.class, () -> model.open(Execution.of(1))).getMessage();
    assertFalse(message.contains("\n"), message);
    ModelCheck.Report report = ModelCheck.of(card, cache());
    assertEquals(message, report.problem());
    return message;
  }

  @Test
  void theFolderIsThatOfTheEnvironmentElseTheUsersCache() {
    Path home = Path.of("/home/somebody");
    assertEquals(Path.of("/m"), ModelCache.of(Map.of("SEMBLANCE_MODELS", "/m"), home).root());
    assertEquals(
        Path.of("/c/semblance/models"), ModelCache.of(Map.of("XDG_CACHE_HOME", "/c"), home).root());
    assertEquals(home.resolve(".cache/semblance/models"), ModelCache.of(Map.of(), home).root());
  }

  @Test
  void whatIsMissingIsSaidWithEveryWayToGetIt() {
    RegistryCard card =
        TinyModel.card(
            "\"gated\": true,",
            TinyModel.hubWeights(null)
                + """
                , {"kind": "export", "spec": "timm:tiny", "options": ["--filter", "box of it"],
                   "files": ["model.safetensors"]},
                  {"kind": "own", "how": "any graph", "files": []}
                """);
    Path graph = cache().graph("tiny");
    assertEquals(
        """
        tiny is not on this machine (no %1$s); \
        get it with 'semblance models pull tiny --accept-licence', or put from the hub's a/tiny onnx/model.onnx as %1$s; \
        or make it where Python and a network are: python tools/export/export_model.py timm:tiny --filter 'box of it' --id tiny --out %2$s; \
        or bring your own as %1$s: any graph.\
        """
            .formatted(graph, graph.getParent()),
        refusal(card));
    assertFalse(ModelCheck.of(card, cache()).present());
  }

  @Test
  void aGraphPutThereIsHashedComparedAndOpened() throws IOException {
    put("model.onnx", TinyModel.GRAPH);
    String hash = Sha256.of(TinyModel.GRAPH);
    RegistryCard card = TinyModel.hub(hash);
    try (Extractor model = new LocalModel(card, cache()).open(Execution.of(1))) {
      assertEquals(hash, model.card().weightsSha256());
      assertEquals(card.model().aliases(), model.card().aliases());
      assertEquals(card.model().preprocessing(), model.card().preprocessing());
      assertEquals(3, model.dimension());
    }
    ModelCheck.Report report = ModelCheck.of(card, cache());
    assertNull(report.problem());
    assertTrue(report.files().getFirst().confirmed());
  }

  @Test
  void anotherGraphThanThePublishedOneIsRefused() throws IOException {
    put("model.onnx", TinyModel.GRAPH);
    String message = refusal(TinyModel.hub("0".repeat(64)));
    assertTrue(message.contains("the published file has 000000000000..."), message);
    assertTrue(message.contains("put its model.json beside it"), message);
  }

  @Test
  void ofAnExportOnlyTheNamesWithinTheGraphMayDiffer() throws IOException {
    RegistryCard published =
        TinyModel.card("", TinyModel.hubWeights("0".repeat(64)).replace("a/tiny", "b/other"));
    put("model.onnx", TinyModel.GRAPH);
    put("model.json", TinyModel.json("title", "\"Mine\""));
    try (Extractor model = new LocalModel(published, cache()).open(Execution.of(1))) {
      assertEquals("Tiny", model.card().title());
    }
    put("model.json", TinyModel.json("input", "\"pixels\""));
    assertTrue(refusal(published).contains("has no input \"pixels\" (it has x)"));
  }

  @ParameterizedTest
  @CsvSource({
    "id, '\"other\"', \"id\" is other",
    "dimension, 4, \"dimension\" is 4",
    "resize, 9, \"resize\" is 9",
    "filter, '\"bicubic\"', \"filter\" is BICUBIC",
    "crop, 7, \"crop\" is 7",
    "std, '[1, 1, 2]', '\"std\" is [1.0, 1.0, 2.0]'"
  })
  void anExportThatDoesSomethingElseToImagesIsRefused(String field, String value, String words)
      throws IOException {
    put("model.onnx", TinyModel.GRAPH);
    put("model.json", TinyModel.json(field, value));
    String message = refusal(TinyModel.hub(null));
    assertTrue(message.contains(words + ", the registry's model has "), message);
  }

  @Test
  void aModelThatNobodyCanIdentifyNeedsTheUsersCard() throws IOException {
    put("model.onnx", TinyModel.GRAPH);
    assertTrue(refusal(TinyModel.unknown()).startsWith("There is no " + folder()));
    put("model.json", TinyModel.json("dimension", "4"));
    assertTrue(refusal(TinyModel.unknown()).contains("\"dimension\" is 4"));
    put("model.json", TinyModel.json());
    try (Extractor model = new LocalModel(TinyModel.unknown(), cache()).open(Execution.of(1))) {
      assertEquals(3, model.dimension());
    }
  }

  @Test
  void weightsKeptApartBelongToTheHash() throws IOException {
    put("model.onnx", TinyModel.GRAPH);
    var model = new LocalModel(TinyModel.hub(null), cache());
    String alone = model.modelCard().weightsSha256();
    put("model.onnx.data", new byte[] {1});
    assertEquals(Sha256.of(alone + Sha256.of(new byte[] {1})), model.modelCard().weightsSha256());
  }

  @Test
  void hashesAreRememberedBySizeAndTimeAndVerifyLooksAgain() throws IOException {
    put("model.onnx", TinyModel.GRAPH);
    RegistryCard card = TinyModel.hub(Sha256.of(TinyModel.GRAPH));
    var model = new LocalModel(card, cache());
    String hash = model.modelCard().weightsSha256();
    byte[] other = TinyModel.GRAPH.clone();
    other[other.length - 1] ^= 1;
    FileTime time = Files.getLastModifiedTime(model.graph());
    put("model.onnx", other);
    Files.setLastModifiedTime(model.graph(), time);
    assertEquals(hash, model.modelCard().weightsSha256(), "not read again");
    assertTrue(ModelCheck.of(card, cache()).problem().contains("damaged or another one"));
    Files.setLastModifiedTime(model.graph(), FileTime.fromMillis(time.toMillis() + 5000));
    assertThrows(SemblanceException.class, model::modelCard);
  }

  @Test
  void aGraphThatIsNoneIsRefusedWhenItIsLoaded() throws IOException {
    put("model.onnx", new byte[] {1, 2, 3});
    assertTrue(refusal(TinyModel.hub(null)).contains("cannot be loaded by ONNX Runtime"));
  }
}

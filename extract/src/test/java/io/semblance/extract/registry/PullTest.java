package io.semblance.extract.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.semblance.core.Progress;
import io.semblance.core.SemblanceException;
import io.semblance.core.file.Sha256;
import io.semblance.extract.Execution;
import io.semblance.extract.Extractor;
import io.semblance.extract.hub.Hub;
import io.semblance.extract.hub.HubServer;
import io.semblance.extract.hub.HubServer.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// From a hub to an extractor.
class PullTest {

  private static final String HASH = Sha256.of(TinyModel.GRAPH);

  @TempDir private Path temp;

  private ModelCache cache() {
    return new ModelCache(temp.resolve("models"));
  }

  private Pull.Result pull(HubServer server, RegistryCard card, boolean accepted)
      throws IOException {
    Hub hub = Hub.at(server.address()).withPatience(Duration.ofSeconds(20), 3, Duration.ZERO);
    try (var pull = new Pull(hub, cache(), accepted)) {
      return pull.pull(card, _ -> Progress.none());
    }
  }

  private static Answer graph() {
    return HubServer.file(TinyModel.GRAPH, "\"g\"");
  }

  @Test
  void aPulledModelOpensAndPullingItAgainDoesNothing() throws IOException {
    Answer answer =
        (exchange, n) -> {
          assertEquals("/a/tiny/resolve/main/onnx/model.onnx", exchange.getRequestURI().getPath());
          exchange.getResponseHeaders().set("X-Repo-Commit", "c0ffee");
          graph().to(exchange, n);
        };
    RegistryCard card = TinyModel.hub(HASH);
    try (var server = HubServer.start(answer)) {
      Path folder = cache().folder("tiny");
      assertEquals(
          new Pull.Result("tiny", folder, TinyModel.GRAPH.length), pull(server, card, false));
      assertEquals(new Pull.Result("tiny", folder, 0), pull(server, card, false));
      assertEquals(1, server.seen().size());
      assertTrue(Files.readString(folder.resolve(WeightsRecord.NAME)).contains("c0ffee"));
    }
    try (Extractor model = new LocalModel(card, cache()).open(Execution.of(1))) {
      assertEquals(HASH, model.card().weightsSha256());
    }
    assertNull(ModelCheck.of(card, cache()).problem());
  }

  @Test
  void whatWasPulledWithoutAKnownHashIsHeldToTheOneItCameWith() throws IOException {
    RegistryCard card = TinyModel.hub(null);
    try (var server = HubServer.start(graph())) {
      pull(server, card, false);
    }
    assertEquals(HASH, ModelCheck.of(card, cache()).files().getFirst().expected());
    Files.write(cache().graph("tiny"), new byte[] {1, 2, 3});
    var model = new LocalModel(card, cache());
    assertTrue(
        assertThrows(SemblanceException.class, model::modelCard)
            .getMessage()
            .contains("the published file has " + HASH.substring(0, 12)));
  }

  @Test
  void aGraphInTwoFilesIsThereWhenBothAre() throws IOException {
    RegistryCard card =
        TinyModel.card(
            "",
            """
            {"kind": "hub", "repository": "a/tiny", "revision": "main",
             "files": [{"path": "model.onnx", "name": "model.onnx"},
                       {"path": "model.onnx_data", "name": "model.onnx_data"}]}
            """);
    Answer dataOnly =
        (exchange, n) -> {
          Answer answer =
              exchange.getRequestURI().getPath().endsWith("_data")
                  ? HubServer.file(new byte[] {7}, null)
                  : (e, _) -> e.sendResponseHeaders(404, -1);
          answer.to(exchange, n);
        };
    try (var server = HubServer.start(dataOnly)) {
      assertThrows(SemblanceException.class, () -> pull(server, card, false));
    }
    assertFalse(new LocalModel(card, cache()).present());
    try (var server = HubServer.start(graph())) {
      assertEquals(TinyModel.GRAPH.length, pull(server, card, false).bytes());
      assertEquals(1, server.seen().size(), "the data was there");
    }
    Files.delete(cache().folder("tiny").resolve("model.onnx_data"));
    var model = new LocalModel(card, cache());
    assertTrue(
        assertThrows(SemblanceException.class, () -> model.open(Execution.of(1)))
            .getMessage()
            .contains("model.onnx_data, which belongs to"));
  }

  @Test
  void aLicenceThatAsksForSomethingIsAcceptedFirst() throws IOException {
    for (String term : new String[] {"gated", "non_commercial"}) {
      RegistryCard card =
          TinyModel.card("\"%s\": true,".formatted(term), TinyModel.hubWeights(HASH));
      try (var server = HubServer.start(graph())) {
        String message =
            assertThrows(SemblanceException.class, () -> pull(server, card, false)).getMessage();
        assertTrue(message.contains("pull again with --accept-licence"), message);
        assertTrue(message.contains(cache().graph("tiny").toString()), message);
        assertEquals(0, server.seen().size());
        pull(server, card, true);
        Files.delete(cache().graph("tiny"));
      }
    }
  }

  @Test
  void whatNoHubHasSaysHowToComeByIt() throws IOException {
    RegistryCard card =
        TinyModel.card(
            "",
            """
            {"kind": "export", "spec": "timm:tiny", "options": [], "files": []}
            """);
    try (var server = HubServer.start(graph())) {
      String message =
          assertThrows(SemblanceException.class, () -> pull(server, card, false)).getMessage();
      assertTrue(message.startsWith("tiny cannot be pulled; make it"), message);
      Files.createDirectories(cache().folder("tiny"));
      Files.write(cache().graph("tiny"), TinyModel.GRAPH);
      assertEquals(0, pull(server, card, false).bytes());
      assertEquals(0, server.seen().size());
    }
  }

  @Test
  void aFileOfTheUserIsNeverReplaced() throws IOException {
    Files.createDirectories(cache().folder("tiny"));
    Files.write(cache().graph("tiny"), new byte[] {1});
    try (var server = HubServer.start(graph())) {
      String message =
          assertThrows(SemblanceException.class, () -> pull(server, TinyModel.hub(HASH), false))
              .getMessage();
      assertTrue(message.contains("move it away and pull tiny again"), message);
      assertEquals(1, Files.size(cache().graph("tiny")));
    }
  }

  @Test
  void aTextTowerComesWithItsTokenizerAndIsHeldAgainstTheImageModel() throws IOException {
    Path tiny = Path.of("src/test/resources/io/semblance/extract/text/parity/clip-open-clip");
    String text =
        """
        "text": {"model": {"modality": "text", "id": "tiny-text", "space": "tiny", "tokenizer": ".",
          "context_length": 77, "padding": "zero", "input": "input_ids", "output": "features",
          "dimension": 32}, "weights": [{"kind": "hub", "repository": "a/tiny", "revision": "main",
          "files": [{"path": "onnx/text_model.onnx", "name": "model.onnx"},
                    {"path": "vocab.json", "name": "vocab.json"},
                    {"path": "merges.txt", "name": "merges.txt"}]}]},
        """;
    RegistryCard card = TinyModel.card(text, TinyModel.hubWeights(HASH));
    Answer answer =
        (exchange, n) -> {
          Path asked = Path.of(exchange.getRequestURI().getPath()).getFileName();
          String name = asked.toString().replace("text_model", "model");
          byte[] bytes = Files.readAllBytes(tiny.resolve(name));
          HubServer.file(bytes, '"' + Sha256.of(bytes) + '"').to(exchange, n);
        };
    var local = new LocalText(card, cache());
    assertTrue(
        assertThrows(SemblanceException.class, local::model)
            .getMessage()
            .contains("models pull tiny-text"));
    try (var server = HubServer.start(answer);
        var pull =
            new Pull(
                Hub.at(server.address()).withPatience(Duration.ofSeconds(20), 3, Duration.ZERO),
                cache(),
                false)) {
      // the image model of this card has three dimensions
      var e =
          assertThrows(SemblanceException.class, () -> pull.pullText(card, _ -> Progress.none()));
      assertTrue(
          e.getMessage().contains("\"dimension\" is 32, the registry's model has 3"),
          e.getMessage());
    }
    Path folder = cache().folder("tiny-text");
    assertEquals(-1, Files.mismatch(tiny.resolve("vocab.json"), folder.resolve("vocab.json")));
    assertEquals(-1, Files.mismatch(tiny.resolve("model.onnx"), folder.resolve("model.onnx")));
    assertTrue(local.present());
  }
}

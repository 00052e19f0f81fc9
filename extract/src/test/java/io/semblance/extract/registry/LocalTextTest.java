package io.semblance.extract.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.semblance.core.SemblanceException;
import io.semblance.extract.Execution;
import io.semblance.extract.text.TextExtractor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A text tower's files that a user put there, or pulled.
class LocalTextTest {

  private static final Path TOWER =
      Path.of("src/test/resources/io/semblance/extract/text/parity/clip-open-clip");

  private static final String CARD =
      """
      {"aliases": [], "family": "none", "paper": "since", "precision": "float32",
       "known": {"title": "Tiny", "description": "Unknown.", "dimension": 32,
                 "licence": "unknown", "source": "not identified"},
       "text": {"model": {"modality": "text", "id": "tiny-text", "space": "tiny", "tokenizer": ".",
         "context_length": 77, "padding": "zero", "input": "input_ids", "output": "features",
         "dimension": 32}, "weights": [{"kind": "hub", "repository": "a/tiny", "revision": "main",
         "files": [{"path": "onnx/text_model.onnx", "name": "model.onnx"},
                   {"path": "vocab.json", "name": "vocab.json"},
                   {"path": "merges.txt", "name": "merges.txt"}]}]},
       "weights": [{"kind": "own", "how": "whatever you have", "files": []}]}
      """;

  @TempDir private Path temp;

  private final RegistryCard card =
      RegistryReader.read("tiny", CARD.getBytes(StandardCharsets.UTF_8));

  private ModelCache cache() {
    return new ModelCache(temp);
  }

  @BeforeEach
  void putTheFilesOfTheHub() throws IOException {
    Path folder = Files.createDirectories(cache().folder("tiny-text"));
    for (String name : List.of("model.onnx", "vocab.json", "merges.txt")) {
      Files.copy(TOWER.resolve(name), folder.resolve(name));
    }
  }

  private Path file(String name) {
    return cache().folder("tiny-text").resolve(name);
  }

  @Test
  void filesOfTheHubNeedNoCardBesideThem() throws SemblanceException {
    ModelCheck.Report report = ModelCheck.ofText(card, cache());
    assertNull(report.problem());
    assertEquals(3, report.files().size());
    try (TextExtractor tower = new LocalText(card, cache()).open(Execution.of(1))) {
      assertEquals(32, tower.vector("a dog").length);
    }
  }

  @Test
  void whatWasPulledIsHeldToItsHash() throws IOException {
    WeightsRecord.none()
        .with(file("model.onnx"), "0".repeat(64))
        .with(file("merges.txt"), "1".repeat(64))
        .pulledFrom("hub", null)
        .write(cache().folder("tiny-text"));
    var local = new LocalText(card, cache());
    assertEquals(3, local.files().size());
    Files.writeString(file("merges.txt"), "#version: 0.2\n");
    String message = assertThrows(SemblanceException.class, local::model).getMessage();
    assertTrue(message.contains("merges.txt has SHA-256 "), message);
    assertTrue(message.contains("the published file has 111111111111..."), message);
    assertTrue(message.contains("pull tiny-text again"), message);
    ModelCheck.Report report = ModelCheck.ofText(card, cache());
    assertTrue(report.problem().contains("model.onnx has SHA-256 "), report.problem());
  }

  @Test
  void aMissingTokenizerIsNamed() throws IOException {
    Files.delete(file("merges.txt"));
    String problem = ModelCheck.ofText(card, cache()).problem();
    assertTrue(problem.contains("There is no " + file("merges.txt")), problem);
  }
}

package io.semblance.core.array;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.semblance.core.SemblanceException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/// Every file that numpy, torch and safetensors wrote is read to the bit, and every bad one
/// refused.
class FixturesTest {

  static Stream<String> readable() throws IOException {
    return Fixtures.values().keySet().stream().filter(Fixtures::isArrayFile);
  }

  static Stream<NamedCsvRecord> refused() throws IOException {
    return Fixtures.refused().stream().filter(l -> Fixtures.isArrayFile(l.getField("file")));
  }

  @ParameterizedTest
  @MethodSource("readable")
  void whatTheLibraryWroteIsRead(String name) throws IOException {
    JsonNode actual = Fixtures.read(Fixtures.FOLDER.resolve(name));
    assertEquals(text(Fixtures.values().get(name), name), text(actual, name));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void whatMustNotBeReadIsRefusedInOneSentence(NamedCsvRecord line) {
    Path file = Fixtures.FOLDER.resolve(line.getField("file"));
    String message = assertThrows(SemblanceException.class, () -> Fixtures.read(file)).getMessage();
    assertTrue(message.contains(line.getField("sentence")), message);
    assertTrue(message.contains(file.getFileName().toString()), message);
    assertFalse(message.contains("\n"), message);
    assertTrue(message.endsWith("."), message);
  }

  /// Order counts, but for safetensors, whose writer sorts tensors in its own way.
  private static String text(JsonNode value, String name) {
    if (!name.endsWith(".safetensors")) {
      return value.toString();
    }
    return value.get("dict").valueStream().map(JsonNode::toString).sorted().toList().toString();
  }
}

package io.semblance.core.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.semblance.core.SemblanceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {

  @TempDir Path temp;

  @Test
  void aFailureLeavesTheOldFileAndNoTemporaryOne() throws IOException {
    Path file = temp.resolve("result.txt");
    AtomicFile.write(file, "first");
    SemblanceException e =
        assertThrows(
            SemblanceException.class,
            () ->
                AtomicFile.write(
                    file,
                    out -> {
                      out.write(1);
                      throw new IOException("No space left on device");
                    }));
    assertTrue(
        e.getMessage().contains("No space left on device") && e.getMessage().contains("result.txt"),
        e.getMessage());
    assertEquals("first", Files.readString(file));
    try (var list = Files.list(temp)) {
      assertEquals(List.of(file), list.toList());
    }
  }

  @Test
  void aFileWhereAFolderShouldBeIsNamed() throws IOException {
    AtomicFile.write(temp.resolve("file"), "x");
    assertThrows(
        SemblanceException.class, () -> AtomicFile.write(temp.resolve("file/below.txt"), "y"));
  }

  @Test
  void jsonNamesThePlaceOfAMistake() throws IOException {
    Path file = temp.resolve("card.json");
    AtomicFile.write(file, "{\n  \"a\": 1,,\n}");
    SemblanceException e =
        assertThrows(SemblanceException.class, () -> Json.read(file, List.class));
    assertTrue(e.getMessage().contains("line"), e.getMessage());
    assertEquals(
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", Sha256.of("abc"));
  }
}

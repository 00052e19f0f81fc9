package io.semblance.attribution;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.semblance.core.SemblanceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class AttributionIndexTest {

  @TempDir Path temp;
  private Path cats;
  private Path dogs;
  private Path index;

  @BeforeEach
  void writeTables() throws IOException {
    cats = TestTables.write(temp.resolve("a"), root("cats"), TestTables.model(), 1, "0.png", "x/1");
    dogs = TestTables.write(temp.resolve("b"), root("dogs"), TestTables.model(), 2, "0.png");
    index = temp.resolve("index");
  }

  @Test
  void namesTheImagesOfSeveralTablesApart() throws IOException {
    IndexManifest manifest = IndexBuilder.build(List.of(cats, dogs), index);
    assertEquals(manifest, AttributionIndex.info(index));
    assertEquals(3, manifest.rows());
    assertEquals("../a", manifest.tables().getFirst().path());
    AttributionIndex.verify(index);
    try (var opened = AttributionIndex.open(index)) {
      assertEquals("cats/0.png", opened.image(0, 0).id());
      assertEquals("cats/x/1", opened.image(0, 1).id());
      assertEquals("dogs/0.png", opened.image(1, 0).id());
      assertEquals(root("dogs").resolve("0.png"), opened.image(1, 0).file());
    }
  }

  @Test
  void keepsTheIdsOfASingleTable() throws IOException {
    IndexBuilder.build(List.of(cats), index);
    try (var opened = AttributionIndex.open(index)) {
      assertEquals("x/1", opened.image(0, 1).id());
    }
  }

  @Test
  void numbersCollectionsOfOneName() throws IOException {
    Path again = TestTables.write(temp.resolve("c"), root("more/cats"), TestTables.model(), 3, "y");
    var manifest = IndexBuilder.build(List.of(cats, again), index);
    assertEquals(
        List.of("cats", "cats-2"),
        manifest.tables().stream().map(IndexManifest.Source::name).toList());
  }

  @Test
  void isTheSameBytesWhenBuiltAgainAndMovesWithItsTables() throws IOException {
    IndexBuilder.build(List.of(cats, dogs), index);
    byte[] first = Files.readAllBytes(index.resolve("index.json"));
    IndexBuilder.build(List.of(cats, dogs), index);
    assertArrayEquals(first, Files.readAllBytes(index.resolve("index.json")));
    Path moved = Files.createDirectory(temp.resolve("moved"));
    for (String name : List.of("a", "b", "index")) {
      Files.move(temp.resolve(name), moved.resolve(name));
    }
    AttributionIndex.open(moved.resolve("index")).close();
  }

  @Test
  void refusesTablesOfDifferentModelsAndNamesBoth() throws IOException {
    Path other = TestTables.write(temp.resolve("o"), root("o"), TestTables.model("bb22"), 4, "z");
    refused(
        () -> IndexBuilder.build(List.of(cats, other), index),
        "aaaa1111",
        "bb22",
        "only vectors of one model");
  }

  @Test
  void refusesATableGivenTwiceNoTableAndNoFolder() {
    refused(() -> IndexBuilder.build(List.of(cats, cats), index), "given twice");
    refused(() -> IndexBuilder.build(List.of(), index), "at least one embedding table");
    refused(() -> IndexBuilder.build(List.of(root("nothing")), index), "not an embedding table");
    refused(() -> AttributionIndex.info(cats), "is not an index");
  }

  @Test
  void saysWhatChangedInATable() throws IOException {
    IndexBuilder.build(List.of(cats, dogs), index);
    Files.move(dogs, dogs.resolveSibling("elsewhere"));
    refused(() -> AttributionIndex.open(index), "there is none");
    TestTables.write(dogs, root("dogs"), TestTables.model(), 2, "0.png", "1.png");
    refused(
        () -> AttributionIndex.open(index), "then 1 rows", "now 2 rows", "build the index again");
    refused(() -> AttributionIndex.verify(index), "then 1 rows");
    IndexBuilder.build(List.of(cats, dogs), index);
    AttributionIndex.open(index).close();
  }

  @Test
  void verifyFindsAChangedByte() throws IOException {
    IndexBuilder.build(List.of(cats), index);
    AttributionIndex.open(index).close();
    Path shard = cats.resolve("img_emb/img_emb_0.npy");
    byte[] bytes = Files.readAllBytes(shard);
    bytes[bytes.length - 1] ^= 1;
    Files.write(shard, bytes);
    refused(() -> AttributionIndex.verify(index), "img_emb_0.npy");
  }

  @Test
  void refusesAnotherFormat() throws IOException {
    IndexBuilder.build(List.of(cats), index);
    Path file = index.resolve("index.json");
    Files.writeString(file, Files.readString(file).replace("\"format\" : 1", "\"format\" : 9"));
    refused(() -> AttributionIndex.open(index), "format 9", "format 1");
  }

  @Test
  void anIdNeverLeavesTheCollectionsFolder() {
    assertEquals(Path.of("/c/x/y.png"), AttributionIndex.file("/c", "x/y.png"));
    assertNull(AttributionIndex.file("/c", "../secret.png"));
    assertNull(AttributionIndex.file("/c", "/etc/hosts"));
    assertNull(AttributionIndex.file("/c", "x\0y"));
    assertNull(AttributionIndex.file(null, "x"));
  }

  private Path root(String name) {
    return temp.resolve("images").resolve(name);
  }

  private static void refused(Executable action, String... parts) {
    String message = assertThrows(SemblanceException.class, action).getMessage();
    for (String part : parts) {
      assertTrue(message.contains(part), message);
    }
  }
}

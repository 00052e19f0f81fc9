package io.semblance.core.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.semblance.core.Progress;
import io.semblance.core.SemblanceException;
import io.semblance.core.collection.Labels;
import io.semblance.core.file.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableMergeTest {

  private static final int IMAGES = 40;
  private static final int D = 3;

  @TempDir Path temp;

  @Test
  void partsBecomeTheTableOfOneRun() throws IOException {
    write("whole", 0, IMAGES, null);
    var parts = new java.util.ArrayList<Path>();
    for (int i : new int[] {3, 1, 2}) {
      int from = List.of(0, 13, 26, IMAGES).get(i - 1);
      int to = List.of(0, 13, 26, IMAGES).get(i);
      parts.add(
          write("part" + i, from, to, new TableManifest.ShardOf(i, 3, IMAGES, "whole listing")));
    }
    TableMerge.Result made =
        TableMerge.merge(parts, temp.resolve("merged"), false, Progress.none());
    assertEquals(IMAGES - 4, made.rows());
    assertEquals(4, made.failures());
    assertEquals(hashes("whole"), hashes("merged"));
    TableFolder.verify(temp.resolve("merged"));

    assertMessage(
        "these are missing: 2/3",
        () -> TableMerge.merge(parts.subList(0, 2), out(), false, none()));
    assertMessage(
        "which another table is too",
        () -> TableMerge.merge(List.of(parts.get(0), parts.get(0)), out(), false, none()));
    assertMessage(
        "is not a part of the same listing",
        () -> TableMerge.merge(List.of(parts.get(0), temp.resolve("whole")), out(), false, none()));
  }

  @Test
  void tablesStandOneBehindTheOther() throws IOException {
    Path a = write("a", 0, 11, null);
    Path b = write("b", 11, 30, null);
    TableMerge.merge(List.of(b, a), temp.resolve("both"), false, none());
    try (EmbeddingTable both = TableFolder.open(temp.resolve("both"))) {
      assertEquals(30 - 3, both.size());
      assertEquals("image 12", both.rows().get(1).id());
      assertEquals(12, both.vector(1)[0]);
      assertEquals("image 1", both.rows().get(18).id());
      assertEquals(1, both.vector(18)[0]);
    }
    assertMessage(
        "is in " + a + " and in " + a, () -> TableMerge.merge(List.of(a, a), out(), false, none()));
  }

  @Test
  void tablesOfDifferentExtractorsAreNotJoined() throws IOException {
    Path a = write("a", 0, 11, null);
    Path other = temp.resolve("other");
    var spec =
        new TableWriter.Spec(
            Provenance.unknown("other"), D, Precision.FLOAT32, "r", "l", 1, Sha256.of("x"));
    try (TableWriter writer = TableWriter.open(other, spec)) {
      writer.append(row(50), new float[D], 0);
      writer.finish();
    }
    assertMessage(
        "only tables of one extractor",
        () -> TableMerge.merge(List.of(a, other), out(), false, none()));
  }

  private Path write(String name, int from, int to, TableManifest.ShardOf shard)
      throws IOException {
    String listing = shard == null ? "whole listing" : "listing " + name;
    var source = new TableManifest.Source("images", to - from, listing, "as it is", shard);
    var spec =
        new TableWriter.Spec(
            Provenance.unknown("toy"), D, Precision.FLOAT32, source, to - from, Sha256.of("toy"));
    Path folder = temp.resolve(name);
    try (TableWriter writer = TableWriter.open(folder, spec)) {
      for (int i = from; i < to; i++) {
        if (i % 10 == 3) {
          writer.fail("image " + i, "broken", "state " + i);
        } else {
          writer.append(row(i), "state " + i, new float[] {i, i * i, 1}, 0);
        }
      }
      writer.finish();
    }
    return folder;
  }

  private static TableRow row(int i) {
    return new TableRow("image " + i, new Labels("c", "s" + i % 2, null), Sha256.of("" + i / 2));
  }

  private Path out() {
    return temp.resolve("out");
  }

  private static Progress none() {
    return Progress.none();
  }

  private Map<String, String> hashes(String name) throws IOException {
    var out = new TreeMap<String, String>();
    try (var walk = Files.walk(temp.resolve(name))) {
      for (Path file : walk.filter(Files::isRegularFile).toList()) {
        out.put(temp.resolve(name).relativize(file).toString(), Sha256.of(file));
      }
    }
    return out;
  }

  private static void assertMessage(String part, org.junit.jupiter.api.function.Executable work) {
    SemblanceException e = assertThrows(SemblanceException.class, work);
    assertTrue(e.getMessage().contains(part), e.getMessage());
  }
}

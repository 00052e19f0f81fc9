package io.semblance.core.table;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.semblance.core.SemblanceException;
import io.semblance.core.collection.Labels;
import io.semblance.core.file.Sha256;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TableWriterTest {

  private static final int IMAGES = 57;
  private static final int D = 5;

  @TempDir Path temp;

  @ParameterizedTest
  @EnumSource(Precision.class)
  void whatWasWrittenIsRead(Precision precision) throws IOException {
    Path folder = temp.resolve("model");
    write(folder, spec(precision), Integer.MAX_VALUE);
    TableFolder.verify(folder);
    try (EmbeddingTable table = TableFolder.open(folder)) {
      assertEquals(IMAGES - 6, table.size());
      assertEquals(spec(precision).provenance(), table.provenance());
      int row = 0;
      for (int i = 0; i < IMAGES; i++) {
        if (failing(i)) {
          continue;
        }
        assertEquals(row(i), table.rows().get(row));
        assertArrayEquals(
            vector(i), table.vector(row), "halves of small integers are exact in both precisions");
        row++;
      }
    }
    List<String> failures = Files.readAllLines(folder.resolve("failures.csv"));
    assertEquals(7, failures.size(), "a header and one line per failure");
    assertTrue(failures.get(1).startsWith("set/image 000.png,"), failures.get(1));
  }

  @Test
  void anInterruptedRunEndsInTheSameBytesWhereverItStopped() throws IOException {
    write(temp.resolve("whole"), spec(Precision.FLOAT32), Integer.MAX_VALUE);
    Map<String, String> expected = hashes(temp.resolve("whole"));
    var random = new SplittableRandom(7);
    for (int trial = 0; trial < 10; trial++) {
      Path folder = temp.resolve("resumed" + trial);
      for (int stop = 0; stop < 3; stop++) {
        write(folder, spec(Precision.FLOAT32), 1 + random.nextInt(30));
      }
      write(folder, spec(Precision.FLOAT32), Integer.MAX_VALUE);
      assertEquals(expected, hashes(folder));
      assertFalse(
          Files.exists(temp.resolve(".resumed" + trial + ".partial")), "nothing is left behind");
    }
  }

  @Test
  void aFinishedTableOfTheSameSpecHasNothingLeftToDo() throws IOException {
    Path folder = temp.resolve("model");
    write(folder, spec(Precision.FLOAT32), Integer.MAX_VALUE);
    try (TableWriter again = TableWriter.open(folder, spec(Precision.FLOAT32))) {
      assertTrue(again.complete());
      assertEquals(IMAGES, again.consumed());
    }
  }

  @Test
  void aTableThatOnlyLacksItsNameIsNotMadeAgain() throws IOException {
    Path folder = temp.resolve("model");
    write(folder, spec(Precision.FLOAT32), Integer.MAX_VALUE);
    Map<String, String> expected = hashes(folder);
    Path hidden = temp.resolve(".model.partial");
    Files.move(folder, hidden);
    Files.writeString(hidden.resolve("spec.json"), "{}");
    try (TableWriter again = TableWriter.open(folder, spec(Precision.FLOAT32))) {
      assertTrue(again.complete());
    }
    assertEquals(expected, hashes(folder));
  }

  @Test
  void anotherSpecIsRefusedAndBothSidesAreNamed() throws IOException {
    Path folder = temp.resolve("model");
    write(folder, spec(Precision.FLOAT32), Integer.MAX_VALUE);
    SemblanceException e =
        assertThrows(
            SemblanceException.class, () -> TableWriter.open(folder, spec(Precision.FLOAT16)));
    assertTrue(
        e.getMessage().contains("float32") && e.getMessage().contains("float16"), e.getMessage());
    Path interrupted = temp.resolve("interrupted");
    write(interrupted, spec(Precision.FLOAT32), 9);
    assertThrows(
        SemblanceException.class, () -> TableWriter.open(interrupted, spec(Precision.FLOAT16)));
    TableWriter.open(interrupted, spec(Precision.FLOAT16), null, true).close();
    write(interrupted, spec(Precision.FLOAT16), Integer.MAX_VALUE);
    assertEquals(Precision.FLOAT16, TableFolder.manifest(interrupted).precision());
  }

  @Test
  void aTableThatIsReplacedStaysUntilTheNewOneIsWhole() throws IOException {
    Path folder = temp.resolve("model");
    write(folder, spec(Precision.FLOAT32), Integer.MAX_VALUE);
    Map<String, String> before = hashes(folder);
    try (TableWriter writer = TableWriter.open(folder, spec(Precision.FLOAT16), null, true)) {
      writer.append(row(1), vector(1), 0);
      writer.checkpoint();
    }
    assertEquals(before, hashes(folder), "a killed process has changed nothing");
    try (TableWriter writer = TableWriter.open(folder, spec(Precision.FLOAT16), null, true)) {
      assertEquals(0, writer.consumed());
      writer.append(row(1), vector(1), 0);
      writer.finish();
    }
    assertEquals(1, TableFolder.manifest(folder).rows());
    try (var left = Files.list(temp)) {
      assertEquals(1, left.count(), "nothing is left behind");
    }
  }

  @Test
  void aSecondWriterIsTurnedAway() throws IOException {
    Path folder = temp.resolve("model");
    try (TableWriter first = TableWriter.open(folder, spec(Precision.FLOAT32))) {
      assertEquals(0, first.consumed());
      SemblanceException e =
          assertThrows(
              SemblanceException.class, () -> TableWriter.open(folder, spec(Precision.FLOAT32)));
      assertTrue(e.getMessage().contains("Another process"), e.getMessage());
    }
  }

  @Test
  void aTableOfFailuresOnlyIsRefused() throws IOException {
    try (TableWriter writer = TableWriter.open(temp.resolve("model"), spec(Precision.FLOAT32))) {
      for (int i = 0; i < IMAGES; i++) {
        writer.fail("image " + i, "not a PNG");
      }
      SemblanceException e = assertThrows(SemblanceException.class, writer::finish);
      assertTrue(e.getMessage().contains("not a PNG"), e.getMessage());
    }
  }

  @Test
  void damageIsNamedWhenATableIsOpened() throws IOException {
    Path folder = temp.resolve("model");
    write(folder, spec(Precision.FLOAT32), Integer.MAX_VALUE);
    Path shard = folder.resolve("img_emb/img_emb_0.npy");
    try (var file = new RandomAccessFile(shard.toFile(), "rw")) {
      file.seek(ShardHeader.LENGTH + 8);
      file.write(0x7F);
    }
    Files.setLastModifiedTime(shard, java.nio.file.attribute.FileTime.fromMillis(1_000_000));
    SemblanceException changed =
        assertThrows(SemblanceException.class, () -> TableFolder.open(folder));
    assertTrue(changed.getMessage().contains("img_emb_0.npy has SHA-256"), changed.getMessage());
    try (var file = new RandomAccessFile(shard.toFile(), "rw")) {
      file.setLength(file.length() - 4);
    }
    SemblanceException shorter =
        assertThrows(SemblanceException.class, () -> TableFolder.open(folder));
    assertTrue(shorter.getMessage().contains("truncated"), shorter.getMessage());
  }

  /// Appends until `stopAfter` images, with a checkpoint every 4, then crashes without one or
  /// finishes.
  private static void write(Path folder, TableWriter.Spec spec, int stopAfter) throws IOException {
    try (TableWriter writer = TableWriter.open(folder, spec)) {
      int done = 0;
      for (int i = writer.consumed(); i < IMAGES; i++) {
        if (failing(i)) {
          writer.fail(row(i).id(), "broken, \"really\"\nbroken");
        } else {
          float[] padded = new float[D + 3];
          System.arraycopy(vector(i), 0, padded, 3, D);
          writer.append(row(i), padded, 3);
        }
        if (i % 4 == 3) {
          writer.checkpoint();
        }
        if (++done == stopAfter) {
          return;
        }
      }
      if (!writer.complete()) {
        writer.finish();
      }
    }
  }

  private static boolean failing(int i) {
    return i % 10 == 0;
  }

  private static TableRow row(int i) {
    String id = "set/image %03d.png".formatted(i);
    return new TableRow(
        id, new Labels("apple, green", "é" + i % 3, i % 2 == 0 ? null : "" + i), Sha256.of(id));
  }

  private static float[] vector(int i) {
    float[] out = new float[D];
    for (int j = 0; j < D; j++) {
      out[j] = (i - j) * 0.5f;
    }
    return out;
  }

  private static TableWriter.Spec spec(Precision precision) {
    var provenance = new Provenance("toy", Provenance.Kind.ALGORITHMIC, null, "none", false);
    return new TableWriter.Spec(
        provenance, D, precision, "images", Sha256.of("listing"), IMAGES, Sha256.of("toy 1"));
  }

  private static Map<String, String> hashes(Path folder) throws IOException {
    var out = new TreeMap<String, String>();
    try (var walk = Files.walk(folder)) {
      for (Path file : walk.filter(Files::isRegularFile).toList()) {
        out.put(folder.relativize(file).toString(), Sha256.of(file));
      }
    }
    return out;
  }
}

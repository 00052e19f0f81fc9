package io.semblance.synth.paint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PaintAllTest {
  private static final PaintOptions TINY = new PaintOptions(1, 16, 3);
  @TempDir private Path folder;

  @Test
  void writesOneFilePerImageAndCountsThem() throws IOException {
    List<Integer> seen = new ArrayList<>();
    new SaladPainter(TINY).paintAll(folder, seen::add, 2);
    assertEquals(IntStream.rangeClosed(1, 100).boxed().toList(), seen);
    assertTrue(Files.exists(folder.resolve("blueberries_crayon_000.png")));
    assertEquals(101, contents(folder).size());
  }

  @Test
  void threadsDoNotChangeAByte() throws IOException {
    new SaladPainter(TINY).paintAll(folder.resolve("one"), n -> {}, 1);
    new SaladPainter(TINY).paintAll(folder.resolve("three"), n -> {}, 3);
    assertSame(contents(folder.resolve("one")), contents(folder.resolve("three")));
  }

  @Test
  void resumeKeepsFinishedFilesAndRepaintsTheMissingOne() throws IOException {
    new SaladPainter(TINY).paintAll(folder, n -> {}, 2);
    Path missing = folder.resolve("kiwi_pile_000.png");
    Path kept = folder.resolve("fig_oil_000.png");
    byte[] before = Files.readAllBytes(missing);
    FileTime then = FileTime.fromMillis(1_000_000_000_000L);
    Files.setLastModifiedTime(kept, then);
    Files.delete(missing);
    Files.write(folder.resolve("kiwi_pile_000.png.part"), new byte[] {1});
    new SaladPainter(TINY).paintAll(folder, n -> {}, 2);
    assertArrayEquals(before, Files.readAllBytes(missing));
    assertEquals(then, Files.getLastModifiedTime(kept));
    assertFalse(Files.exists(folder.resolve("kiwi_pile_000.png.part")));
  }

  @Test
  void moreInstancesExtendAPainting() throws IOException {
    new SaladPainter(TINY).paintAll(folder, n -> {}, 2);
    new SaladPainter(TINY.withInstances(2)).paintAll(folder, n -> {}, 2);
    assertEquals(201, contents(folder).size());
  }

  @Test
  void otherOptionsAreRefusedAndNothingChanges() throws IOException {
    new SaladPainter(TINY).paintAll(folder, n -> {}, 2);
    Map<String, byte[]> before = contents(folder);
    String message = refusal(TINY.withSeed(4));
    assertTrue(
        message.contains("seed=3")
            && message.contains("seed=4")
            && message.contains("empty folder"),
        message);
    assertTrue(refusal(TINY.withSize(17)).contains("size=17"));
    assertSame(before, contents(folder));
  }

  @Test
  void unrelatedFilesAreRefused() throws IOException {
    Files.writeString(folder.resolve("holiday.jpg"), "x");
    String message = refusal(TINY);
    assertTrue(
        message.contains("holiday.jpg") && message.contains("choose an empty folder"), message);
    assertEquals(1, contents(folder).size());
  }

  @Test
  void aFileInPlaceOfTheFolderIsRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "x");
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> new SaladPainter(TINY).paintAll(file, n -> {}, 1))
            .getMessage();
    assertTrue(message.contains("is a file"), message);
  }

  @Test
  void aFolderThatCannotBeMadeIsOneSentence() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "x");
    IOException failure =
        assertThrows(
            IOException.class,
            () -> new SaladPainter(TINY).paintAll(file.resolve("below"), n -> {}, 1));
    assertTrue(failure.getMessage().startsWith("cannot write"), failure.getMessage());
  }

  @Test
  void aFailingListenerStopsTheRunAndIsPassedOn() {
    IllegalStateException stop = new IllegalStateException("stop");
    assertEquals(
        stop,
        assertThrows(
            IllegalStateException.class,
            () ->
                new SaladPainter(TINY)
                    .paintAll(
                        folder,
                        n -> {
                          throw stop;
                        },
                        2)));
  }

  @Test
  void noThreadsAreRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> new SaladPainter(TINY).paintAll(folder, n -> {}, 0));
  }

  private String refusal(PaintOptions options) {
    return assertThrows(
            IllegalArgumentException.class,
            () -> new SaladPainter(options).paintAll(folder, n -> {}, 1))
        .getMessage();
  }

  private static Map<String, byte[]> contents(Path folder) throws IOException {
    Map<String, byte[]> contents = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        contents.put(file.getFileName().toString(), Files.readAllBytes(file));
      }
    }
    return contents;
  }

  private static void assertSame(Map<String, byte[]> expected, Map<String, byte[]> actual) {
    assertEquals(expected.keySet(), actual.keySet());
    expected.forEach((name, bytes) -> assertArrayEquals(bytes, actual.get(name), name));
  }
}

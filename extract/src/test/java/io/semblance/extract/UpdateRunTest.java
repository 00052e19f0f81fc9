package io.semblance.extract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.semblance.core.Progress;
import io.semblance.core.SemblanceException;
import io.semblance.core.collection.ImageCollection;
import io.semblance.core.table.EmbeddingTable;
import io.semblance.core.table.Precision;
import io.semblance.core.table.TableFolder;
import io.semblance.core.table.TableUpdate.Changes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A table follows its collection: images come, go and change.
class UpdateRunTest {

  private static final int IMAGES = 23;
  private static final ExtractOptions OPTIONS =
      ExtractOptions.defaults().withBatchSize(4).withCheckpointEvery(Duration.ZERO);

  @TempDir Path temp;
  private Path images;
  private Path table;
  private final List<String> said = new ArrayList<>();

  @BeforeEach
  void firstRun() throws IOException {
    images = temp.resolve("images");
    table = temp.resolve("table");
    SampleImages.collection(images, IMAGES);
    assertEquals(IMAGES, run(table, new Counting(), OPTIONS).embedded());
  }

  @Test
  void newAndChangedImagesAreEmbeddedAndTheOthersNotEvenRead() throws IOException {
    change();
    var extractor = new Counting();
    EmbeddingRun.Result result = run(table, extractor, OPTIONS);
    assertEquals(new Changes(2, 1), result.changes());
    assertEquals(3, result.embedded(), "two new, one changed");
    assertEquals(3, extractor.prepared.get());
    assertEquals(IMAGES - 2, result.reused());
    assertEquals(1, result.kept());
    assertEquals(IMAGES + 2, result.rows());
    TableFolder.verify(table);
    List<String> lines = Files.readAllLines(table.resolve("removed.csv"));
    try (EmbeddingTable opened = TableFolder.open(table);
        var sums = new Counting()) {
      assertEquals(List.of("image", opened.rows().getLast().id()), lines);
      ImageCollection now = SampleImages.list(images);
      for (int i = 0; i < now.size(); i++) {
        assertEquals(now.image(i).id(), opened.rows().get(i).id());
        assertEquals(sums.vector(SourceImage.read(now.image(i)))[0], opened.vector(i)[0]);
      }
    }
    assertTrue(run(table, new Counting(), OPTIONS).nothingToDo());
  }

  @Test
  void aPrunedTableHasTheBytesOfAFreshOne() throws IOException {
    change();
    run(table, new Counting(), OPTIONS);
    EmbeddingRun.Result pruned = run(table, new Counting(), OPTIONS.withPrune(true));
    assertEquals(0, pruned.kept());
    assertEquals(0, pruned.embedded());
    run(temp.resolve("fresh"), new Counting(), OPTIONS);
    assertEquals(EmbeddingRunTest.hashes(temp.resolve("fresh")), EmbeddingRunTest.hashes(table));
  }

  @Test
  void aTouchedImageIsReadButNotEmbedded() throws IOException {
    Path file = SampleImages.list(images).image(3).path();
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000));
    var extractor = new Counting();
    EmbeddingRun.Result result = run(table, extractor, OPTIONS);
    assertEquals(0, extractor.prepared.get());
    assertEquals(IMAGES, result.reused());
    assertTrue(run(table, new Counting(), OPTIONS).nothingToDo());
  }

  @Test
  void anImageThatComesBackFindsItsVector() throws IOException {
    Path gone = SampleImages.list(images).image(5).path();
    Path aside = temp.resolve("aside.png");
    Files.move(gone, aside);
    assertEquals(1, run(table, new Counting(), OPTIONS).kept());
    Files.move(aside, gone);
    EmbeddingRun.Result result = run(table, new Counting(), OPTIONS);
    assertEquals(0, result.embedded());
    assertEquals(0, result.kept());
    assertEquals(new Changes(0, 0), result.changes());
    assertFalse(Files.exists(table.resolve("removed.csv")));
  }

  @Test
  void anUnusableImageThatWasReplacedIsTriedAgain() throws IOException {
    Path file = SampleImages.list(images).image(2).path();
    byte[] good = Files.readAllBytes(file);
    Files.write(file, new byte[30]);
    assertEquals(1, run(table, new Counting(), OPTIONS).failed());
    assertTrue(run(table, new Counting(), OPTIONS).nothingToDo(), "nothing changed since");
    Files.write(file, good);
    EmbeddingRun.Result result = run(table, new Counting(), OPTIONS);
    assertEquals(0, result.failed());
    assertEquals(IMAGES, result.rows());
    assertFalse(Files.exists(table.resolve("failures.csv")));
  }

  @Test
  void whatAnInterruptedRunHadDoneIsUsedThoughTheCollectionChanged() throws IOException {
    Path fresh = temp.resolve("fresh");
    stopAfter(12, fresh);
    SampleImages.add(images, 2);
    Files.delete(SampleImages.list(images).image(0).path());
    var extractor = new Counting();
    EmbeddingRun.Result result = run(fresh, extractor, OPTIONS);
    assertTrue(
        said.getFirst().contains("(2 images added, 1 image gone); the 12 vectors it had made"),
        said.toString());
    assertEquals(11, result.reused());
    assertEquals(IMAGES + 1 - 11, extractor.prepared.get());
    run(temp.resolve("whole"), new Counting(), OPTIONS);
    assertEquals(EmbeddingRunTest.hashes(temp.resolve("whole")), EmbeddingRunTest.hashes(fresh));
    try (var left = Files.list(temp)) {
      assertEquals(4, left.count(), "images and three tables");
    }
  }

  @Test
  void anImageReplacedDuringAnInterruptionIsEmbeddedAgain() throws IOException {
    Path fresh = temp.resolve("fresh");
    stopAfter(12, fresh);
    replace(1);
    replace(20);
    EmbeddingRun.Result result = run(fresh, new Counting(), OPTIONS);
    assertTrue(said.getFirst().contains("(1 image replaced)"), said.toString());
    assertEquals(11, result.reused());
    run(temp.resolve("whole"), new Counting(), OPTIONS);
    assertEquals(EmbeddingRunTest.hashes(temp.resolve("whole")), EmbeddingRunTest.hashes(fresh));
  }

  @Test
  void changesAndInterruptionsInAnyOrderEndInTheBytesOfAFreshTable() throws IOException {
    var random = new SplittableRandom(4);
    for (int trial = 0; trial < 3; trial++) {
      for (int step = random.nextInt(1, 5); step > 0; step--) {
        switch (random.nextInt(3)) {
          case 0 -> replace(random.nextInt(10));
          case 1 -> SampleImages.add(images, 1);
          default -> Files.delete(SampleImages.list(images).image(random.nextInt(10)).path());
        }
        stopAfter(random.nextInt(1, 15), table);
      }
      run(table, new Counting(), OPTIONS.withPrune(true));
      Path fresh = temp.resolve("fresh" + trial);
      run(fresh, new Counting(), OPTIONS);
      Map<String, String> expected = EmbeddingRunTest.hashes(fresh);
      assertEquals(expected, EmbeddingRunTest.hashes(table), "trial " + trial);
    }
  }

  @Test
  void vectorsOfLabelsAreMadeAnewWhenALabelComes() throws IOException {
    Path labels = temp.resolve("style-blind");
    int before = runModel("style-blind", labels);
    Files.copy(SampleImages.list(images).image(0).path(), images.resolve("quince_crayon_000.png"));
    assertEquals(before + 1, runModel("style-blind", labels));
  }

  @Test
  void anotherExtractorIsRefused() throws IOException {
    SampleImages.add(images, 1);
    SemblanceException e =
        assertThrows(
            SemblanceException.class,
            () -> run(table, new Counting(), OPTIONS.withPrecision(Precision.FLOAT16)));
    assertTrue(
        e.getMessage().contains("float32") && e.getMessage().contains("float16"), e.getMessage());
  }

  @Test
  void aCollectionThatMovedIsKnownByItsImagesAndAnotherIsRefused() throws IOException {
    Path moved = Files.move(images, temp.resolve("moved"));
    images = moved;
    SampleImages.add(images, 1);
    assertEquals(1, run(table, new Counting(), OPTIONS).embedded());
    images = temp.resolve("others");
    SampleImages.add(Files.createDirectory(images), 5);
    SemblanceException e =
        assertThrows(SemblanceException.class, () -> run(table, new Counting(), OPTIONS));
    assertTrue(e.getMessage().contains("are others: choose another --out"), e.getMessage());
    assertTrue(e.getMessage().contains(moved.toString()), e.getMessage());
  }

  @Test
  void aFreshRunLeavesTheOldTableUntilItIsWhole() throws IOException {
    Map<String, String> before = EmbeddingRunTest.hashes(table);
    ExtractOptions fresh = OPTIONS.withFresh(true);
    var stopped = new EmbeddingRun(SampleImages.list(images), new Counting(), fresh);
    assertThrows(
        CancellationException.class,
        () ->
            stopped.writeTo(
                table,
                (done, _) -> {
                  if (done > 8) {
                    throw new CancellationException();
                  }
                },
                said::add));
    assertEquals(before, EmbeddingRunTest.hashes(table));
    var extractor = new Counting();
    assertEquals(IMAGES, run(table, extractor, fresh).embedded());
    assertEquals(before, EmbeddingRunTest.hashes(table));
  }

  @Test
  void copiesOfAnImageAreListed() throws IOException {
    Files.copy(SampleImages.list(images).image(4).path(), images.resolve("z_z_0.png"));
    run(table, new Counting(), OPTIONS);
    List<String> lines = Files.readAllLines(table.resolve("duplicates.csv"));
    assertEquals(3, lines.size(), lines.toString());
    assertTrue(lines.get(2).endsWith(",z_z_0.png"), lines.toString());
    assertEquals(lines.get(1).split(",")[0], lines.get(2).split(",")[0]);
    assertNotEquals(lines.get(1), lines.get(2));
  }

  /// Two images come, one goes, one becomes another.
  private void change() throws IOException {
    Files.delete(SampleImages.list(images).image(7).path());
    replace(9);
    SampleImages.add(images, 2);
  }

  private void replace(int index) throws IOException {
    Path file = SampleImages.list(images).image(index).path();
    Path drawn = SampleImages.add(images, 1).getFirst();
    Files.move(drawn, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
  }

  private int runModel(String model, Path folder) throws IOException {
    ImageCollection collection = SampleImages.list(images);
    try (Extractor extractor = Models.open(model, collection, OPTIONS)) {
      new EmbeddingRun(collection, extractor, OPTIONS).writeTo(folder, Progress.none(), said::add);
    }
    try (EmbeddingTable opened = TableFolder.open(folder)) {
      assertEquals(collection.size(), opened.size());
      return opened.dimension();
    }
  }

  private EmbeddingRun.Result run(Path folder, Extractor extractor, ExtractOptions options)
      throws IOException {
    return new EmbeddingRun(SampleImages.list(images), extractor, options)
        .writeTo(folder, Progress.none(), said::add);
  }

  private void stopAfter(int count, Path folder) throws IOException {
    var run = new EmbeddingRun(SampleImages.list(images), new Counting(), OPTIONS);
    try {
      run.writeTo(
          folder,
          (done, _) -> {
            if (done >= count) {
              throw new CancellationException();
            }
          },
          said::add);
    } catch (CancellationException _) {
      // as ordered
    }
  }

  /// The sum of an image's pixels, whatever its batch, and how many images were looked at.
  private static final class Counting extends EmbeddingRunTest.BatchSums {

    final AtomicInteger prepared = new AtomicInteger();

    @Override
    public float[] prepare(SourceImage image) throws SemblanceException {
      prepared.incrementAndGet();
      return super.prepare(image);
    }

    @Override
    public void embed(List<float[]> inputs, float[] vectors) {
      for (int i = 0; i < inputs.size(); i++) {
        vectors[2 * i] = inputs.get(i)[0];
      }
    }
  }
}

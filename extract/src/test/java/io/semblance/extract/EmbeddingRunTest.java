package io.semblance.extract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.semblance.core.Progress;
import io.semblance.core.SemblanceException;
import io.semblance.core.collection.ImageCollection;
import io.semblance.core.file.Sha256;
import io.semblance.core.table.EmbeddingTable;
import io.semblance.core.table.TableFolder;
import io.semblance.core.table.TableUpdate.Changes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddingRunTest {

  private static final ExtractOptions OPTIONS =
      ExtractOptions.defaults().withBatchSize(4).withCheckpointEvery(Duration.ZERO);
  private static final int IMAGES = 30;

  @TempDir Path temp;

  @Test
  void theTableHoldsWhatTheExtractorSays() throws IOException {
    ImageCollection collection = SampleImages.collection(temp.resolve("images"), IMAGES);
    var seen = new ArrayList<Long>();
    EmbeddingRun.Result result =
        new EmbeddingRun(collection, new BatchSums(), OPTIONS)
            .writeTo(
                temp.resolve("table"),
                (done, total) -> {
                  assertEquals(IMAGES, total);
                  seen.add(done);
                },
                _ -> {});
    assertEquals(
        new EmbeddingRun.Result(
            temp.resolve("table"), IMAGES, IMAGES, 0, 0, IMAGES, 0, new Changes(0, 0), 0, 0),
        result);
    assertEquals(List.of(0L, 4L, 8L, 12L, 16L, 20L, 24L, 28L, 30L), seen);
    TableFolder.verify(temp.resolve("table"));
    try (EmbeddingTable table = TableFolder.open(temp.resolve("table"));
        var extractor = new BatchSums()) {
      assertEquals(extractor.card().provenance(), table.provenance());
      for (int i = 0; i < IMAGES; i++) {
        SourceImage image = SourceImage.read(collection.images().get(i));
        assertEquals(image.id(), table.rows().get(i).id());
        assertEquals(image.labels(), table.rows().get(i).labels());
        assertEquals(image.sha256(), table.rows().get(i).sha256());
        assertEquals(extractor.vector(image)[0], table.vector(i)[0]);
      }
    }
  }

  @Test
  void threadsAndInterruptionsLeaveTheSameBytes() throws IOException {
    ImageCollection collection = damaged(SampleImages.collection(temp.resolve("images"), IMAGES));
    run(collection, new BatchSums(), temp.resolve("whole"), OPTIONS.withThreads(1));
    Map<String, String> expected = hashes(temp.resolve("whole"));
    assertTrue(expected.containsKey("failures.csv"));
    var random = new SplittableRandom(11);
    for (int trial = 0; trial < 12; trial++) {
      Path folder = temp.resolve("trial" + trial);
      ExtractOptions options = OPTIONS.withThreads(1 + trial % 4);
      if (trial % 3 == 1) {
        // no checkpoint at all: everything is done again
        options = options.withCheckpointEvery(Duration.ofDays(1));
      }
      for (int crash = 0; crash < trial % 4; crash++) {
        var crashing = new BatchSums(random.nextInt(1, 4));
        ExtractOptions now = options;
        assertThrows(IllegalStateException.class, () -> run(collection, crashing, folder, now));
        assertFalse(Files.exists(folder), "nothing has the final name before it is complete");
      }
      run(collection, new BatchSums(), folder, options);
      assertEquals(expected, hashes(folder), "trial " + trial);
    }
  }

  @Test
  void unusableImagesAreListedAndLeaveGapsInTheirBatch() throws IOException {
    ImageCollection collection = damaged(SampleImages.collection(temp.resolve("images"), IMAGES));
    EmbeddingRun.Result result = run(collection, new BatchSums(), temp.resolve("table"), OPTIONS);
    assertEquals(IMAGES - 3, result.rows());
    assertEquals(3, result.failed());
    List<String> lines = Files.readAllLines(temp.resolve("table/failures.csv"));
    assertEquals(4, lines.size(), "a header and three images");
    assertTrue(lines.get(1).contains("is a damaged PNG file"), lines.get(1));
    try (EmbeddingTable table = TableFolder.open(temp.resolve("table"))) {
      List<String> ids = table.rows().stream().map(r -> r.id()).toList();
      assertFalse(ids.contains(collection.images().get(5).id()));
      assertEquals(IMAGES - 3, ids.size());
      // the second component is the batch's size: batch 1 lost image 5
      assertEquals(3, table.vector(ids.indexOf(collection.images().get(4).id()))[1]);
    }
  }

  @Test
  void aSecondRunHasNothingToDo() throws IOException {
    ImageCollection collection = SampleImages.collection(temp.resolve("images"), 9);
    run(collection, new BatchSums(), temp.resolve("table"), OPTIONS);
    EmbeddingRun.Result again = run(collection, new BatchSums(1), temp.resolve("table"), OPTIONS);
    assertEquals(9, again.resumedAt());
    assertEquals(9, again.rows());
    assertEquals(0, again.embedded());
    assertTrue(again.nothingToDo());
  }

  @Test
  void aCollectionOfBrokenImagesIsRefused() throws IOException {
    ImageCollection collection = SampleImages.collection(temp.resolve("images"), 6);
    for (var image : collection.images()) {
      Files.write(image.path(), new byte[20]);
    }
    SemblanceException e =
        assertThrows(
            SemblanceException.class,
            () -> run(collection, new BatchSums(), temp.resolve("table"), OPTIONS));
    assertTrue(e.getMessage().contains("None of the 6 images"), e.getMessage());
    assertTrue(e.getMessage().contains("no PNG, JPEG, WebP"), e.getMessage());
  }

  @Test
  void aVectorThatIsNotFiniteIsAFailureOfItsImage() throws IOException {
    ImageCollection collection = SampleImages.collection(temp.resolve("images"), 6);
    var overflowing =
        new BatchSums() {
          @Override
          public void embed(List<float[]> prepared, float[] vectors) throws SemblanceException {
            super.embed(prepared, vectors);
            vectors[2] = Float.NaN;
          }
        };
    EmbeddingRun.Result result = run(collection, overflowing, temp.resolve("table"), OPTIONS);
    assertEquals(2, result.failed(), "one in each batch");
  }

  @Test
  void anInterruptedThreadStopsWithASentence() throws IOException {
    ImageCollection collection = SampleImages.collection(temp.resolve("images"), 9);
    Thread.currentThread().interrupt();
    try {
      IOException e =
          assertThrows(
              IOException.class,
              () -> run(collection, new BatchSums(), temp.resolve("table"), OPTIONS));
      assertTrue(e instanceof SemblanceException, e.toString());
    } finally {
      assertTrue(Thread.interrupted());
    }
  }

  @Test
  void theBuiltInModelsRunOverACollection() throws IOException {
    ImageCollection collection = SampleImages.collection(temp.resolve("images"), 7);
    for (ModelCard card : Models.cards()) {
      try (Extractor extractor = Models.open(card.id(), collection, OPTIONS)) {
        Path folder = temp.resolve("out").resolve(card.id());
        assertEquals(7, run(collection, extractor, folder, OPTIONS).rows());
        try (EmbeddingTable table = TableFolder.open(folder)) {
          assertEquals(card.provenance(), table.provenance());
          float[] vector = extractor.vector(SourceImage.read(collection.images().get(3)));
          assertArrayEquals(vector, table.vector(3), 1e-5f * norm(vector));
        }
      }
    }
  }

  static EmbeddingRun.Result run(
      ImageCollection collection, Extractor extractor, Path folder, ExtractOptions options)
      throws IOException {
    return new EmbeddingRun(collection, extractor, options)
        .writeTo(folder, Progress.none(), _ -> {});
  }

  /// SHA-256 of every file below a folder.
  static Map<String, String> hashes(Path folder) throws IOException {
    var out = new TreeMap<String, String>();
    try (var walk = Files.walk(folder)) {
      for (Path file : walk.filter(Files::isRegularFile).toList()) {
        out.put(folder.relativize(file).toString(), Sha256.of(file));
      }
    }
    return out;
  }

  private static float norm(float[] vector) {
    double sum = 0;
    for (float v : vector) {
      sum += (double) v * v;
    }
    return (float) Math.sqrt(sum);
  }

  private static ImageCollection damaged(ImageCollection collection) throws IOException {
    for (int i : new int[] {5, 12, 29}) {
      Path path = collection.images().get(i).path();
      byte[] bytes = Files.readAllBytes(path);
      Files.write(path, Arrays.copyOf(bytes, bytes.length - 30));
    }
    return SampleImages.list(collection.root());
  }

  /// First component: sum of the image's pixels; second: how many images its batch had. May crash
  /// in the batch given.
  static class BatchSums implements Extractor {

    private final AtomicInteger batchesLeft;

    BatchSums() {
      this(Integer.MAX_VALUE);
    }

    BatchSums(int crashInBatch) {
      this.batchesLeft = new AtomicInteger(crashInBatch);
    }

    @Override
    public ModelCard card() {
      return new ModelCard(
          "sums",
          List.of(),
          io.semblance.core.table.Provenance.Kind.ALGORITHMIC,
          "Sums",
          "For tests.",
          2,
          null,
          "Apache-2.0",
          "here",
          "sum",
          false);
    }

    @Override
    public int dimension() {
      return 2;
    }

    @Override
    public float[] prepare(SourceImage image) throws SemblanceException {
      float sum = 0;
      for (byte b : image.pixels().pixels()) {
        sum += b & 0xFF;
      }
      return new float[] {sum, 0};
    }

    @Override
    public void embed(List<float[]> prepared, float[] vectors) throws SemblanceException {
      if (batchesLeft.decrementAndGet() == 0) {
        throw new IllegalStateException("crash, as ordered");
      }
      Extractor.super.embed(prepared, vectors);
      for (int i = 0; i < prepared.size(); i++) {
        vectors[2 * i + 1] = prepared.size();
      }
    }
  }
}

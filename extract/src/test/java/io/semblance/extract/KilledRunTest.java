package io.semblance.extract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.semblance.core.collection.ImageCollection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A real process, killed without warning in the middle of a table.
class KilledRunTest {

  private static final int IMAGES = 60;

  @TempDir Path temp;

  @Test
  void aKilledProcessLeavesAStateThatEndsInTheSameBytes() throws IOException {
    ImageCollection collection = SampleImages.collection(temp.resolve("images"), IMAGES);
    Path whole = temp.resolve("whole");
    run(collection.root(), whole, Long.MAX_VALUE);
    Path folder = temp.resolve("killed");
    try (var child =
        ChildProcess.start(Embed.class, collection.root().toString(), folder.toString(), "36")) {
      String line = child.reader().readLine();
      assertNotNull(line, "the child ended before it stood still");
      assertEquals("standing still at 36", line);
      child.kill();
    }
    assertFalse(Files.exists(folder));
    EmbeddingRun.Result result = run(collection.root(), folder, Long.MAX_VALUE);
    assertTrue(result.resumedAt() >= 32 && result.resumedAt() <= 36, "at " + result.resumedAt());
    assertEquals(EmbeddingRunTest.hashes(whole), EmbeddingRunTest.hashes(folder));
  }

  private static EmbeddingRun.Result run(Path images, Path folder, long standStillAt)
      throws IOException {
    ImageCollection collection = SampleImages.list(images);
    ExtractOptions options =
        ExtractOptions.defaults().withBatchSize(4).withCheckpointEvery(Duration.ZERO);
    try (Extractor extractor = Models.open("gif-compression", collection, options)) {
      return new EmbeddingRun(collection, extractor, options)
          .writeTo(
              folder,
              (done, _) -> {
                if (done >= standStillAt) {
                  standStill(done);
                }
              },
              _ -> {});
    }
  }

  private static void standStill(long done) {
    System.out.println("standing still at " + done);
    try {
      new java.util.concurrent.CountDownLatch(1).await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Embeds a folder and stands still on the way, to be killed there.
  static final class Embed {

    private Embed() {}

    public static void main(String[] args) throws IOException {
      run(Path.of(args[0]), Path.of(args[1]), Long.parseLong(args[2]));
    }
  }
}

package io.semblance.extract;

import io.semblance.core.SemblanceException;
import io.semblance.core.collection.CollectionImage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Prepares the images of a collection ahead of their use, by several threads, in order.
///
/// At most three batches are in memory: the one handed over and two being prepared. One thread
/// takes; closing stops the others.
final class PreparedImages implements AutoCloseable {

  private static final int BATCHES_AHEAD = 2;

  private final List<CollectionImage> images;
  private final Extractor extractor;
  private final ExecutorService threads;
  private final Deque<Future<Prepared>> ahead = new ArrayDeque<>();
  private final int limit;
  private int next;

  /// One image after the first stage.
  ///
  /// @param image which
  /// @param sha256 hash of the file that was prepared, or null after a failure
  /// @param input what the second stage reads, or null after a failure
  /// @param failure one sentence, or null
  @SuppressWarnings("ArrayRecordComponent") // handed over once
  record Prepared(CollectionImage image, String sha256, float[] input, String failure) {}

  PreparedImages(
      List<CollectionImage> images, int start, Extractor extractor, ExtractOptions options) {
    this.images = images;
    this.extractor = extractor;
    this.next = start;
    this.limit = BATCHES_AHEAD * options.batchSize();
    this.threads =
        Executors.newFixedThreadPool(
            options.threads(), Thread.ofPlatform().name("prepare-", 0).daemon().factory());
    submit();
  }

  /// Waits for the next images and starts on those after them.
  ///
  /// @param count how many
  /// @return the images, in order
  /// @throws SemblanceException if the thread is interrupted
  List<Prepared> take(int count) throws SemblanceException {
    var out = new ArrayList<Prepared>(count);
    while (out.size() < count) {
      out.add(result(ahead.removeFirst()));
      submit();
    }
    return out;
  }

  private void submit() {
    while (ahead.size() < limit && next < images.size()) {
      CollectionImage image = images.get(next++);
      ahead.addLast(threads.submit(() -> prepare(image)));
    }
  }

  private Prepared prepare(CollectionImage image) {
    try {
      SourceImage source = SourceImage.read(image);
      return new Prepared(image, source.sha256(), extractor.prepare(source), null);
    } catch (SemblanceException e) {
      return new Prepared(image, null, null, e.getMessage());
    }
  }

  private static Prepared result(Future<Prepared> future) throws SemblanceException {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SemblanceException(
          "Interrupted: run the same command again, it goes on from the last checkpoint.", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof OutOfMemoryError) {
        throw new SemblanceException(
            "Not enough memory for the images being read: give fewer --threads or more memory"
                + " (-Xmx).",
            e);
      }
      throw new IllegalStateException("preparing an image failed", e.getCause());
    }
  }

  @Override
  public void close() {
    ahead.forEach(future -> future.cancel(true));
    threads.shutdownNow();
  }
}

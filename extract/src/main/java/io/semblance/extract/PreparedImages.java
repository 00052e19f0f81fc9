package io.semblance.extract;

import io.semblance.core.SemblanceException;
import io.semblance.core.collection.CollectionImage;
import io.semblance.core.collection.ImageCollection;
import io.semblance.core.image.ReadOptions;
import io.semblance.core.table.KnownRows;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/// Prepares the images of a collection ahead of their use, by several threads, in order.
///
/// At most three batches are in memory: the one handed over and two being prepared. An image whose
/// vector is known already is not read where its file looks unchanged, and not prepared where its
/// hash is. One that does not fit memory beside the others is tried again alone. One thread takes;
/// closing stops the others.
final class PreparedImages implements AutoCloseable {

  private static final int BATCHES_AHEAD = 2;

  private final ImageCollection collection;
  private final KnownRows known;
  private final Extractor extractor;
  private final ReadOptions reading;
  private final ExecutorService threads;
  private final Deque<Future<Prepared>> ahead = new ArrayDeque<>();
  // shared by images being prepared; an image that needs all memory has it alone
  private final ReadWriteLock memory = new ReentrantReadWriteLock();
  private final int limit;
  private int next;

  /// One image after the first stage.
  sealed interface Prepared {

    /// @return which image
    CollectionImage image();

    /// @return size and time of change of its file, or null where there is none
    String state();
  }

  /// An image to embed.
  ///
  /// @param image which
  /// @param state of its file
  /// @param sha256 of its file
  /// @param input what the second stage reads
  @SuppressWarnings("ArrayRecordComponent") // handed over once
  record Fresh(CollectionImage image, String state, String sha256, float[] input)
      implements Prepared {}

  /// An image whose vector is known.
  ///
  /// @param image which
  /// @param state of its file
  /// @param sha256 of its file
  /// @param place where the vector lies
  record Reused(CollectionImage image, String state, String sha256, KnownRows.Place place)
      implements Prepared {}

  /// An image that cannot be used.
  ///
  /// @param image which
  /// @param state of its file, or null
  /// @param reason one sentence
  record Unusable(CollectionImage image, String state, String reason) implements Prepared {}

  PreparedImages(
      ImageCollection collection,
      int start,
      KnownRows known,
      Extractor extractor,
      ExtractOptions options) {
    this.collection = collection;
    this.known = known;
    this.extractor = extractor;
    this.reading = options.reading();
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
    while (ahead.size() < limit && next < collection.size()) {
      CollectionImage image = collection.image(next++);
      ahead.addLast(threads.submit(() -> prepareInMemory(image)));
    }
  }

  private Prepared prepareInMemory(CollectionImage image) {
    memory.readLock().lock();
    try {
      return prepare(image);
    } catch (OutOfMemoryError _) {
      // another image may be the one that took it: see below
    } finally {
      memory.readLock().unlock();
    }
    memory.writeLock().lock();
    try {
      return prepare(image);
    } catch (OutOfMemoryError _) {
      return new Unusable(
          image,
          null,
          image.id()
              + " does not fit memory: make a smaller copy, or give more memory with"
              + " SEMBLANCE_JAVA_OPTIONS=-Xmx8g.");
    } finally {
      memory.writeLock().unlock();
    }
  }

  private Prepared prepare(CollectionImage image) {
    String state = null;
    try {
      state = image.source().state();
      KnownRows.Place place = known.find(image.id());
      if (place != null && known.sha256(place) != null && state.equals(known.state(place))) {
        return new Reused(image, state, known.sha256(place), place);
      }
      SourceImage source = SourceImage.read(image, reading);
      String sha256 = source.sha256();
      return place != null && sha256.equals(known.sha256(place))
          ? new Reused(image, state, sha256, place)
          : new Fresh(image, state, sha256, extractor.prepare(source));
    } catch (SemblanceException e) {
      if (e.getCause() instanceof OutOfMemoryError error) {
        throw error;
      }
      return new Unusable(image, state, e.getMessage());
    } catch (IOException e) {
      return new Unusable(image, state, image.unreadable(e).getMessage());
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
      throw new IllegalStateException("preparing an image failed", e.getCause());
    }
  }

  @Override
  public void close() {
    ahead.forEach(future -> future.cancel(true));
    threads.shutdownNow();
  }
}

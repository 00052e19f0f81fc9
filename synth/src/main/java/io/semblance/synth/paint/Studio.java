package io.semblance.synth.paint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/// One run of the painter over a folder: workers take the next image until all are there.
final class Studio {
  private final SaladPainter painter;
  private final PaintFolder folder;
  private final int total;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicBoolean stopped = new AtomicBoolean();
  private final Object turnstile = new Object();
  private int finished;

  Studio(SaladPainter painter, Path out) {
    this.painter = painter;
    this.folder = new PaintFolder(out, painter.options());
    this.total = Fruit.values().length * Style.values().length * painter.options().instances();
  }

  void paintAll(IntConsumer progress, int threads) throws IOException {
    if (threads < 1) {
      throw new IllegalArgumentException(
          "threads is " + threads + ", allowed are 1 or more; choose such as 1");
    }
    folder.open();
    ExecutorService workers =
        Executors.newFixedThreadPool(
            threads, Thread.ofPlatform().daemon().name("paint-", 0).factory());
    try {
      Future<?>[] futures = new Future<?>[threads];
      for (int t = 0; t < threads; t++) {
        futures[t] = workers.submit(() -> work(progress));
      }
      for (Future<?> future : futures) {
        await(future);
      }
    } finally {
      stopped.set(true);
      workers.close();
    }
  }

  private Void work(IntConsumer progress) throws IOException {
    try {
      for (int n = next.getAndIncrement();
          n < total && !stopped.get();
          n = next.getAndIncrement()) {
        paint(n);
        synchronized (turnstile) {
          progress.accept(++finished);
        }
      }
      return null;
    } catch (IOException | RuntimeException | Error failure) {
      stopped.set(true);
      throw failure;
    }
  }

  private void paint(int n) throws IOException {
    Fruit fruit = Fruit.values()[n / Style.values().length % Fruit.values().length];
    Style style = Style.values()[n % Style.values().length];
    int instance = n / (Fruit.values().length * Style.values().length);
    Path file = folder.file(fruit, style, instance);
    if (!Files.exists(file)) {
      folder.write(file, PngEncoder.encode(painter.paint(fruit, style, instance)));
    }
  }

  private static void await(Future<?> future) throws IOException {
    try {
      future.get();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException(
          "painting was interrupted; run it again to go on from here", interrupted);
    } catch (java.util.concurrent.ExecutionException failed) {
      switch (failed.getCause()) {
        case IOException io -> throw io;
        case RuntimeException bug -> throw bug;
        case Error error -> throw error;
        default -> throw new IllegalStateException("a painter failed", failed.getCause());
      }
    }
  }
}

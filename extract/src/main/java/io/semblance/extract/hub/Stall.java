package io.semblance.extract.hub;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/// Closes a stream from which nothing has come for too long: a connection that is silently gone
/// would otherwise be waited for without end.
final class Stall implements AutoCloseable {

  private final AtomicLong heard = new AtomicLong(System.nanoTime());
  private final Thread watcher;
  private volatile boolean stalled;

  Stall(InputStream stream, Duration patience) {
    watcher = Thread.ofVirtual().name("download watcher").start(() -> watch(stream, patience));
  }

  /// Something came.
  void heard() {
    heard.set(System.nanoTime());
  }

  /// @return whether the stream was closed because nothing came
  boolean stalled() {
    return stalled;
  }

  private void watch(InputStream stream, Duration patience) {
    try {
      for (long left = patience.toNanos(); left > 0; ) {
        Thread.sleep(Duration.ofNanos(left));
        left = patience.toNanos() - (System.nanoTime() - heard.get());
      }
      stalled = true;
      stream.close();
    } catch (InterruptedException _) {
      // all came
    } catch (IOException _) {
      // closed it is
    }
  }

  @Override
  public void close() {
    watcher.interrupt();
  }
}

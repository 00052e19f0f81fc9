package io.semblance.extract.hub;

import io.semblance.core.SemblanceException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CancellationException;

/// Counts tries in a row that brought nothing, and waits between them.
final class Retry {

  private static final Duration LONGEST = Duration.ofMinutes(1);
  private static final Duration SLICE = Duration.ofMillis(100);

  private final Hub hub;
  private final Wanted wanted;
  private int fruitless;
  private boolean reached;

  Retry(Hub hub, Wanted wanted) {
    this.hub = hub;
    this.wanted = wanted;
  }

  void reached() {
    reached = true;
  }

  /// @param failure what just happened
  /// @param fruitful whether bytes came before it did
  /// @param look called now and then while waiting; may throw to stop
  /// @throws SemblanceException if it is time to give up
  void pause(IOException failure, boolean fruitful, Runnable look) throws SemblanceException {
    fruitless = fruitful ? 1 : fruitless + 1;
    if (failure instanceof Unreachable && !reached) {
      throw new SemblanceException(
          "%s: if this machine has no way there, download %s on another one and put it here as %s."
              .formatted(failure.getMessage(), wanted.address(), wanted.target()),
          failure);
    }
    if (fruitless >= hub.attempts()) {
      throw new SemblanceException(
          "%s could not be downloaded (%s, %d times in a row): what came is kept; run the same command again later."
              .formatted(wanted.address(), failure.getMessage(), fruitless),
          failure);
    }
    sleep(length(failure), look);
  }

  private Duration length(IOException failure) {
    Duration doubled = hub.backoff().multipliedBy(1L << Math.min(fruitless - 1, 10));
    Duration asked = failure instanceof TryAgain again ? again.after() : Duration.ZERO;
    Duration longer = doubled.compareTo(asked) > 0 ? doubled : asked;
    return longer.compareTo(LONGEST) > 0 ? LONGEST : longer;
  }

  private static void sleep(Duration length, Runnable look) {
    long end = System.nanoTime() + length.toNanos();
    try {
      for (long left = length.toNanos(); left > 0; left = end - System.nanoTime()) {
        look.run();
        Thread.sleep(Duration.ofNanos(Math.min(left, SLICE.toNanos())));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (CancellationException) new CancellationException().initCause(e);
    }
  }
}

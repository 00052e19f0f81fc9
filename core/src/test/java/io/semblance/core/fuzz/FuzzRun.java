package io.semblance.core.fuzz;

import com.sun.management.ThreadMXBean;
import io.semblance.core.SemblanceException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;

/// Hands mutants to a reader, one after the other, and stops at the first find.
public final class FuzzRun {

  // far above what any mutant needs on a busy machine: a hang, or nearly one
  private static final Duration TOO_LONG = Duration.ofSeconds(20);
  private static final String NAME = "mutant";

  private final FuzzTarget target;
  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private int accepted;
  private int refused;
  private long mostAllocated;
  private long slowestNanos;

  /// @param target whose reader is tried
  public FuzzRun(FuzzTarget target) {
    this.target = target;
  }

  /// Tries mutants of every good file in turn.
  ///
  /// @param first seed of the first mutant; the others follow it
  /// @param count how many
  /// @throws IOException if a good file cannot be read
  /// @throws AssertionError if a mutant is neither read nor refused in one sentence, or takes too
  ///   much; the message says how to make that mutant again
  public void run(long first, int count) throws IOException {
    List<byte[]> seeds = target.seeds();
    for (int i = 0; i < count; i++) {
      int file = i % seeds.size();
      Mutant mutant = Mutator.mutate(seeds.get(file), first + i);
      tryOne(mutant, "%s, file %d, %s".formatted(target.name(), file, mutant.damage()));
    }
  }

  private void tryOne(Mutant mutant, String what) {
    long allocated = threads.getCurrentThreadAllocatedBytes();
    long start = System.nanoTime();
    try {
      target.read(mutant.bytes(), NAME);
      accepted++;
    } catch (SemblanceException e) {
      requireSentence(e, what);
      refused++;
    } catch (Throwable e) { // errors, too, are finds
      throw new AssertionError(what, e);
    }
    long nanos = System.nanoTime() - start;
    long bytes = threads.getCurrentThreadAllocatedBytes() - allocated;
    mostAllocated = Math.max(mostAllocated, bytes);
    slowestNanos = Math.max(slowestNanos, nanos);
    if (bytes > target.maxAllocation()) {
      throw new AssertionError(what + " allocated " + bytes + " bytes");
    }
    if (nanos > TOO_LONG.toNanos()) {
      throw new AssertionError(what + " took " + nanos / 1_000_000 + " ms");
    }
  }

  private static void requireSentence(SemblanceException e, String what) {
    String message = e.getMessage();
    boolean sentence =
        message.startsWith(NAME + " ") && message.endsWith(".") && !message.contains("\n");
    if (!sentence || message.contains("null")) {
      throw new AssertionError(what + " was refused with: " + message, e);
    }
  }

  @Override
  public String toString() {
    return "%s: %d read, %d refused, at most %d MB and %d ms"
        .formatted(target.name(), accepted, refused, mostAllocated >> 20, slowestNanos / 1_000_000);
  }
}

package io.semblance.app;

import io.semblance.core.Progress;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CancellationException;

/// The one class that writes to the terminal: results to standard output, everything else to
/// standard error.
///
/// Progress is a bar that redraws itself on a terminal and a plain line now and then in a log.
public final class Console {

  private static final long REDRAW_NANOS = Duration.ofMillis(200).toNanos();
  private static final long LINE_NANOS = Duration.ofSeconds(10).toNanos();
  private static final int WIDTH = 24;

  private final PrintStream out;
  private final PrintStream err;
  private final boolean terminal;
  private boolean barOpen;
  private volatile boolean stopping;

  Console(PrintStream out, PrintStream err, boolean terminal) {
    this.out = out;
    this.err = err;
    this.terminal = terminal;
  }

  /// The process's own streams, in UTF-8.
  ///
  /// @return a console
  @SuppressWarnings("SystemConsoleNull") // it is null where neither stream is a terminal
  static Console system() {
    java.io.Console attached = System.console();
    boolean terminal = attached != null && attached.isTerminal() && System.getenv("CI") == null;
    return new Console(
        new PrintStream(
            new java.io.FileOutputStream(java.io.FileDescriptor.out), true, StandardCharsets.UTF_8),
        new PrintStream(
            new java.io.FileOutputStream(java.io.FileDescriptor.err), true, StandardCharsets.UTF_8),
        terminal);
  }

  /// @param line a result, to standard output
  public void result(String line) {
    endBar();
    out.println(line);
  }

  /// @param line what is going on, to standard error
  public void say(String line) {
    endBar();
    err.println(line);
  }

  PrintStream out() {
    return out;
  }

  PrintStream err() {
    return err;
  }

  /// From now on every listener ends its job at the next step.
  void stop() {
    stopping = true;
  }

  /// A listener that shows how far a job is, how fast it goes and how long it will still take.
  ///
  /// @param what the job in a few words, e.g. `efficientnet-lite0`
  /// @param unit what is counted, e.g. `images`
  /// @return the listener; it throws a [CancellationException] when the user has stopped the
  ///   program
  public Progress progress(String what, String unit) {
    long start = System.nanoTime();
    long[] first = {-1};
    long[] shown = {start};
    return (done, total) -> {
      if (stopping) {
        throw new CancellationException();
      }
      if (first[0] < 0) {
        first[0] = done; // a resumed job does not count what an earlier run did
      }
      long now = System.nanoTime();
      boolean last = done == total;
      if (shown[0] == Long.MAX_VALUE) {
        return; // the end was shown already
      }
      if (!last && now - shown[0] < (terminal ? REDRAW_NANOS : LINE_NANOS)) {
        return;
      }
      shown[0] = last ? Long.MAX_VALUE : now;
      double seconds = Math.max(1e-9, (now - start) / 1e9);
      show(line(what, unit, done, total, (done - first[0]) / seconds, seconds), last);
    };
  }

  private String line(
      String what, String unit, long done, long total, double rate, double seconds) {
    int filled = total == 0 ? WIDTH : (int) (WIDTH * done / total);
    String bar = terminal ? " [" + "█".repeat(filled) + "·".repeat(WIDTH - filled) + "]" : "";
    String time =
        done == total
            ? "in " + duration(seconds)
            : rate > 0 ? duration((total - done) / rate) + " left" : "starting";
    String speed = rate >= 10 ? "%.0f".formatted(rate) : "%.1f".formatted(rate);
    return "%s%s %d/%d %s, %s/s, %s".formatted(what, bar, done, total, unit, speed, time);
  }

  private void show(String line, boolean last) {
    if (!terminal) {
      err.println(line);
      return;
    }
    err.print("\r\u001b[K" + line);
    err.flush();
    barOpen = true;
    if (last) {
      endBar();
    }
  }

  private void endBar() {
    if (barOpen) {
      err.println();
      barOpen = false;
    }
  }

  static String duration(double seconds) {
    if (seconds < 60) {
      return "%.1f s".formatted(seconds);
    }
    long whole = Math.round(seconds);
    return whole < 3600
        ? "%d min %02d s".formatted(whole / 60, whole % 60)
        : "%d h %02d min".formatted(whole / 3600, whole / 60 % 60);
  }
}

package io.semblance.perf;

import io.semblance.core.SemblanceException;
import io.semblance.core.file.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// Times two shell commands turn by turn and writes their medians and the ratio.
///
/// `Compare NAME RUNS OURS PEER`: each command runs once to warm up and then RUNS times, A B A B,
/// so that a machine whose speed drifts is fair to both. The result goes to
/// `perf/results/NAME.json`.
public final class Compare {

  private Compare() {}

  /// A finished comparison.
  ///
  /// @param schema version of this document
  /// @param name what was compared
  /// @param commit of this repository
  /// @param cpu the processor's name
  /// @param cores processors the machine offers
  /// @param java version of the JDK
  /// @param ours command and seconds of each run
  /// @param peer the same of the peer
  /// @param ratio median of the pairwise ratios, peer / ours: above 1, ours is faster
  public record Result(
      int schema,
      String name,
      String commit,
      String cpu,
      int cores,
      String java,
      Side ours,
      Side peer,
      double ratio) {}

  /// One side.
  ///
  /// @param command as run by the shell
  /// @param seconds wall time of each run, in order
  /// @param median of `seconds`
  public record Side(String command, List<Double> seconds, double median) {}

  /// @param args name, runs, our command, the peer's command
  /// @throws IOException if a command fails or the result cannot be written
  /// @throws InterruptedException if interrupted
  public static void main(String[] args) throws IOException, InterruptedException {
    if (args.length != 4) {
      throw new SemblanceException("Give four arguments: NAME RUNS OURS PEER.");
    }
    Result result = compare(args[0], Integer.parseInt(args[1]), args[2], args[3]);
    Json.write(result, Path.of("perf", "results", args[0] + ".json"));
    System.out.printf(
        "%s: ours %.2f s, peer %.2f s, ratio %.2f%n",
        result.name(), result.ours().median(), result.peer().median(), result.ratio());
  }

  /// @param name what is compared
  /// @param runs counted runs of each side, at least 1
  /// @param ours our command
  /// @param peer the peer's command
  /// @return medians and ratio
  /// @throws IOException if a command fails; the message names it
  /// @throws InterruptedException if interrupted
  public static Result compare(String name, int runs, String ours, String peer)
      throws IOException, InterruptedException {
    if (runs < 1) {
      throw new IllegalArgumentException("runs is " + runs + ": give 1 or more");
    }
    seconds(ours);
    seconds(peer);
    var a = new ArrayList<Double>();
    var b = new ArrayList<Double>();
    var ratios = new ArrayList<Double>();
    for (int i = 0; i < runs; i++) {
      a.add(seconds(ours));
      b.add(seconds(peer));
      ratios.add(b.getLast() / a.getLast());
    }
    return new Result(
        1,
        name,
        commit(),
        cpu(),
        Runtime.getRuntime().availableProcessors(),
        Runtime.version().toString(),
        new Side(ours, a, median(a)),
        new Side(peer, b, median(b)),
        median(ratios));
  }

  static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int n = sorted.length;
    return n % 2 == 1 ? sorted[n / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
  }

  private static double seconds(String command) throws IOException, InterruptedException {
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder("sh", "-c", command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    int code = process.waitFor();
    if (code != 0) {
      throw new SemblanceException(
          "The command ended with exit code "
              + code
              + ": "
              + command
              + ". Run it by hand to see why.");
    }
    return (System.nanoTime() - start) / 1e9;
  }

  static String commit() throws IOException {
    return output("git", "rev-parse", "--short", "HEAD");
  }

  private static String output(String... command) throws IOException {
    try (var reader = new ProcessBuilder(command).start().inputReader()) {
      String line = reader.readLine();
      return line == null ? "unknown" : line;
    }
  }

  static String cpu() throws IOException {
    Path info = Path.of("/proc/cpuinfo");
    if (!Files.exists(info)) {
      return System.getProperty("os.arch");
    }
    try (Stream<String> lines = Files.lines(info)) {
      return lines
          .filter(l -> l.startsWith("model name"))
          .findFirst()
          .map(l -> Arrays.asList(l.split(":\\s*", 2)).getLast())
          .orElse("unknown");
    }
  }
}

package io.semblance.perf;

import io.semblance.core.Progress;
import io.semblance.core.SemblanceException;
import io.semblance.core.collection.Labels;
import io.semblance.core.file.Json;
import io.semblance.core.linalg.FloatProduct;
import io.semblance.core.table.EmbeddingTable;
import io.semblance.core.table.Provenance;
import io.semblance.core.table.TableRow;
import io.semblance.salad.SaladAnalysis;
import io.semblance.salad.SaladOptions;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

/// What the benchmark costs by number of images and dimensions: seconds, memory, and the share of
/// the speed of this machine's own float32 matrix product.
///
/// `SaladCosts REPLICATES NxD...`, e.g. `SaladCosts 1000 1000x768 10000x768`: random tables on a 10
/// x 10 grid, one after the other, each once after a small one to warm up. Writes
/// `perf/results/salad-cost.json`.
public final class SaladCosts {

  private static final int CELLS = 100;

  private SaladCosts() {}

  /// One size.
  ///
  /// @param images n
  /// @param dimensions d
  /// @param seconds from the table in memory to all numbers
  /// @param products 10^9 multiplications and additions that the definition needs: covariance and
  ///   whitening n d^2 each, distances n^2 d / 2, replicates n^2 R / 2, two operations each
  /// @param share `products` a second over the speed of a float32 product of 2,048 rows, measured
  ///   just before
  /// @param peakMegabytes largest resident memory of the process so far
  public record Cost(
      int images,
      int dimensions,
      double seconds,
      double products,
      double share,
      long peakMegabytes) {}

  /// All sizes.
  ///
  /// @param schema version of this document
  /// @param commit of this repository
  /// @param cpu the processor's name
  /// @param cores processors the machine offers
  /// @param replicates R
  /// @param costs in the order asked for
  public record Result(
      int schema, String commit, String cpu, int cores, int replicates, List<Cost> costs) {}

  /// @param args replicates and sizes
  /// @throws IOException if a result cannot be written
  public static void main(String[] args) throws IOException {
    if (args.length < 2) {
      throw new SemblanceException("Give the replicates and sizes, as in 1000 1000x768 10000x768.");
    }
    int replicates = Integer.parseInt(args[0]);
    var costs = new ArrayList<Cost>();
    run(table(1000, 300), replicates);
    for (String size : List.of(args).subList(1, args.length)) {
      String[] parts = size.split("x", 2);
      int n = Integer.parseInt(parts[0]);
      int d = Integer.parseInt(parts[1]);
      double peak = peak();
      EmbeddingTable table = table(n, d);
      long start = System.nanoTime();
      run(table, replicates);
      double seconds = (System.nanoTime() - start) / 1e9;
      double products = (4.0 * n * d * d + (double) n * n * d + (double) n * n * replicates) / 1e9;
      costs.add(new Cost(n, d, seconds, products, products / seconds / peak, resident()));
      System.out.println(costs.getLast());
    }
    int cores = Runtime.getRuntime().availableProcessors();
    Json.write(
        new Result(1, Compare.commit(), Compare.cpu(), cores, replicates, costs),
        Path.of("perf", "results", "salad-cost.json"));
  }

  private static void run(EmbeddingTable table, int replicates) throws IOException {
    SaladOptions options =
        SaladOptions.defaults()
            .withScatterPoints(0)
            .withResamples(new SaladOptions.Resamples(replicates, false));
    if (!SaladAnalysis.of(List.of(table), options, Progress.none()).refusals().isEmpty()) {
      throw new IllegalStateException("the table was refused");
    }
  }

  private static EmbeddingTable table(int n, int d) {
    var random = new SplittableRandom(1);
    var normal = new Random(1);
    float[] effects = new float[CELLS * d];
    for (int i = 0; i < effects.length; i++) {
      effects[i] = (float) normal.nextGaussian();
    }
    var rows = new ArrayList<TableRow>();
    float[] x = new float[n * d];
    for (int i = 0; i < n; i++) {
      int cell = i % CELLS;
      String category = Integer.toString(cell / 10);
      String style = Integer.toString(cell % 10);
      String instance = Integer.toString(i / CELLS);
      rows.add(
          new TableRow(
              category + "_" + style + "_" + instance + ".png",
              new Labels(category, style, instance),
              null));
      for (int j = 0; j < d; j++) {
        x[i * d + j] = effects[cell * d + j] + (float) (6 * random.nextDouble() - 3);
      }
    }
    return EmbeddingTable.of(Provenance.unknown("random"), rows, x);
  }

  /// 10^9 operations a second of a float32 product of 2,048 x 1,024 by 4,096 x 1,024; best of five.
  private static double peak() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment a = arena.allocate(2048L * 1024 * Float.BYTES, 64);
      MemorySegment b = arena.allocate(4096L * 1024 * Float.BYTES, 64);
      for (long i = 0; i < 4096L * 1024; i++) {
        b.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) (i % 7));
        a.setAtIndex(ValueLayout.JAVA_FLOAT, i / 2, (float) (i % 5));
      }
      MemorySegment c = arena.allocate(2048L * 4096 * Float.BYTES, 64);
      double best = 0;
      for (int k = 0; k < 5; k++) {
        long start = System.nanoTime();
        FloatProduct.productTransposed(a, b, 1024, c);
        best = Math.max(best, 2.0 * 2048 * 4096 * 1024 / (System.nanoTime() - start));
      }
      return best;
    }
  }

  private static long resident() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(l -> l.startsWith("VmHWM"))
        .mapToLong(l -> Long.parseLong(l.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElse(0);
  }
}

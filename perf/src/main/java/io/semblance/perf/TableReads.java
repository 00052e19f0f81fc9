package io.semblance.perf;

import io.semblance.core.SemblanceException;
import io.semblance.core.exchange.RowBlock;
import io.semblance.core.exchange.TableFormats;
import io.semblance.core.exchange.TableReadOptions;
import io.semblance.core.exchange.TableSource;
import io.semblance.core.file.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How fast tables are read into blocks of float32: ours, the Python library's, and a bare copy of
/// the file's bytes, turn by turn in one run.
///
/// `TableReads RUNS FOLDER PYTHON`: the peer makes the tables in FOLDER (4 GB) if they are not
/// there. All files are in the machine's memory after the first round, which is not counted, so
/// that memory and not the disk is measured. The result goes to `perf/results/tables.json`.
public final class TableReads {

  private static final List<String> TABLES =
      List.of("f4.npy", "f2.npy", "f4.pth", "f2.pth", "f4.safetensors");

  private TableReads() {}

  /// The measurement.
  ///
  /// @param schema version of this document
  /// @param commit of this repository
  /// @param cpu the processor's name
  /// @param cores processors the machine offers
  /// @param java version of the JDK
  /// @param peer versions of the peer's libraries
  /// @param tables by file
  public record Result(
      int schema,
      String commit,
      String cpu,
      int cores,
      String java,
      String peer,
      Map<String, Table> tables) {}

  /// One table.
  ///
  /// @param bytes of the file
  /// @param ours seconds of each run
  /// @param peer seconds of each run
  /// @param copy seconds of each bare copy of the bytes
  /// @param oursGigabytesPerSecond of the file, at the median
  /// @param shareOfCopy median of the pairwise copy / ours, for as many bytes as the float32 blocks
  ///   have (of halves, twice those of the file): 1 is the speed of memory
  /// @param timesPeer median of the pairwise peer / ours: above 1, ours is faster
  public record Table(
      long bytes,
      List<Double> ours,
      List<Double> peer,
      List<Double> copy,
      double oursGigabytesPerSecond,
      double shareOfCopy,
      double timesPeer) {}

  /// @param args runs, folder, the peer's interpreter
  /// @throws IOException if a file or the peer fails
  public static void main(String[] args) throws IOException {
    if (args.length != 3) {
      throw new SemblanceException("Give three arguments: RUNS FOLDER PYTHON.");
    }
    Path folder = Path.of(args[1]);
    Process python =
        new ProcessBuilder(args[2], "perf/peers/read_tables.py", args[1])
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    var times = new LinkedHashMap<String, List<List<Double>>>();
    String versions;
    try (BufferedReader answers = python.inputReader();
        Writer orders = python.outputWriter()) {
      versions = answers.readLine();
      for (int run = -1; run < Integer.parseInt(args[0]); run++) {
        for (String table : TABLES) {
          double ours = read(folder.resolve(table));
          orders.write(table + "\n");
          orders.flush();
          double peer = Double.parseDouble(answers.readLine());
          double copy = copy(folder.resolve(table));
          if (run >= 0) {
            List<List<Double>> three =
                times.computeIfAbsent(
                    table, _ -> List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>()));
            three.get(0).add(ours);
            three.get(1).add(peer);
            three.get(2).add(copy);
          }
        }
      }
    }
    var tables = new LinkedHashMap<String, Table>();
    for (Map.Entry<String, List<List<Double>>> e : times.entrySet()) {
      int grows = e.getKey().startsWith("f2") ? 2 : 1;
      tables.put(e.getKey(), table(Files.size(folder.resolve(e.getKey())), grows, e.getValue()));
    }
    Json.write(
        new Result(
            1,
            Compare.commit(),
            Compare.cpu(),
            Runtime.getRuntime().availableProcessors(),
            Runtime.version().toString(),
            versions,
            tables),
        Path.of("perf", "results", "tables.json"));
    tables.forEach(
        (name, t) ->
            System.out.printf(
                "%s: %.2f GB/s, %.2f of a copy, %.2f times the peer%n",
                name, t.oursGigabytesPerSecond(), t.shareOfCopy(), t.timesPeer()));
  }

  private static Table table(long bytes, int grows, List<List<Double>> times) {
    List<Double> ours = times.get(0);
    List<Double> peer = times.get(1);
    List<Double> copy = times.get(2);
    var share = new ArrayList<Double>();
    var ratio = new ArrayList<Double>();
    for (int i = 0; i < ours.size(); i++) {
      share.add(grows * copy.get(i) / ours.get(i));
      ratio.add(peer.get(i) / ours.get(i));
    }
    return new Table(
        bytes,
        ours,
        peer,
        copy,
        bytes / 1e9 / Compare.median(ours),
        Compare.median(share),
        Compare.median(ratio));
  }

  private static double read(Path file) throws IOException {
    long start = System.nanoTime();
    try (TableSource source = TableFormats.open(file, TableReadOptions.defaults());
        TableSource.RowStream rows = source.rows(0)) {
      RowBlock block = RowBlock.of(source);
      long read = 0;
      while (rows.read(block)) {
        read += block.size();
      }
      if (read != source.size()) {
        throw new IllegalStateException("read " + read + " of " + source.size() + " rows");
      }
    }
    return (System.nanoTime() - start) / 1e9;
  }

  /// The same bytes, mapped and copied block by block.
  private static double copy(Path file) throws IOException {
    long start = System.nanoTime();
    try (var mapped = io.semblance.core.array.MappedFile.open(file)) {
      byte[] block = new byte[1 << 20];
      for (long at = 0; at < mapped.size(); at += block.length) {
        int n = (int) Math.min(block.length, mapped.size() - at);
        java.lang.foreign.MemorySegment.copy(
            mapped.bytes(), java.lang.foreign.ValueLayout.JAVA_BYTE, at, block, 0, n);
      }
    }
    return (System.nanoTime() - start) / 1e9;
  }
}

package io.semblance.attribution.calibrate;

import io.semblance.attribution.evaluate.Evaluator;
import io.semblance.attribution.evaluate.PoolScan;
import io.semblance.attribution.evaluate.UnitRows;
import io.semblance.attribution.feature.Pool;
import io.semblance.attribution.feature.TestSet;
import io.semblance.attribution.feature.TestSet.Scheme;
import io.semblance.attribution.mapper.FeatureMap;
import io.semblance.core.Progress;
import io.semblance.core.SemblanceException;
import io.semblance.core.file.AtomicFile;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/// Computes the scores a calibrator is fitted to, a block of queries at a time, and keeps them in a
/// file that is mapped: memory holds one block's scores. Close it to delete the file.
public final class ScoreFile implements AutoCloseable {

  /// Queries whose scores are in memory at once: twice 100,000 cosines each are 400 MB.
  private static final int BLOCK = 512;

  private final Path file;
  private final Arena arena;
  private final KeptScores scores;

  private ScoreFile(Path file, Arena arena, KeptScores scores) {
    this.file = file;
    this.arena = arena;
    this.scores = scores;
  }

  /// @return the scores; valid until this is closed
  public KeptScores scores() {
    return scores;
  }

  /// @param sets whose queries are calibrated on
  /// @param pool the distractors
  /// @param training map of exemplars and distractors
  /// @param synthesized map of queries
  /// @param kept scores to keep of each query, exemplars included, at least 2
  /// @param file where to keep them
  /// @param progress hears the queries done of all
  /// @return the scores; close them
  /// @throws SemblanceException if models or dimensions differ, or the file cannot be written
  @SuppressWarnings("MustBeClosedChecker") // the result closes the arena
  public static ScoreFile collect(
      List<TestSet> sets,
      Pool pool,
      FeatureMap training,
      FeatureMap synthesized,
      int kept,
      Path file,
      Progress progress)
      throws IOException {
    var evaluator = new Evaluator(pool, training, synthesized, List.of());
    PoolScan scan = PoolScan.of(pool.parts(), training);
    int n = sets.stream().flatMap(s -> s.schemes().stream()).mapToInt(s -> s.model().length).sum();
    if (n == 0) {
      throw new SemblanceException("The sets hold no synthesised image: there is no query.");
    }
    int[] exemplars = new int[n];
    int[] models = new int[n];
    long[] from = new long[n + 1];
    Files.createDirectories(file.toAbsolutePath().getParent());
    try (FileChannel out =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      int q = 0;
      int firstModel = 0;
      for (TestSet set : sets) {
        evaluator.check(set);
        for (Scheme scheme : set.schemes()) {
          for (int at = 0; at < scheme.model().length; at += BLOCK) {
            int here = Math.min(BLOCK, scheme.model().length - at);
            TestSet part = part(set, scheme, at, here);
            try (Arena memory = Arena.ofShared()) {
              UnitRows asked = evaluator.queries(List.of(part), here, memory);
              double[][] own = evaluator.thresholds(List.of(part), asked, memory);
              float[][] others = ScoreCollector.highest(scan, asked, kept - 1, Progress.none());
              for (int i = 0; i < here; i++) {
                exemplars[q] = own[i].length;
                models[q] = firstModel + scheme.model()[at + i];
                from[q + 1] = from[q] + write(out, own[i], others[i], kept);
                q++;
              }
            }
            progress.at(q, n);
          }
        }
        firstModel += set.models().size();
      }
    } catch (java.nio.file.FileSystemException e) {
      throw new SemblanceException(
          "Cannot write %s (%s): make room for %d bytes there."
              .formatted(file, AtomicFile.reason(e), 4L * n * kept),
          e);
    }
    Arena arena = Arena.ofShared();
    try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
      MemorySegment mapped = in.map(FileChannel.MapMode.READ_ONLY, 0, in.size(), arena);
      return new ScoreFile(file, arena, new KeptScores(mapped, from, exemplars, models));
    } catch (IOException | RuntimeException e) {
      arena.close();
      throw e;
    }
  }

  private static TestSet part(TestSet set, Scheme scheme, int from, int count) {
    int d = set.dimension();
    float[] vectors =
        java.util.Arrays.copyOfRange(scheme.queries().vectors(), from * d, (from + count) * d);
    var ids = new ArrayList<>(scheme.queries().ids().subList(from, from + count));
    int[] model = java.util.Arrays.copyOfRange(scheme.model(), from, from + count);
    var one = new Scheme(scheme.name(), new TestSet.Rows(ids, vectors), model);
    return new TestSet(
        set.name(), set.provenance(), d, set.exemplars(), set.models(), List.of(one));
  }

  private static long write(FileChannel out, double[] own, float[] others, int kept)
      throws IOException {
    int distractors = Math.min(others.length, Math.max(1, kept - own.length));
    float[] all = new float[own.length + distractors];
    for (int e = 0; e < own.length; e++) {
      all[e] = (float) own[own.length - 1 - e]; // they ascend
    }
    System.arraycopy(others, 0, all, own.length, distractors);
    MemorySegment bytes = MemorySegment.ofArray(new byte[all.length * Float.BYTES]);
    MemorySegment.copy(
        all, 0, bytes, KeptScores.FLOAT.withOrder(ByteOrder.nativeOrder()), 0, all.length);
    var buffer = bytes.asByteBuffer();
    while (buffer.hasRemaining()) {
      out.write(buffer);
    }
    return all.length;
  }

  @Override
  public void close() throws IOException {
    arena.close();
    Files.deleteIfExists(file);
  }
}

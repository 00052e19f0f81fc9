package io.semblance.attribution.evaluate;

import io.semblance.attribution.feature.Compatible;
import io.semblance.attribution.feature.Pool;
import io.semblance.attribution.feature.TestSet;
import io.semblance.attribution.feature.TestSet.Model;
import io.semblance.attribution.feature.TestSet.Scheme;
import io.semblance.attribution.mapper.FeatureMap;
import io.semblance.core.Progress;
import io.semblance.core.SemblanceException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

/// Ranks the exemplars of every synthesised image among the distractors.
///
/// For an image of model i the pool is all distractors and that model's own exemplars only. The
/// score is the cosine of mapped features. Ties are pessimistic: a distractor that scores exactly
/// as much as an exemplar stands before it; exemplars never share a rank. Source: AbC (arXiv
/// 2306.09345), section 5.
public final class Evaluator {

  private final Pool pool;
  private final FeatureMap training;
  private final FeatureMap synthesized;
  private final List<Integer> ks;

  /// @param pool the distractors; stays the caller's
  /// @param training map of training images, exemplars and distractors
  /// @param synthesized map of the queries, with as many outputs
  /// @param ks cut-offs of the recalls, each at least 1
  public Evaluator(Pool pool, FeatureMap training, FeatureMap synthesized, List<Integer> ks) {
    this.pool = pool;
    this.training = training;
    this.synthesized = synthesized;
    this.ks = List.copyOf(ks);
  }

  /// Evaluates test sets in one pass over the pool.
  ///
  /// @param sets each scheme of each is a test case
  /// @param progress hears the distractors done of all
  /// @return one result a test case, in order
  /// @throws SemblanceException if models or dimensions differ, a vector is not finite, or a
  ///   cut-off is larger than the pool
  public List<CaseResult> evaluate(List<TestSet> sets, Progress progress) throws IOException {
    for (TestSet set : sets) {
      check(set);
    }
    int queries = 0;
    for (TestSet set : sets) {
      for (Scheme scheme : set.schemes()) {
        queries = Math.addExact(queries, scheme.queries().size());
      }
    }
    if (queries == 0) {
      throw new SemblanceException("The test cases hold no synthesised image: there is no query.");
    }
    try (Arena arena = Arena.ofShared()) {
      UnitRows asked = queries(sets, queries, arena);
      double[][] thresholds = thresholds(sets, asked, arena);
      PoolScan scan = PoolScan.of(pool.parts(), training);
      var counts = DistractorCounts.of(scan, asked, thresholds, training.outputs(), progress);
      return results(sets, counts, thresholds);
    }
  }

  /// @param set to be compared with the pool
  /// @throws SemblanceException as [#evaluate]
  public void check(TestSet set) throws SemblanceException {
    Compatible.require(
        "The test set " + set.name(),
        set.provenance(),
        set.dimension(),
        "the pool of distractors",
        pool.provenance(),
        pool.dimension());
    if (training.inputs() != set.dimension()) {
      throw new SemblanceException(
          "The mapper takes %d dimensions, the test set %s has %d: use the mapper of that model."
              .formatted(training.inputs(), set.name(), set.dimension()));
    }
    int fewest = set.models().stream().mapToInt(Model::exemplars).min().orElse(1);
    for (int k : ks) {
      if (k > pool.size() + fewest) {
        throw new SemblanceException(
            "R@%d says nothing in a pool of %d images (%d distractors and %d exemplars): give smaller --k."
                .formatted(k, pool.size() + fewest, pool.size(), fewest));
      }
    }
  }

  /// The mapped queries of some sets, one behind the other.
  ///
  /// @param sets their schemes in order
  /// @param count number of queries
  /// @param arena that they are to live in, shared
  /// @return count rows
  /// @throws SemblanceException if a vector is not finite
  public UnitRows queries(List<TestSet> sets, int count, Arena arena) throws SemblanceException {
    long inputs = (long) count * synthesized.inputs() * Float.BYTES;
    long outputs = (long) count * synthesized.outputs() * Float.BYTES;
    MemorySegment raw = arena.allocate(inputs, 64);
    var names = new ArrayList<String>(count);
    long at = 0;
    for (TestSet set : sets) {
      for (Scheme scheme : set.schemes()) {
        float[] vectors = scheme.queries().vectors();
        MemorySegment.copy(vectors, 0, raw, UnitRows.FLOAT, at, vectors.length);
        at += (long) vectors.length * Float.BYTES;
        names.addAll(scheme.queries().ids());
      }
    }
    return unit(raw, count, synthesized, names::get, arena, outputs);
  }

  private static UnitRows unit(
      MemorySegment raw,
      int count,
      FeatureMap map,
      IntFunction<String> name,
      Arena arena,
      long bytes)
      throws SemblanceException {
    MemorySegment mapped = map.map(raw, count, arena.allocate(bytes, 64));
    return UnitRows.of(mapped, count, map.outputs(), arena.allocate(bytes, 64), name);
  }

  /// Cosines of each query with its own exemplars, ascending.
  ///
  /// @param sets as above
  /// @param queries theirs
  /// @param arena shared
  /// @return for every query, ascending
  /// @throws SemblanceException if a vector is not finite
  public double[][] thresholds(List<TestSet> sets, UnitRows queries, Arena arena)
      throws SemblanceException {
    double[][] out = new double[queries.count()][];
    int q = 0;
    for (TestSet set : sets) {
      float[] vectors = set.exemplars().vectors();
      int n = set.exemplars().size();
      MemorySegment raw = arena.allocate((long) vectors.length * Float.BYTES, 64);
      MemorySegment.copy(vectors, 0, raw, UnitRows.FLOAT, 0, vectors.length);
      long bytes = (long) n * training.outputs() * Float.BYTES;
      UnitRows exemplars = unit(raw, n, training, set.exemplars().ids()::get, arena, bytes);
      for (Scheme scheme : set.schemes()) {
        for (int m : scheme.model()) {
          Model model = set.models().get(m);
          double[] line = new double[model.exemplars()];
          for (int e = 0; e < line.length; e++) {
            line[e] = queries.cosine(q, exemplars, model.from() + e);
          }
          Arrays.sort(line);
          out[q++] = line;
        }
      }
    }
    return out;
  }

  private List<CaseResult> results(
      List<TestSet> sets, DistractorCounts counts, double[][] thresholds) {
    var out = new ArrayList<CaseResult>();
    int q = 0;
    for (TestSet set : sets) {
      for (Scheme scheme : set.schemes()) {
        var queries = new ArrayList<QueryResult>();
        for (int i = 0; i < scheme.queries().size(); i++) {
          long[] atLeast = counts.atLeast(q);
          int e = atLeast.length;
          long[] ranks = new long[e];
          for (int j = 0; j < e; j++) {
            ranks[j] = j + 1 + atLeast[e - 1 - j];
          }
          queries.add(
              new QueryResult(
                  scheme.queries().ids().get(i),
                  scheme.model()[i],
                  ranks,
                  thresholds[q][e - 1],
                  counts.tied(q)));
          q++;
        }
        if (!queries.isEmpty()) {
          out.add(CaseResult.of(set.name(), scheme.name(), pool.size(), queries, ks));
        }
      }
    }
    return out;
  }
}

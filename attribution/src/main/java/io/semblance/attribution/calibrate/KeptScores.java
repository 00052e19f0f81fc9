package io.semblance.attribution.calibrate;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;

/// The cosines that a calibrator is fitted to: for every query those of its exemplars, and the
/// highest ones of the distractors, in descending order. On the heap or in a mapped file; read by
/// any number of threads.
public final class KeptScores {

  static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;

  private final MemorySegment scores;
  private final long[] from;
  private final int[] exemplars;
  private final int[] models;

  /// @param scores all queries one behind the other, each its exemplars, then its distractors, both
  ///   descending
  /// @param from length n + 1, first score of each query
  /// @param exemplars length n, how many of a query's scores are of exemplars, at least 1
  /// @param models length n, which customised model made each query
  KeptScores(MemorySegment scores, long[] from, int[] exemplars, int[] models) {
    this.scores = scores;
    this.from = from;
    this.exemplars = exemplars;
    this.models = models;
  }

  /// Scores of one query.
  ///
  /// @param model which customised model made it
  /// @param exemplars cosines of its exemplars, at least one
  /// @param distractors cosines of distractors
  @SuppressWarnings("ArrayRecordComponent") // copied when used
  public record Query(int model, float[] exemplars, float[] distractors) {}

  /// @param queries at least one
  /// @return their scores in memory
  public static KeptScores of(List<Query> queries) {
    long[] from = new long[queries.size() + 1];
    for (int q = 0; q < queries.size(); q++) {
      Query query = queries.get(q);
      from[q + 1] = from[q] + query.exemplars.length + query.distractors.length;
    }
    MemorySegment scores =
        Arena.ofAuto().allocate(Math.max(1, from[queries.size()]) * Float.BYTES, 64);
    int[] exemplars = new int[queries.size()];
    int[] models = new int[queries.size()];
    for (int q = 0; q < queries.size(); q++) {
      Query query = queries.get(q);
      exemplars[q] = query.exemplars.length;
      models[q] = query.model;
      put(scores, from[q], descending(query.exemplars));
      put(scores, from[q] + exemplars[q], descending(query.distractors));
    }
    return new KeptScores(scores, from, exemplars, models);
  }

  static void put(MemorySegment target, long at, float[] values) {
    MemorySegment.copy(values, 0, target, FLOAT, at * Float.BYTES, values.length);
  }

  /// Sorted copy, highest first.
  static float[] descending(float[] values) {
    float[] out = values.clone();
    Arrays.sort(out);
    for (int i = 0, j = out.length - 1; i < j; i++, j--) {
      float swap = out[i];
      out[i] = out[j];
      out[j] = swap;
    }
    return out;
  }

  /// @return number of queries
  public int queries() {
    return models.length;
  }

  /// @return number of scores kept, of all queries together
  public long size() {
    return from[models.length];
  }

  /// @param query from 0
  /// @return which customised model made it
  public int model(int query) {
    return models[query];
  }

  /// @param query from 0
  /// @return number of its exemplars
  public int exemplars(int query) {
    return exemplars[query];
  }

  /// @param query from 0
  /// @return number of its scores
  public int count(int query) {
    return (int) (from[query + 1] - from[query]);
  }

  /// @param query from 0
  /// @param index from 0; exemplars first
  /// @return a cosine
  public double score(int query, int index) {
    return scores.getAtIndex(FLOAT, from[query] + index);
  }

  /// @param query from 0
  /// @return the highest cosine of all
  public double top(int query) {
    double exemplar = score(query, 0);
    return exemplars[query] == count(query) ? exemplar : Math.max(exemplar, topDistractor(query));
  }

  /// @param query from 0, with a distractor
  /// @return the highest cosine of a distractor
  public double topDistractor(int query) {
    return score(query, exemplars[query]);
  }
}

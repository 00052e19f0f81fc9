package io.semblance.core.search;

import java.util.Arrays;

/// The k best rows offered so far. A heap with the worst of them on top; of equal scores the later
/// row is the worse. Not safe for several threads.
final class BestRows {

  private final Metric metric;
  private final int capacity;
  private long[] rows;
  private double[] scores;
  private int size;

  BestRows(Metric metric, int capacity) {
    this.metric = metric;
    this.capacity = capacity;
    int initial = Math.min(capacity, 16);
    this.rows = new long[initial];
    this.scores = new double[initial];
  }

  /// The least [Metric#closeness] a further row needs, or minus infinity while there is room.
  double threshold() {
    return size < capacity ? Double.NEGATIVE_INFINITY : metric.closenessOf(scores[0]);
  }

  void offer(long row, double score) {
    if (size < capacity) {
      if (size == rows.length) {
        int wider = (int) Math.min(capacity, 2L * size);
        rows = Arrays.copyOf(rows, wider);
        scores = Arrays.copyOf(scores, wider);
      }
      size++;
      siftUp(size - 1, row, score);
    } else if (worse(rows[0], scores[0], row, score)) {
      siftDown(row, score);
    }
  }

  /// Empties the heap, worst first.
  ///
  /// @return global rows and scores, best first
  Sorted drain() {
    var sorted = new Sorted(new long[size], new double[size]);
    while (size > 0) {
      int last = size - 1;
      sorted.rows[last] = rows[0];
      sorted.scores[last] = scores[0];
      size = last;
      if (last > 0) {
        siftDown(rows[last], scores[last]);
      }
    }
    return sorted;
  }

  private void siftUp(int hole, long row, double score) {
    while (hole > 0) {
      int parent = (hole - 1) / 2;
      if (!worse(row, score, rows[parent], scores[parent])) {
        break;
      }
      put(hole, rows[parent], scores[parent]);
      hole = parent;
    }
    put(hole, row, score);
  }

  private void siftDown(long row, double score) {
    int hole = 0;
    for (int child = 1; child < size; child = 2 * hole + 1) {
      if (child + 1 < size
          && worse(rows[child + 1], scores[child + 1], rows[child], scores[child])) {
        child++;
      }
      if (!worse(rows[child], scores[child], row, score)) {
        break;
      }
      put(hole, rows[child], scores[child]);
      hole = child;
    }
    put(hole, row, score);
  }

  private void put(int place, long row, double score) {
    rows[place] = row;
    scores[place] = score;
  }

  private boolean worse(long rowA, double scoreA, long rowB, double scoreB) {
    if (scoreA != scoreB) {
      return metric.higherIsCloser() ? scoreA < scoreB : scoreA > scoreB;
    }
    return rowA > rowB;
  }

  /// @param rows global rows, best first
  /// @param scores their scores
  @SuppressWarnings("ArrayRecordComponent") // read once, by the search that made it
  record Sorted(long[] rows, double[] scores) {}
}

package io.semblance.salad;

import io.semblance.core.linalg.Distances;
import io.semblance.core.linalg.Matrix;
import java.util.Arrays;

/// The k nearest images in other cells than an image's own, and what they share with it: the
/// category, the style or neither. Ties count by expectation under random order.
///
/// Of each image the nearest classes of equal distance are kept, as many as the k places need.
final class CrossNeighbours {

  /// What an image of another cell shares.
  enum Share {
    CATEGORY,
    STYLE,
    NEITHER
  }

  private static final int KINDS = Share.values().length;

  private final Matrix points;
  private final SaladGrid grid;
  private final int k;
  private final double error;
  private final double[] value;
  private final int[] witness;
  private final int[] counts;
  private final int[] classes;
  private final int[] held;
  private final double[] reach;

  /// @param points n x r, rows as in `grid`
  /// @param grid of the same n images
  /// @param k neighbours, at least 1
  /// @param error largest relative error of the distances that will be offered
  CrossNeighbours(Matrix points, SaladGrid grid, int k, double error) {
    int n = grid.size();
    this.points = points;
    this.grid = grid;
    this.k = k;
    this.error = error;
    this.value = new double[Math.multiplyExact(n, k + 1)];
    this.witness = new int[value.length];
    this.counts = new int[Math.multiplyExact(value.length, KINDS)];
    this.classes = new int[n];
    this.held = new int[n];
    this.reach = new double[n];
    Arrays.fill(reach, Double.POSITIVE_INFINITY);
  }

  /// @param image one of the n
  /// @return distances above this change nothing and need not be offered
  double reach(int image) {
    return reach[image];
  }

  /// @param image whose neighbours are sought
  /// @param other of another cell, offered once
  /// @param distance of the two, Euclidean in `points`
  void offer(int image, int other, double distance) {
    int from = image * (k + 1);
    double mine = distance;
    int at = 0;
    for (; at < classes[image]; at++) {
      double held = value[from + at];
      if (error > OwnRanks.TIE && Math.abs(held - mine) <= 2 * error * Math.max(held, mine)) {
        mine = Distances.direct(points, image, other);
        held = Distances.direct(points, image, witness[from + at]);
        value[from + at] = held;
      }
      if (OwnRanks.equal(held, mine)) {
        add(image, at, other);
        return;
      }
      if (mine < held) {
        break;
      }
    }
    if (held[image] < k || at < classes[image]) {
      insert(image, at, other, mine);
    }
  }

  private void insert(int image, int at, int other, double distance) {
    int from = image * (k + 1);
    int moved = classes[image] - at;
    System.arraycopy(value, from + at, value, from + at + 1, moved);
    System.arraycopy(witness, from + at, witness, from + at + 1, moved);
    int first = (from + at) * KINDS;
    System.arraycopy(counts, first, counts, first + KINDS, moved * KINDS);
    Arrays.fill(counts, first, first + KINDS, 0);
    value[from + at] = distance;
    witness[from + at] = other;
    classes[image]++;
    add(image, at, other);
  }

  private void add(int image, int at, int other) {
    SaladAxes axes = grid.axes();
    int a = grid.cellOf()[image];
    int b = grid.cellOf()[other];
    Share share =
        axes.categoryOf(a) == axes.categoryOf(b)
            ? Share.CATEGORY
            : axes.styleOf(a) == axes.styleOf(b) ? Share.STYLE : Share.NEITHER;
    counts[(image * (k + 1) + at) * KINDS + share.ordinal()]++;
    held[image]++;
    drop(image);
  }

  /// Drops the farthest class while the others fill the places.
  private void drop(int image) {
    int from = image * (k + 1);
    while (classes[image] > 0 && held[image] - size(from + classes[image] - 1) >= k) {
      held[image] -= size(from + classes[image] - 1);
      classes[image]--;
    }
    if (held[image] >= k) {
      reach[image] = value[from + classes[image] - 1] * (1 + 2 * error + 2 * OwnRanks.TIE);
    }
  }

  private int size(int entry) {
    int sum = 0;
    for (int s = 0; s < KINDS; s++) {
      sum += counts[entry * KINDS + s];
    }
    return sum;
  }

  /// @param image one of the n, after every image of another cell was offered
  /// @param neighbours how many nearest to look at, from 1 to k
  /// @param share what they are asked for
  /// @return expected share of them that have it, from 0 to 1; NaN if there is no other cell
  double rate(int image, int neighbours, Share share) {
    int from = image * (k + 1);
    double found = 0;
    int before = 0;
    for (int c = 0; c < classes[image] && before < neighbours; c++) {
      int members = size(from + c);
      int places = Math.min(neighbours - before, members);
      found += (double) places * counts[(from + c) * KINDS + share.ordinal()] / members;
      before += places;
    }
    return before == 0 ? Double.NaN : found / before;
  }
}

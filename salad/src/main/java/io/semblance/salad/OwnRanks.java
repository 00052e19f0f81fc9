package io.semblance.salad;

import io.semblance.core.linalg.Distances;
import io.semblance.core.linalg.Matrix;
import java.util.Arrays;
import java.util.stream.IntStream;

/// Self-recognition without sorting any row of distances: the distances of an image to its own cell
/// are known first, and of every other distance it only matters between which of these it falls.
///
/// Distances that are equal within 1e-9 form one class. If the class of an image of the own cell
/// and t - 1 others begins before the last of the places looked at and r of them are left, each of
/// the t counts r / t: ties count by expectation under random order.
final class OwnRanks {

  /// Distances this close, relative to the larger, are equal.
  static final double TIE = 1e-9;

  private final Matrix points;
  private final int[] places;
  private final int[] start;
  private final double[] value;
  private final int[] same;
  private final int[] nearer;
  private final int[] tied;
  private final int[] last;
  private final int[] ownBefore;
  private final int[] othersBefore;
  private final double[] reach;
  private final double error;

  /// @param points n x r, rows as in `grid`
  /// @param grid of the same n images, sorted by cell
  /// @param error largest relative error of the distances that will be offered
  OwnRanks(Matrix points, SaladGrid grid, double error) {
    int n = grid.size();
    this.points = points;
    this.error = error;
    this.places = new int[n];
    this.start = new int[n];
    int entries = 0;
    for (int i = 0; i < n; i++) {
      places[i] = grid.images()[grid.cellOf()[i]];
      start[i] = entries;
      entries = Math.addExact(entries, places[i]);
    }
    this.value = new double[entries];
    this.same = new int[entries];
    this.nearer = new int[entries];
    this.tied = new int[entries];
    this.last = new int[n];
    this.ownBefore = new int[n];
    this.othersBefore = new int[n];
    this.reach = new double[n];
    int[] first = grid.starts();
    IntStream.range(0, first.length - 1)
        .parallel()
        .filter(c -> first[c] < first[c + 1])
        .forEach(c -> own(first[c], first[c + 1] - first[c]));
  }

  private void own(int from, int count) {
    Matrix within = Distances.matrix(points.rowRange(from, count));
    for (int i = 0; i < count; i++) {
      double[] sorted = within.row(i);
      Arrays.sort(sorted);
      classes(from + i, sorted);
    }
  }

  private void classes(int image, double[] sorted) {
    int k = -1;
    for (double d : sorted) {
      if (k < 0 || !equal(value[start[image] + k], d)) {
        k++;
        value[start[image] + k] = d;
      }
      same[start[image] + k]++;
    }
    last[image] = k;
    ownBefore[image] = sorted.length - same[start[image] + k];
    updateReach(image);
  }

  static boolean equal(double a, double b) {
    return Math.abs(a - b) <= TIE * Math.max(a, b);
  }

  private void updateReach(int image) {
    reach[image] = value[start[image] + last[image]] * (1 + 2 * error + 2 * TIE);
  }

  /// @param image one of the n
  /// @return distances above this change nothing and need not be offered
  double reach(int image) {
    return reach[image];
  }

  /// Hears of an image of another cell.
  ///
  /// @param image whose neighbours are counted
  /// @param other of another cell, offered once
  /// @param distance of the two, Euclidean in `points`
  void offer(int image, int other, double distance) {
    int from = start[image];
    double exact = distance;
    int at = place(from, last[image], exact);
    if (error > TIE && near(from, last[image], at, exact)) {
      exact = Distances.direct(points, image, other);
      at = place(from, last[image], exact);
    }
    if (at > last[image]) {
      return;
    }
    if (equal(value[from + at], exact)) {
      tied[from + at]++;
      if (at == last[image]) {
        return;
      }
    } else {
      nearer[from + at]++;
    }
    othersBefore[image]++;
    withdraw(image);
  }

  /// The first class at `distance` or beyond it; one past `to` if there is none.
  private int place(int from, int to, double distance) {
    int low = 0;
    int high = to + 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      double v = value[from + middle];
      if (v < distance && !equal(v, distance)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private boolean near(int from, int to, int at, double distance) {
    double slack = 2 * error * distance;
    return at <= to && value[from + at] - distance <= slack
        || at > 0 && distance - value[from + at - 1] <= slack;
  }

  /// Drops classes that no place is left for.
  private void withdraw(int image) {
    int from = start[image];
    while (last[image] > 0 && ownBefore[image] + othersBefore[image] >= places[image]) {
      int dropped = last[image]--;
      ownBefore[image] -= same[from + dropped - 1];
      othersBefore[image] -= nearer[from + dropped] + tied[from + dropped - 1];
      updateReach(image);
    }
  }

  /// @param image one of the n, after every image of another cell was offered
  /// @return expected number of images of the own cell among as many nearest as that cell holds,
  ///   from 0 to that number; NaN if it holds one image
  double count(int image) {
    if (places[image] < 2) {
      return Double.NaN;
    }
    double count = 0;
    int before = 0;
    for (int k = start[image]; k <= start[image] + last[image]; k++) {
      before += nearer[k];
      int members = same[k] + tied[k];
      int left = Math.clamp(places[image] - before, 0, members);
      count += left == members ? same[k] : (double) left * same[k] / members;
      before += members;
    }
    return count;
  }
}

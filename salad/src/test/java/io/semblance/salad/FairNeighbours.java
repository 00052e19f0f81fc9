package io.semblance.salad;

/// How many of the nearest images are in the same cell, with ties counted by expectation under
/// random order: if t images tie at the boundary for r places, each of them counts r / t. The image
/// itself is a candidate like any other and has no privilege among its ties. The naive twin of
/// [OwnRanks].
final class FairNeighbours {

  /// Distances this close, relative to the larger, are equal.
  private static final double TIE = 1e-9;

  private FairNeighbours() {}

  /// @param distances of one image to all n, itself included; at least 0
  /// @param cellOf the cell of each of the n
  /// @param own the image's cell
  /// @param places how many nearest to look at, from 1 to n
  /// @return expected number of them in the own cell, from 0 to `places`
  static double count(double[] distances, int[] cellOf, int own, int places) {
    double boundary = smallest(distances.clone(), places);
    int nearer = 0;
    int nearerSame = 0;
    int tied = 0;
    int tiedSame = 0;
    for (int j = 0; j < distances.length; j++) {
      double d = distances[j];
      boolean same = cellOf[j] == own;
      if (Math.abs(d - boundary) <= TIE * Math.max(d, boundary)) {
        tied++;
        tiedSame += same ? 1 : 0;
      } else if (d < boundary) {
        nearer++;
        nearerSame += same ? 1 : 0;
      }
    }
    return nearerSame + (double) (places - nearer) * tiedSame / tied;
  }

  /// The k-th smallest number, by quickselect with the median of three as pivot.
  ///
  /// @param values reordered
  /// @param k from 1 to the length
  private static double smallest(double[] values, int k) {
    int target = k - 1;
    int low = 0;
    int high = values.length - 1;
    while (low < high) {
      double pivot = median(values[low], values[(low + high) >>> 1], values[high]);
      int i = low;
      int j = high;
      while (i <= j) {
        while (values[i] < pivot) {
          i++;
        }
        while (values[j] > pivot) {
          j--;
        }
        if (i <= j) {
          double swap = values[i];
          values[i++] = values[j];
          values[j--] = swap;
        }
      }
      if (target <= j) {
        high = j;
      } else if (target >= i) {
        low = i;
      } else {
        break;
      }
    }
    return values[target];
  }

  private static double median(double a, double b, double c) {
    return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
  }
}

package io.semblance.core.search;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// How near two vectors are. A score is used and shown as it stands, never rescaled.
///
/// Scores are computed in double precision from float32 components, summed from the first component
/// to the last.
public enum Metric {

  /// Cosine of the angle, in [-1, 1], without unit, higher is closer. With a vector of zeros it is
  /// 0: such a vector points nowhere.
  COSINE("cosine", true) {
    @Override
    double score(MemorySegment a, long offsetA, MemorySegment b, long offsetB, int d) {
      double dot = 0;
      double squareA = 0;
      double squareB = 0;
      for (int j = 0; j < d; j++) {
        double x = a.getAtIndex(FLOAT, offsetA + j);
        double y = b.getAtIndex(FLOAT, offsetB + j);
        dot += x * y;
        squareA += x * x;
        squareB += y * y;
      }
      // The product of squares of float32 numbers always fits a double, and one root of it makes
      // the cosine of a vector with itself exactly 1.
      double norms = Math.sqrt(squareA * squareB);
      return norms == 0 ? 0 : Math.clamp(dot / norms, -1.0, 1.0);
    }

    @Override
    double closeness(double unitDot, double queryNorm, double rowNorm) {
      return rowNorm == 0 ? 0 : unitDot / rowNorm;
    }

    @Override
    double slack(double bound, double queryNorm, double rowNorm) {
      return bound;
    }
  },

  /// Inner product, any real number, in the unit of the components squared, higher is closer.
  INNER_PRODUCT("inner product", true) {
    @Override
    double score(MemorySegment a, long offsetA, MemorySegment b, long offsetB, int d) {
      double dot = 0;
      for (int j = 0; j < d; j++) {
        dot +=
            (double) a.getAtIndex(FLOAT, offsetA + j) * (double) b.getAtIndex(FLOAT, offsetB + j);
      }
      return dot;
    }

    @Override
    double closeness(double unitDot, double queryNorm, double rowNorm) {
      return unitDot * queryNorm;
    }

    @Override
    double slack(double bound, double queryNorm, double rowNorm) {
      return bound * queryNorm * rowNorm;
    }
  },

  /// Euclidean distance, at least 0, in the unit of the components, **lower** is closer.
  EUCLIDEAN("Euclidean distance", false) {
    @Override
    double score(MemorySegment a, long offsetA, MemorySegment b, long offsetB, int d) {
      double sum = 0;
      for (int j = 0; j < d; j++) {
        double difference =
            (double) a.getAtIndex(FLOAT, offsetA + j) - b.getAtIndex(FLOAT, offsetB + j);
        sum += difference * difference;
      }
      return Math.sqrt(sum);
    }

    @Override
    double closeness(double unitDot, double queryNorm, double rowNorm) {
      return 2 * unitDot * queryNorm - queryNorm * queryNorm - rowNorm * rowNorm;
    }

    @Override
    double slack(double bound, double queryNorm, double rowNorm) {
      return bound * (queryNorm * queryNorm + rowNorm * rowNorm);
    }
  };

  static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;

  private final String word;
  private final boolean higherIsCloser;

  Metric(String word, boolean higherIsCloser) {
    this.word = word;
    this.higherIsCloser = higherIsCloser;
  }

  /// @return the name to show beside a score, e.g. "cosine"
  public String word() {
    return word;
  }

  /// @return whether a higher score is a closer vector
  public boolean higherIsCloser() {
    return higherIsCloser;
  }

  /// The score of two vectors.
  ///
  /// @param a length d
  /// @param b length d
  /// @return the score, in this metric's unit and range
  /// @throws IllegalArgumentException if the lengths differ
  public double score(float[] a, float[] b) {
    if (a.length != b.length) {
      throw new IllegalArgumentException(
          "a vector of %d components has no score with one of %d".formatted(a.length, b.length));
    }
    return score(MemorySegment.ofArray(a), 0, MemorySegment.ofArray(b), 0, a.length);
  }

  /// The score of a vector in each of two segments; offsets count components.
  abstract double score(MemorySegment a, long offsetA, MemorySegment b, long offsetB, int d);

  /// A number that grows as vectors come closer, from the product of the query of norm 1 with the
  /// row. For Euclidean distance it is minus the square.
  abstract double closeness(double unitDot, double queryNorm, double rowNorm);

  /// How far [#closeness] can be off if `unitDot` is off by at most `bound` times the row's norm.
  abstract double slack(double bound, double queryNorm, double rowNorm);

  /// The [#closeness] that belongs to a score.
  double closenessOf(double score) {
    return this == EUCLIDEAN ? -score * score : score;
  }
}

package io.semblance.attribution.mapper;

import io.semblance.attribution.feature.FeatureRows;
import io.semblance.attribution.mapper.MapperState.Array;
import io.semblance.core.linalg.Covariance;
import io.semblance.core.linalg.LinearAlgebra;
import io.semblance.core.linalg.Matrix;
import io.semblance.core.linalg.SymmetricEigen;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Locale;

/// Corrections of a feature space against hubs, images that are near to everything: fitted to the
/// pool, applied to training and synthesised images alike before the cosine. Ours, not the paper's.
public enum SpaceCorrection {
  /// Features as they are.
  NONE,
  /// The pool's mean is taken off.
  CENTRE,
  /// The mean is taken off and every direction scaled to variance 1 (PCA whitening).
  WHITEN;

  /// Rows that the mean and the covariance are taken from, spread evenly over the pool.
  private static final int ROWS = 50_000;

  /// Variances below this share of the largest are taken as that much, so that noise is not blown
  /// up.
  private static final double FLOOR = 1e-6;

  /// @return the name in options and results
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// @param pool at least one part with a row
  /// @return the map
  public FeatureMap fit(List<FeatureRows> pool) {
    int d = pool.getFirst().dimension();
    if (this == NONE) {
      return FeatureMap.identity(d);
    }
    Covariance covariance = Covariance.empirical(sample(pool, d));
    double[] mean = covariance.mean();
    double[] weight = this == CENTRE ? identity(d) : whitening(covariance, d);
    float[] numbers = new float[d * d];
    float[] shift = new float[d];
    for (int i = 0; i < d; i++) {
      double sum = 0;
      for (int j = 0; j < d; j++) {
        numbers[i * d + j] = (float) weight[i * d + j];
        sum -= weight[i * d + j] * mean[j];
      }
      shift[i] = (float) sum;
    }
    return new LinearLayers(d, new Layer(new Array(d, d, numbers), null, shift, false));
  }

  private static double[] identity(int d) {
    double[] out = new double[d * d];
    for (int i = 0; i < d; i++) {
      out[i * d + i] = 1;
    }
    return out;
  }

  /// Directions of the covariance, one a row, over the roots of their variances.
  private static double[] whitening(Covariance covariance, int d) {
    SymmetricEigen eigen = LinearAlgebra.eigen(covariance.matrix());
    double[] out = eigen.vectors().data().clone();
    double floor = Math.max(Double.MIN_NORMAL, FLOOR * eigen.values()[0]);
    for (int i = 0; i < d; i++) {
      double scale = 1 / Math.sqrt(Math.max(floor, eigen.values()[i]));
      for (int j = 0; j < d; j++) {
        out[i * d + j] *= scale;
      }
    }
    return out;
  }

  private static Matrix sample(List<FeatureRows> pool, int d) {
    long all = pool.stream().mapToLong(FeatureRows::size).sum();
    int n = (int) Math.min(ROWS, all);
    double[] out = new double[Math.multiplyExact(n, d)];
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment buffer = arena.allocate((long) d * Float.BYTES, 64);
      for (int i = 0; i < n; i++) {
        long row = all * i / n;
        int part = 0;
        while (row >= pool.get(part).size()) {
          row -= pool.get(part++).size();
        }
        MemorySegment values = pool.get(part).rows(row, 1, buffer);
        for (int j = 0; j < d; j++) {
          out[i * d + j] = values.getAtIndex(ValueLayout.JAVA_FLOAT_UNALIGNED, j);
        }
      }
    }
    return Matrix.of(n, d, out);
  }
}

package io.semblance.attribution.mapper;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.semblance.attribution.feature.FeatureRows;
import io.semblance.attribution.feature.MemoryFeatures;
import io.semblance.core.table.Provenance;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SpaceCorrectionTest {

  private static final int D = 5;
  private static final int N = 400;

  /// Correlated rows with a mean away from 0.
  private static float[] rows() {
    var random = new Random(4);
    float[] out = new float[N * D];
    for (int r = 0; r < N; r++) {
      double common = random.nextGaussian();
      for (int j = 0; j < D; j++) {
        out[r * D + j] = (float) (3 + j + common + (1 + j) * random.nextGaussian());
      }
    }
    return out;
  }

  private static float[] corrected(SpaceCorrection correction) {
    float[] rows = rows();
    List<FeatureRows> pool = List.of(new MemoryFeatures(Provenance.unknown("net"), rows, D, null));
    return Maps.apply(correction.fit(pool), rows);
  }

  private static double mean(float[] rows, int column) {
    double sum = 0;
    for (int r = 0; r < N; r++) {
      sum += rows[r * D + column];
    }
    return sum / N;
  }

  @Test
  void centringTakesTheMeanOff() {
    float[] found = corrected(SpaceCorrection.CENTRE);
    float[] rows = rows();
    for (int j = 0; j < D; j++) {
      assertEquals(0, mean(found, j), 1e-5);
      assertEquals(rows[j] - rows[D + j], found[j] - found[D + j], 1e-5);
    }
  }

  @Test
  void whiteningMakesTheCovarianceTheIdentity() {
    float[] found = corrected(SpaceCorrection.WHITEN);
    for (int i = 0; i < D; i++) {
      assertEquals(0, mean(found, i), 1e-5);
      for (int j = 0; j < D; j++) {
        double sum = 0;
        for (int r = 0; r < N; r++) {
          sum += found[r * D + i] * found[r * D + j];
        }
        assertEquals(i == j ? 1 : 0, sum / (N - 1), 1e-4);
      }
    }
  }
}

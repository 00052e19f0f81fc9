package io.semblance.synth.paint;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;

/// Nearest centroids over a few colour and edge statistics: a style and a fruit must both show in
/// low-level numbers.
class SeparabilityTest {
  private static final int TRAIN = 4;
  private static final int TEST = 2;
  private static final int FEATURES = 32;
  private static final SaladPainter PAINTER =
      new SaladPainter(new PaintOptions(TRAIN + TEST, 64, 11));

  @Test
  void stylesAndFruitsAreFarAboveChance() {
    double[][][] features = new double[100][TRAIN + TEST][];
    for (int cell = 0; cell < 100; cell++) {
      for (int n = 0; n < TRAIN + TEST; n++) {
        features[cell][n] =
            features(PAINTER.paint(Fruit.values()[cell / 10], Style.values()[cell % 10], n));
      }
    }
    standardise(features);
    double style = accuracy(features, cell -> cell % 10);
    double fruit = accuracy(features, cell -> cell / 10);
    assertTrue(style > 0.75, "style recognised in " + style + " of the images, chance is 0.1");
    assertTrue(fruit > 0.5, "fruit recognised in " + fruit + " of the images, chance is 0.1");
  }

  private interface Label {
    int of(int cell);
  }

  private static double accuracy(double[][][] features, Label label) {
    double[][] centres = new double[10][FEATURES];
    for (int cell = 0; cell < 100; cell++) {
      for (int n = 0; n < TRAIN; n++) {
        for (int k = 0; k < FEATURES; k++) {
          centres[label.of(cell)][k] += features[cell][n][k] / (10 * TRAIN);
        }
      }
    }
    int right = 0;
    for (int cell = 0; cell < 100; cell++) {
      for (int n = TRAIN; n < TRAIN + TEST; n++) {
        right += nearest(centres, features[cell][n]) == label.of(cell) ? 1 : 0;
      }
    }
    return right / (100.0 * TEST);
  }

  private static int nearest(double[][] centres, double[] x) {
    int best = 0;
    double least = Double.MAX_VALUE;
    for (int c = 0; c < centres.length; c++) {
      double d = 0;
      for (int k = 0; k < FEATURES; k++) {
        d += (x[k] - centres[c][k]) * (x[k] - centres[c][k]);
      }
      if (d < least) {
        least = d;
        best = c;
      }
    }
    return best;
  }

  private static void standardise(double[][][] features) {
    for (int k = 0; k < FEATURES; k++) {
      double sum = 0;
      double squares = 0;
      int count = 0;
      for (double[][] cell : features) {
        for (double[] x : cell) {
          sum += x[k];
          squares += x[k] * x[k];
          count++;
        }
      }
      double mean = sum / count;
      double deviation = Math.sqrt(Math.max(1e-12, squares / count - mean * mean));
      for (double[][] cell : features) {
        for (double[] x : cell) {
          x[k] = (x[k] - mean) / deviation;
        }
      }
    }
  }

  /// Mean, spread and edges of each channel, in the frame and in the middle, and of a coarse hue
  /// histogram.
  private static double[] features(BufferedImage image) {
    double[] f = new double[FEATURES];
    int n = image.getWidth();
    for (int y = 0; y < n - 1; y++) {
      for (int x = 0; x < n - 1; x++) {
        boolean middle = Math.abs(x - n / 2) < n / 4 && Math.abs(y - n / 2) < n / 4;
        int p = image.getRGB(x, y);
        int q = image.getRGB(x + 1, y);
        int s = image.getRGB(x, y + 1);
        for (int c = 0; c < 3; c++) {
          double v = (p >> 8 * c & 255) / 255.0;
          f[(middle ? 0 : 3) + c] += v;
          f[(middle ? 6 : 9) + c] += v * v;
          f[(middle ? 12 : 15) + c] += Math.abs(v - (q >> 8 * c & 255) / 255.0);
          f[18 + c] += Math.abs(v - (s >> 8 * c & 255) / 255.0) > 0.15 ? 1 : 0;
        }
        hue(f, p, middle);
      }
    }
    return f;
  }

  private static void hue(double[] f, int p, boolean middle) {
    float[] hsb = java.awt.Color.RGBtoHSB(p >> 16 & 255, p >> 8 & 255, p & 255, null);
    if (middle) {
      f[21 + Math.min(9, (int) (hsb[0] * 10))] += hsb[1] * hsb[2];
    }
    f[31] += hsb[1];
  }
}

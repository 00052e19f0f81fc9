package io.semblance.extract.ensemble;

import java.util.Arrays;

/// Statistics of the colours of an image. Standard deviations are those of the population.
final class ColourStatistics {

  private static final int HUES = 181;
  private static final double HUE_UNIT = 180;

  private ColourStatistics() {}

  /// @param hls hue in half degrees, lightness, saturation
  /// @return pixels of each hue 0 to 180 (the last is always 0), ascending by count, divided by 180
  static double[] hues(Raster hls) {
    double[] counts = new double[HUES];
    for (int i = 0; i < hls.samples().length; i += 3) {
      counts[hls.samples()[i] & 0xFF]++;
    }
    for (int i = 0; i < HUES; i++) {
      counts[i] /= HUE_UNIT;
    }
    Arrays.sort(counts);
    return counts;
  }

  /// @param values any
  /// @return their mean
  static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  /// @param values any
  /// @return their standard deviation
  static double deviation(double[] values) {
    double mean = mean(values);
    double sum = 0;
    for (double value : values) {
      sum += (value - mean) * (value - mean);
    }
    return Math.sqrt(sum / values.length);
  }

  /// @param weights not negative; only their proportions count
  /// @return entropy in nats, 0 where all are 0
  static double entropy(double[] weights) {
    double sum = 0;
    for (double weight : weights) {
      sum += weight;
    }
    double entropy = 0;
    for (double weight : weights) {
      if (weight > 0) {
        entropy -= weight / sum * Math.log(weight / sum);
      }
    }
    return entropy + 0.0;
  }

  /// Colourfulness of the opponent colours red - green and (red + green) / 2 - blue: root of the
  /// sum of their variances, and 0.3 times the root of the sum of their squared means. Source:
  /// Hasler, Suesstrunk, "Measuring colourfulness in natural images", SPIE 5007 (2003), equation
  /// for M3.
  ///
  /// @param rgb an image
  /// @return 0 for gray, about 100 for a very colourful photo
  static double colourfulness(Raster rgb) {
    byte[] s = rgb.samples();
    int n = s.length / 3;
    long redGreen = 0;
    long yellowBlue = 0;
    long redGreenSquares = 0;
    long yellowBlueSquares = 0;
    for (int i = 0; i < s.length; i += 3) {
      int red = s[i] & 0xFF;
      int green = s[i + 1] & 0xFF;
      int rg = red - green;
      int yb = red + green - 2 * (s[i + 2] & 0xFF); // twice its value: whole numbers add exactly
      redGreen += rg;
      yellowBlue += yb;
      redGreenSquares += (long) rg * rg;
      yellowBlueSquares += (long) yb * yb;
    }
    double rgMean = redGreen / (double) n;
    double ybMean = yellowBlue / (2.0 * n);
    double rgVariance = variance(redGreenSquares, redGreen, n);
    double ybVariance = variance(yellowBlueSquares, yellowBlue, n) / 4;
    return Math.sqrt(rgVariance + ybVariance) + 0.3 * Math.sqrt(rgMean * rgMean + ybMean * ybMean);
  }

  /// @param gray one channel
  /// @return greatest value minus least
  static double range(Raster gray) {
    int least = 255;
    int greatest = 0;
    for (byte value : gray.samples()) {
      least = Math.min(least, value & 0xFF);
      greatest = Math.max(greatest, value & 0xFF);
    }
    return greatest - least;
  }

  /// @param gray one channel
  /// @return standard deviation of its values
  static double deviation(Raster gray) {
    long sum = 0;
    long squares = 0;
    for (byte value : gray.samples()) {
      int v = value & 0xFF;
      sum += v;
      squares += (long) v * v;
    }
    return Math.sqrt(variance(squares, sum, gray.samples().length));
  }

  // In whole numbers up to the division: never below 0, and 0 for a constant.
  private static double variance(long squares, long sum, int n) {
    return (squares * n - sum * sum) / ((double) n * n);
  }
}

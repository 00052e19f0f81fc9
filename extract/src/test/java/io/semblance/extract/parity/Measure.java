package io.semblance.extract.parity;

/// How close vectors are to golden ones of a random network, under which all photos look alike.
///
/// @param cosine lowest over the images, after the mean golden vector is subtracted from both; in
///   [-1, 1], higher is closer
/// @param error largest over all components, in standard deviations of its dimension over the
///   golden vectors
record Measure(double cosine, double error) {

  static final double LEAST_COSINE = 0.9999;
  static final double MOST_ERROR = 1e-3;

  /// @param golden n x d
  /// @param found n x d
  static Measure of(float[][] golden, float[][] found) {
    int d = golden[0].length;
    double[] mean = new double[d];
    double[] spread = new double[d];
    for (int j = 0; j < d; j++) {
      for (float[] row : golden) {
        mean[j] += row[j] / (double) golden.length;
      }
      for (float[] row : golden) {
        spread[j] += (row[j] - mean[j]) * (row[j] - mean[j]) / golden.length;
      }
      spread[j] = Math.sqrt(spread[j]);
    }
    double cosine = 1;
    double error = 0;
    for (int i = 0; i < golden.length; i++) {
      cosine = Math.min(cosine, cosine(golden[i], found[i], mean));
      for (int j = 0; j < d; j++) {
        error = Math.max(error, Math.abs((double) golden[i][j] - found[i][j]) / spread[j]);
      }
    }
    return new Measure(cosine, error);
  }

  private static double cosine(float[] a, float[] b, double[] mean) {
    double dot = 0;
    double aa = 0;
    double bb = 0;
    for (int j = 0; j < mean.length; j++) {
      double x = a[j] - mean[j];
      double y = b[j] - mean[j];
      dot += x * y;
      aa += x * x;
      bb += y * y;
    }
    return dot / Math.sqrt(aa * bb);
  }

  // also false for NaN
  boolean passes() {
    return cosine >= LEAST_COSINE && error <= MOST_ERROR;
  }
}

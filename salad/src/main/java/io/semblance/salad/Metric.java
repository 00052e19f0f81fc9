package io.semblance.salad;

import java.util.Locale;

/// How far two images are apart. All distances are at least 0, lower is more alike.
public enum Metric {
  /// Euclidean distance after whitening with the total covariance of all images.
  MAHALANOBIS,
  /// Euclidean distance of the vectors as they are.
  EUCLIDEAN,
  /// One minus the cosine, from 0 to 2.
  COSINE;

  /// @param name as in `--metric`
  /// @throws IllegalArgumentException if there is no such metric; the message lists them
  public static Metric parse(String name) {
    for (Metric metric : values()) {
      if (metric.toString().equals(name)) {
        return metric;
      }
    }
    throw new IllegalArgumentException(
        "There is no metric '" + name + "': choose mahalanobis, euclidean or cosine.");
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}

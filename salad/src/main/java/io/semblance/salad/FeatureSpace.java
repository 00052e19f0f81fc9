package io.semblance.salad;

import io.semblance.core.SemblanceException;
import io.semblance.core.linalg.Covariance;
import io.semblance.core.linalg.Matrix;
import io.semblance.core.linalg.Whitening;
import io.semblance.core.table.Compute;
import io.semblance.core.table.Precision;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Vectors made ready so that the Euclidean distance of two rows gives the metric asked for.
///
/// @param points n x r
/// @param facts what was done
/// @param warnings sentences, empty if all is well
record FeatureSpace(Matrix points, SpaceFacts facts, List<String> warnings) {

  /// @param x n x d, n >= 2, finite
  /// @param precision how the numbers were stored
  /// @param options metric and covariance
  /// @throws SemblanceException if this table cannot be measured so; the message says why and what
  ///   to do
  static FeatureSpace of(Matrix x, Precision precision, SaladOptions options)
      throws SemblanceException {
    return of(x, precision, Compute.FP32, options);
  }

  /// @param x n x d, n >= 2, finite
  /// @param stored how the numbers were stored
  /// @param computed what they were computed in
  /// @param options metric and covariance
  /// @throws SemblanceException as above
  static FeatureSpace of(Matrix x, Precision stored, Compute computed, SaladOptions options)
      throws SemblanceException {
    var precision = new Rounding(stored, computed);
    return switch (options.metric()) {
      case MAHALANOBIS -> whitened(x, precision, options.covariance());
      case EUCLIDEAN -> plain(x, Metric.EUCLIDEAN);
      case COSINE -> plain(x.normalizeRows(), Metric.COSINE);
    };
  }

  private record Rounding(Precision stored, Compute computed) {}

  /// @param euclidean distance of two rows of `points`
  /// @return their distance in the metric
  double distance(double euclidean) {
    return facts.metric() == Metric.COSINE ? euclidean * euclidean / 2 : euclidean;
  }

  private static FeatureSpace plain(Matrix x, Metric metric) throws SemblanceException {
    if (metric == Metric.COSINE) {
      for (int i = 0; i < x.rows(); i++) {
        if (java.util.Arrays.stream(x.row(i)).allMatch(v -> v == 0)) {
          throw new SemblanceException(
              "A vector of zeros has no cosine: use another metric, or remove that image.");
        }
      }
    }
    // Moving the origin changes no distance and keeps the product of large numbers from cancelling.
    var facts = new SpaceFacts(metric, null, 0, x.columns(), 0, 1);
    return new FeatureSpace(x.minusRow(x.columnMeans()), facts, List.of());
  }

  private static FeatureSpace whitened(Matrix x, Rounding precision, CovarianceChoice choice)
      throws SemblanceException {
    int n = x.rows();
    int d = x.columns();
    var warnings = new ArrayList<String>();
    return switch (choice) {
      case CovarianceChoice.Auto() ->
          whitened(
              x,
              precision,
              n >= 5L * d ? new CovarianceChoice.Empirical() : new CovarianceChoice.LedoitWolf());
      case CovarianceChoice.Empirical() -> {
        checkSpread(n, d, "empirical", "d + 1 = " + (d + 1), warnings);
        yield whiten(x, precision, Covariance.empirical(x), choice, d, warnings);
      }
      case CovarianceChoice.LedoitWolf() -> {
        Covariance covariance = Covariance.ledoitWolf(x);
        if (n < 5L * d) {
          warnings.add(few(n, d, covariance.shrinkage()));
        }
        yield whiten(x, precision, covariance, choice, d, warnings);
      }
      case CovarianceChoice.Pca(int k) -> {
        int kept = Math.min(k, d);
        checkSpread(n, kept, choice.toString(), "K + 1 = " + (kept + 1), warnings);
        yield whiten(x, precision, Covariance.empirical(x), choice, kept, warnings);
      }
    };
  }

  private static void checkSpread(
      int n, int directions, String choice, String bound, List<String> warnings)
      throws SemblanceException {
    if (n <= directions + 1) {
      throw new SemblanceException(
          n
              + " images are too few for the covariance '"
              + choice
              + "' (more than "
              + bound
              + " are needed): whitening would put all images at the same distance from each"
              + " other, whatever they show. Use --covariance ledoit-wolf, a smaller pca:K, or more"
              + " images.");
    }
    if (n < 5L * directions) {
      warnings.add(
          n
              + " images are fewer than five for each of "
              + directions
              + " directions: whitening with '"
              + choice
              + "' pulls all distances towards one value. Compare with --covariance ledoit-wolf.");
    }
  }

  private static String few(int n, int d, double shrinkage) {
    return String.format(
        Locale.ROOT,
        "%d images are fewer than five for each of %d directions: whitening pulls all distances"
            + " towards one value, with ledoit-wolf (shrinkage %.3f) less than without, and may"
            + " hide what the model sees. Compare with --metric cosine or --covariance pca:%d.",
        n,
        d,
        shrinkage,
        Math.max(1, n / 10));
  }

  private static FeatureSpace whiten(
      Matrix x,
      Rounding precision,
      Covariance covariance,
      CovarianceChoice choice,
      int atMost,
      List<String> warnings) {
    double noise = Math.pow(precision.stored().roundOff(), 2) * meanSquare(x);
    double lost = Math.pow(precision.computed().noise(), 2) * meanSquare(x);
    Whitening whitening = Whitening.fit(covariance, noise, atMost, 100 * Math.max(noise, lost));
    int nearNoise = whitening.keptBelow(100 * noise);
    if (nearNoise > 0) {
      warnings.add(
          nearNoise
              + " of "
              + whitening.rank()
              + " directions vary hardly more than the rounding of "
              + precision.stored().toString().toLowerCase(Locale.ROOT)
              + ", and whitening amplifies that rounding: embed again in float32, or use pca:K with"
              + " K at most "
              + Math.max(1, whitening.rank() - nearNoise)
              + ".");
    }
    int nearLost = whitening.keptBelow(100 * lost);
    if (nearLost > nearNoise) {
      warnings.add(
          "%d of %d directions vary hardly more than computing in %s is off by, and whitening amplifies that: embed again with --compute fp32, or use pca:K with K at most %d, or --metric cosine."
              .formatted(
                  nearLost,
                  whitening.rank(),
                  precision.computed(),
                  Math.max(1, whitening.rank() - nearLost)));
    }
    if (whitening.rank() == 0) {
      warnings.add("All vectors are equal: every distance is 0.");
    } else if (choice instanceof CovarianceChoice.Pca(int k)
        && x.columns() > k
        && whitening.rank() < k) {
      warnings.add(
          "pca:"
              + k
              + " asks for more than the "
              + whitening.rank()
              + " directions with variance.");
    }
    var facts =
        new SpaceFacts(
            Metric.MAHALANOBIS,
            choice.toString(),
            covariance.shrinkage(),
            whitening.rank(),
            whitening.dropped(),
            whitening.condition());
    return new FeatureSpace(whitening.transform(x), facts, List.copyOf(warnings));
  }

  private static double meanSquare(Matrix x) {
    double sum = 0;
    for (double v : x.data()) {
      sum += v * v;
    }
    return sum / x.data().length;
  }
}

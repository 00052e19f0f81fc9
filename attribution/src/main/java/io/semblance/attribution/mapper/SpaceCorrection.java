package io.semblance.attribution.mapper;

import io.semblance.attribution.feature.FeatureRows;
import io.semblance.attribution.mapper.MapperState.Array;
import io.semblance.core.SemblanceException;
import io.semblance.core.linalg.Covariance;
import io.semblance.core.linalg.LinearAlgebra;
import io.semblance.core.linalg.Matrix;
import io.semblance.core.linalg.SymmetricEigen;
import java.util.List;
import java.util.Locale;

/// Corrections of a feature space against hubs, images that are near to everything: fitted to the
/// pool, applied to training and synthesised images before the cosine. Ours, not the paper's.
///
/// @param kind which
/// @param neighbours k of CSLS, at least 1; 0 of the others
public record SpaceCorrection(Kind kind, int neighbours) {

  /// Features as they are.
  public static final SpaceCorrection NONE = new SpaceCorrection(Kind.NONE, 0);

  /// The pool's mean is taken off.
  public static final SpaceCorrection CENTRE = new SpaceCorrection(Kind.CENTRE, 0);

  /// The mean is taken off and every direction scaled to variance 1 (PCA whitening).
  public static final SpaceCorrection WHITEN = new SpaceCorrection(Kind.WHITEN, 0);

  /// Neighbours of CSLS where none are given, as in its paper.
  public static final int NEIGHBOURS = 10;

  /// Rows that the mean and the covariance are taken from, spread evenly over the pool.
  private static final int ROWS = 50_000;

  /// Variances below this share of the largest are taken as that much, so that noise is not blown
  /// up.
  private static final double FLOOR = 1e-6;

  /// How a space is corrected.
  public enum Kind {
    /// Not at all.
    NONE,
    /// By its mean.
    CENTRE,
    /// By its mean and covariance.
    WHITEN,
    /// By how near each image's neighbours are, see [CslsMaps].
    CSLS
  }

  /// Checks the number.
  ///
  /// @throws IllegalArgumentException if CSLS has no neighbours or another kind has some
  public SpaceCorrection {
    if (kind == Kind.CSLS ? neighbours < 1 : neighbours != 0) {
      throw new IllegalArgumentException(
          "%d neighbours of %s: csls needs 1 or more, the others have none"
              .formatted(neighbours, kind));
    }
  }

  /// @param neighbours k, at least 1
  /// @return cross-domain similarity local scaling
  public static SpaceCorrection csls(int neighbours) {
    return new SpaceCorrection(Kind.CSLS, neighbours);
  }

  /// @param word as [#word] gives it; `csls` alone has 10 neighbours
  /// @return the correction
  /// @throws IllegalArgumentException if there is no such; the message lists what there is
  public static SpaceCorrection parse(String word) {
    String[] parts = word.toLowerCase(Locale.ROOT).split(":", -1);
    return switch (parts[0] + (parts.length == 1 ? "" : ":")) {
      case "none" -> NONE;
      case "centre" -> CENTRE;
      case "whiten" -> WHITEN;
      case "csls" -> csls(NEIGHBOURS);
      case "csls:" -> {
        try {
          yield csls(Integer.parseInt(parts[1]));
        } catch (IllegalArgumentException e) {
          throw unknown(word, e);
        }
      }
      default -> throw unknown(word, null);
    };
  }

  private static IllegalArgumentException unknown(String word, Exception cause) {
    return new IllegalArgumentException(
        "'%s' is no correction: give none, centre, whiten, csls or csls:K with K from 1"
            .formatted(word),
        cause);
  }

  /// @return the name in options and results, e.g. `centre` or `csls:10`
  public String word() {
    String name = kind.name().toLowerCase(Locale.ROOT);
    return kind == Kind.CSLS ? name + ":" + neighbours : name;
  }

  /// @return what a score in the space is, for results: `cosine`, `cosine after centre`, `csls:10 /
  ///   4.5` ([CslsMaps] says why 4.5); in [-1, 1], higher is closer
  public String metric() {
    return switch (kind) {
      case NONE -> "cosine";
      case CENTRE, WHITEN -> "cosine after " + word();
      case CSLS -> word() + " / 4.5";
    };
  }

  /// @param pool at least one part with a row
  /// @return the space as corrected by that pool
  /// @throws SemblanceException if a number of the pool is not finite; the message names the row
  public FeatureSpace fit(List<FeatureRows> pool) throws SemblanceException {
    int d = pool.getFirst().dimension();
    return switch (kind) {
      case NONE -> FeatureSpace.plain(d);
      case CENTRE, WHITEN -> {
        Layer layer = layer(PoolSample.matrix(pool, ROWS), d);
        yield FeatureSpace.of(this, new LinearLayers(d, layer), layer);
      }
      case CSLS -> CslsMaps.fit(this, pool);
    };
  }

  private Layer layer(Matrix sample, int d) {
    Covariance covariance = Covariance.empirical(sample);
    double[] mean = covariance.mean();
    double[] weight = kind == Kind.CENTRE ? identity(d) : whitening(covariance, d);
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
    return new Layer(new Array(d, d, numbers), null, shift, false);
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
}

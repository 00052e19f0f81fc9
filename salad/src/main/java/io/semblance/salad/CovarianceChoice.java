package io.semblance.salad;

/// Which covariance the Mahalanobis distance whitens with.
public sealed interface CovarianceChoice {

  /// `empirical` for n >= 5d, else `ledoit-wolf`, for each table by itself.
  record Auto() implements CovarianceChoice {
    @Override
    public String toString() {
      return "auto";
    }
  }

  /// The sample covariance, divisor n - 1. Refused for n <= d + 1.
  record Empirical() implements CovarianceChoice {
    @Override
    public String toString() {
      return "empirical";
    }
  }

  /// The shrunk covariance of Ledoit and Wolf (2004), divisor n.
  record LedoitWolf() implements CovarianceChoice {
    @Override
    public String toString() {
      return "ledoit-wolf";
    }
  }

  /// The sample covariance in its `components` directions of largest variance, the rest dropped.
  ///
  /// @param components at least 1
  record Pca(int components) implements CovarianceChoice {

    /// @throws IllegalArgumentException if `components` is below 1
    public Pca {
      if (components < 1) {
        throw new IllegalArgumentException(
            "pca:" + components + " keeps nothing: give at least 1, as in pca:50.");
      }
    }

    @Override
    public String toString() {
      return "pca:" + components;
    }
  }

  /// @param text as in `--covariance`
  /// @throws IllegalArgumentException if there is no such choice; the message lists them
  static CovarianceChoice parse(String text) {
    if (text.matches("pca:\\d{1,9}")) {
      return new Pca(Integer.parseInt(text.substring(4)));
    }
    return switch (text) {
      case "auto" -> new Auto();
      case "empirical" -> new Empirical();
      case "ledoit-wolf" -> new LedoitWolf();
      default ->
          throw new IllegalArgumentException(
              "There is no covariance '"
                  + text
                  + "': choose auto, empirical, ledoit-wolf or pca:K, as in pca:50.");
    };
  }
}

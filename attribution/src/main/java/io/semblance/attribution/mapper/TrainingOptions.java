package io.semblance.attribution.mapper;

/// How a mapper is trained. Source: AbC (arXiv 2306.09345), section 4.2 and Appendix C.1.
///
/// @param kind which shape of map
/// @param epochs at least 1
/// @param batch pairs a step, at least 2; each of another customised model
/// @param rate learning rate of Adam at the start, decaying as a cosine to 0 over the epochs
/// @param regularisation factor of the regulariser, at least 0
/// @param seed of the draws; the same seed gives the same mapper
public record TrainingOptions(
    MapperKind kind, int epochs, int batch, double rate, double regularisation, long seed) {

  /// Checks the options.
  ///
  /// @throws IllegalArgumentException if a number is out of its range
  public TrainingOptions {
    if (epochs < 1 || batch < 2 || !(rate > 0) || !(regularisation >= 0)) {
      throw new IllegalArgumentException(
          "epochs %d, batch %d, rate %s, regularisation %s: at least 1, at least 2, over 0 and at least 0 are needed"
              .formatted(epochs, batch, rate, regularisation));
    }
  }

  /// @return affine, 100 epochs, batch 1024, rate 1e-3, regularisation 0.05, seed 0
  public static TrainingOptions defaults() {
    return new TrainingOptions(MapperKind.AFFINE, 100, 1024, 1e-3, 0.05, 0);
  }

  /// @param other which shape of map
  /// @return these with another kind
  public TrainingOptions withKind(MapperKind other) {
    return new TrainingOptions(other, epochs, batch, rate, regularisation, seed);
  }

  /// @param count at least 1
  /// @return these with other epochs
  public TrainingOptions withEpochs(int count) {
    return new TrainingOptions(kind, count, batch, rate, regularisation, seed);
  }

  /// @param pairs at least 2
  /// @return these with another batch
  public TrainingOptions withBatch(int pairs) {
    return new TrainingOptions(kind, epochs, pairs, rate, regularisation, seed);
  }

  /// @param start over 0
  /// @return these with another rate
  public TrainingOptions withRate(double start) {
    return new TrainingOptions(kind, epochs, batch, start, regularisation, seed);
  }

  /// @param number any
  /// @return these with another seed
  public TrainingOptions withSeed(long number) {
    return new TrainingOptions(kind, epochs, batch, rate, regularisation, number);
  }

  /// @param epoch from 0
  /// @return learning rate of that epoch: rate / 2 * (1 + cos(pi * epoch / epochs))
  double rate(int epoch) {
    return rate / 2 * (1 + Math.cos(Math.PI * epoch / epochs));
  }
}

package io.semblance.attribution.calibrate;

/// How many images have how much influence, in bins of equal width of the logarithm. Source: AbC
/// (arXiv 2306.09345), Fig. 11. Only kept scores are counted.
final class ShareHistogram {

  /// Four bins to a power of ten, from 1e-8 to 1.
  static final int BINS = 32;

  private static final int LEAST = -8;
  private static final int PER_DECADE = 4;

  private final long[] images = new long[BINS];
  private long none;

  private ShareHistogram() {}

  /// @param scores of queries
  /// @param tau over 0
  /// @param lambda threshold
  /// @return shares of the images of all queries together; those below 1e-8 are in the first bin
  static ShareHistogram of(KeptScores scores, double tau, double lambda) {
    var out = new ShareHistogram();
    for (int q = 0; q < scores.queries(); q++) {
      for (double share : ShareTable.shares(scores, q, tau, lambda)) {
        if (share == 0) {
          out.none++;
        } else {
          double at = (Math.log10(share) - LEAST) * PER_DECADE;
          out.images[Math.clamp((long) Math.floor(at), 0, BINS - 1)]++;
        }
      }
    }
    return out;
  }

  /// @param bin from 0
  /// @return the least share in it
  static double edge(int bin) {
    return Math.pow(10, LEAST + (double) bin / PER_DECADE);
  }

  /// @param bin from 0
  /// @return images in it
  long images(int bin) {
    return images[bin];
  }

  /// @return images without any influence
  long none() {
    return none;
  }
}

package io.semblance.salad;

/// The pairs of different cells a < b of a heatmap whose distance is defined, and what the two
/// share.
///
/// @param axes categories and styles
/// @param a first cell of each pair, length p
/// @param b second cell of each pair, length p
/// @param share of each pair: [#CATEGORY], [#STYLE] or [#NEITHER], length p
@SuppressWarnings("ArrayRecordComponent") // made once, read by every replicate
record PairClasses(SaladAxes axes, int[] a, int[] b, int[] share) {

  static final int CATEGORY = 0;
  static final int STYLE = 1;
  static final int NEITHER = 2;

  static PairClasses of(Heatmap heatmap) {
    SaladAxes axes = heatmap.axes();
    int cells = axes.cells();
    int pairs = 0;
    for (int i = 0; i < cells; i++) {
      for (int j = i + 1; j < cells; j++) {
        pairs += Double.isNaN(heatmap.means().get(i, j)) ? 0 : 1;
      }
    }
    var out = new PairClasses(axes, new int[pairs], new int[pairs], new int[pairs]);
    int p = 0;
    for (int i = 0; i < cells; i++) {
      for (int j = i + 1; j < cells; j++) {
        if (!Double.isNaN(heatmap.means().get(i, j))) {
          out.a[p] = i;
          out.b[p] = j;
          out.share[p++] =
              axes.categoryOf(i) == axes.categoryOf(j)
                  ? CATEGORY
                  : axes.styleOf(i) == axes.styleOf(j) ? STYLE : NEITHER;
        }
      }
    }
    return out;
  }

  int size() {
    return a.length;
  }

  /// Distances of the balanced model for each class: what it ranks pairs by.
  double[] balanced() {
    double c = axes.categories().size();
    double s = axes.styles().size();
    return new double[] {Math.sqrt(s), Math.sqrt(c), Math.sqrt(c + s)};
  }
}

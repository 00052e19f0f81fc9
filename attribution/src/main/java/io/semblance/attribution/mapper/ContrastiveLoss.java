package io.semblance.attribution.mapper;

import io.semblance.core.linalg.Dense;

/// The loss of a batch of pairs and its gradients. With t and s the mapped rows scaled to norm 1,
/// the loss of pair i is minus the logarithm of the share of t_i . s_i in the softmax of row i,
/// minus that in the softmax of column i, of all t . s at temperature 1: both directions summed,
/// mean over the batch. Source: AbC (arXiv 2306.09345), eq. 3.
///
/// @param value the loss
/// @param training its gradient by the mapped exemplars, before scaling
/// @param synthesized its gradient by the mapped synthesised images, before scaling
record ContrastiveLoss(double value, Dense training, Dense synthesized) {

  private static final double LEAST_NORM = 1e-12;

  /// @param training mapped exemplars, n x d; row i belongs to row i of the other
  /// @param synthesized mapped synthesised images, n x d
  static ContrastiveLoss of(Dense training, Dense synthesized) {
    double n = training.rows();
    Dense normT = norms(training);
    Dense normS = norms(synthesized);
    Dense t = training.over(normT);
    Dense s = synthesized.over(normS);
    Dense cosines = t.productTransposed(s);
    Dense exp = cosines.exp(); // cosines are at most 1: nothing overflows
    Dense rows = exp.rowSums();
    Dense columns = exp.columnSums();
    double own = t.times(s).total();
    double loss = (rows.log().total() + columns.log().total() - 2 * own) / n;
    Dense shares = exp.over(rows).add(exp.over(columns), 1).subtractIdentity().subtractIdentity();
    shares.scale(1 / n);
    return new ContrastiveLoss(
        loss,
        throughNorm(shares.product(s), t, normT),
        throughNorm(shares.transposedProduct(t), s, normS));
  }

  private static Dense norms(Dense x) {
    return x.times(x).rowSums().sqrt().atLeast(LEAST_NORM);
  }

  /// Of x / |x|: (g - u (u . g)) / |x|, with u = x / |x|.
  private static Dense throughNorm(Dense gradient, Dense unit, Dense norms) {
    Dense along = gradient.times(unit).rowSums();
    return gradient.minus(unit.times(along)).over(norms);
  }
}

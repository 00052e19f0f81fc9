package io.semblance.attribution.mapper;

import io.semblance.core.linalg.Dense;
import java.util.List;
import java.util.Map;

/// One factor per dimension: an affine map whose W is diagonal, without b. Source: AbC (arXiv
/// 2306.09345), Appendix B.2.
final class ChannelHead implements Head {

  private final Dense weights;
  private Dense input;

  /// @param weights 1 x d
  ChannelHead(Dense weights) {
    this.weights = weights;
  }

  @Override
  public Dense forward(Dense x) {
    input = x;
    return x.times(weights);
  }

  @Override
  public List<Dense> backward(Dense gradient) {
    return List.of(gradient.times(input).columnSums());
  }

  @Override
  public List<Dense> parameters() {
    return List.of(weights);
  }

  @Override
  public double regularise(List<Dense> gradients, double factor) {
    Dense rest = weights.times(weights).plus(-1);
    double norm = rest.norm();
    if (norm > 0 && factor != 0) {
      gradients.getFirst().addProducts(weights, rest, 2 * factor / norm);
    }
    return norm;
  }

  @Override
  public Map<String, Dense> state() {
    return Map.of("weights", weights);
  }
}

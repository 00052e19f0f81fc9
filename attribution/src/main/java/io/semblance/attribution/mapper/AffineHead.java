package io.semblance.attribution.mapper;

import io.semblance.core.linalg.Dense;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// h(x) = Wx + b; W starts as the identity, b as 0. Source: AbC (arXiv 2306.09345), section 4.2.
final class AffineHead implements Head {

  private final Dense weight;
  private final Dense bias;
  private Dense input;

  /// @param weight d x d
  /// @param bias 1 x d
  AffineHead(Dense weight, Dense bias) {
    this.weight = weight;
    this.bias = bias;
  }

  @Override
  public Dense forward(Dense x) {
    input = x;
    return x.productTransposed(weight).plus(bias);
  }

  @Override
  public List<Dense> backward(Dense gradient) {
    return List.of(gradient.transposedProduct(input), gradient.columnSums());
  }

  @Override
  public List<Dense> parameters() {
    return List.of(weight, bias);
  }

  /// d||R|| / dW = 2 W R / ||R|| with R = W'W - I.
  @Override
  public double regularise(List<Dense> gradients, double factor) {
    Dense rest = weight.transposedProduct(weight).subtractIdentity();
    double norm = rest.norm();
    if (norm > 0 && factor != 0) {
      gradients.getFirst().add(weight.product(rest), 2 * factor / norm);
    }
    return norm;
  }

  @Override
  public Map<String, Dense> state() {
    var out = new LinkedHashMap<String, Dense>();
    out.put("weight", weight);
    out.put("bias", bias);
    return out;
  }
}

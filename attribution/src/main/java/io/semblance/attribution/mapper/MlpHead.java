package io.semblance.attribution.mapper;

import io.semblance.core.linalg.Dense;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Linear D -> 512 without bias, batch norm, ReLU, linear 512 -> 256 without bias, batch norm
/// without affine part. Source: AbC (arXiv 2306.09345), Appendix B.2.
final class MlpHead implements Head {

  private final Dense first;
  private final Dense scale;
  private final Dense shift;
  private final BatchNorm inner;
  private final Dense second;
  private final BatchNorm outer;
  private Dense input;
  private Dense active;
  private Dense hidden;

  MlpHead(Dense first, Dense scale, Dense shift, BatchNorm inner, Dense second, BatchNorm outer) {
    this.first = first;
    this.scale = scale;
    this.shift = shift;
    this.inner = inner;
    this.second = second;
    this.outer = outer;
  }

  @Override
  public Dense forward(Dense x) {
    input = x;
    Dense affine = inner.forward(x.productTransposed(first)).times(scale).plus(shift);
    active = affine.positive();
    hidden = affine.times(active);
    return outer.forward(hidden.productTransposed(second));
  }

  @Override
  public List<Dense> backward(Dense gradient) {
    Dense output = outer.backward(gradient);
    Dense affine = output.product(second).times(active);
    Dense linear = inner.backward(affine.times(scale));
    return List.of(
        linear.transposedProduct(input),
        affine.times(inner.normalized()).columnSums(),
        affine.columnSums(),
        output.transposedProduct(hidden));
  }

  @Override
  public List<Dense> parameters() {
    return List.of(first, scale, shift, second);
  }

  @Override
  public double regularise(List<Dense> gradients, double factor) {
    return 0;
  }

  @Override
  public Map<String, Dense> state() {
    var out = new LinkedHashMap<String, Dense>();
    out.put("0.weight", first);
    out.put("1.weight", scale);
    out.put("1.bias", shift);
    out.put("1.running_mean", inner.mean());
    out.put("1.running_var", inner.variance());
    out.put("4.weight", second);
    out.put("5.running_mean", outer.mean());
    out.put("5.running_var", outer.variance());
    return out;
  }
}

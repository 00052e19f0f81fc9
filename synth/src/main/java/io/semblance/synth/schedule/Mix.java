package io.semblance.synth.schedule;

import io.semblance.synth.weights.Scoped;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/// Weighted sums of tensors. Weights are numbers, not tensors, so that the type stays.
final class Mix {

  private Mix() {}

  /// @return a x + b y; the caller's
  static Tensor of(double a, Tensor x, double b, Tensor y) {
    return Scoped.keep(() -> x.mul(new Scalar(a)).add(y, new Scalar(b)));
  }
}

package io.semblance.synth.diffusion;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/// What prompts are to a UNet.
///
/// @param text `b x 77 x context`
/// @param pooled `b x pooled`, or null where the UNet wants none
public record Conditions(Tensor text, Tensor pooled) {

  /// @return zeros of the same shapes
  public Conditions zeros() {
    return new Conditions(torch.zeros_like(text), pooled == null ? null : torch.zeros_like(pooled));
  }

  /// @param others of the same network
  /// @return these, and behind them the others
  public Conditions and(Conditions others) {
    return new Conditions(
        torch.cat(new TensorVector(text, others.text), 0),
        pooled == null ? null : torch.cat(new TensorVector(pooled, others.pooled), 0));
  }
}

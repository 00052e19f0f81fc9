package io.semblance.synth.weights;

import java.util.Locale;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// What a network's numbers are held and computed in.
public enum FloatType {
  /// IEEE single.
  FP32(ScalarType.Float, 4),
  /// 8 bits of significand, the range of float32: GPUs, and processors with instructions for it.
  BF16(ScalarType.BFloat16, 2),
  /// IEEE half: GPUs only.
  FP16(ScalarType.Half, 2);

  private final ScalarType torch;
  private final int bytes;

  FloatType(ScalarType torch, int bytes) {
    this.torch = torch;
    this.bytes = bytes;
  }

  /// @return libtorch's name for it
  public ScalarType torch() {
    return torch;
  }

  /// @return bytes a number takes
  public int bytes() {
    return bytes;
  }

  /// @return as options spell it: `fp32`, `bf16`, `fp16`
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}

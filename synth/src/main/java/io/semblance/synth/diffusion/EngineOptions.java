package io.semblance.synth.diffusion;

import io.semblance.extract.Device;
import io.semblance.synth.weights.FloatType;

/// Where and in what numbers networks are computed.
///
/// @param compute type of weights and products; what overflows in it stays in fp32
/// @param device where
public record EngineOptions(FloatType compute, Device device) {

  /// Checks that the device can.
  ///
  /// @throws IllegalArgumentException if fp16 is wanted on the processor
  public EngineOptions {
    if (compute == FloatType.FP16 && !device.cuda()) {
      throw new IllegalArgumentException(
          "compute is fp16, which processors do not multiply: give fp32 or bf16, or a GPU as"
              + " device");
    }
  }

  /// @return float32 on the processor
  public static EngineOptions defaults() {
    return new EngineOptions(FloatType.FP32, Device.CPU);
  }

  /// @param value type of weights and products
  /// @return these options with another one
  public EngineOptions withCompute(FloatType value) {
    return new EngineOptions(value, device);
  }
}

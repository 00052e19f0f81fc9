package io.semblance.extract;

import io.semblance.core.table.Compute;

/// How a network runs.
///
/// @param threads of the engine, at least 1
/// @param compute what its products are computed in
/// @param device where
public record Execution(int threads, Compute compute, Device device) {

  /// @param threads at least 1
  /// @return float32 on the processor
  public static Execution of(int threads) {
    return new Execution(threads, Compute.FP32, Device.CPU);
  }

  /// @param value what products are computed in
  /// @return this execution in that
  public Execution withCompute(Compute value) {
    return new Execution(threads, value, device);
  }
}

package io.semblance.core.table;

/// How a component is stored.
public enum Precision {
  /// IEEE half, unit round-off 2^-11.
  FLOAT16("<f2", 2, 0x1p-11),
  /// IEEE single, unit round-off 2^-24.
  FLOAT32("<f4", 4, 0x1p-24);

  private final String descriptor;
  private final int bytes;
  private final double roundOff;

  Precision(String descriptor, int bytes, double roundOff) {
    this.descriptor = descriptor;
    this.bytes = bytes;
    this.roundOff = roundOff;
  }

  /// @return numpy's name of the type, little-endian
  public String descriptor() {
    return descriptor;
  }

  /// @return bytes a component
  public int bytes() {
    return bytes;
  }

  /// @return largest relative error of storing a number once
  public double roundOff() {
    return roundOff;
  }
}

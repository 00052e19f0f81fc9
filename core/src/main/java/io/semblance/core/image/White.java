package io.semblance.core.image;

/// Transparency on white paper.
public final class White {

  private White() {}

  /// A sample in front of white, as Pillow's `alpha_composite` over opaque white rounds it, for
  /// every value and alpha.
  ///
  /// @param value 0 to 255, not multiplied by alpha
  /// @param alpha 0, transparent, to 255, opaque
  /// @return an unsigned byte
  public static byte behind(int value, int alpha) {
    return (byte) ((value * alpha + 255 * (255 - alpha) + 127) / 255);
  }
}

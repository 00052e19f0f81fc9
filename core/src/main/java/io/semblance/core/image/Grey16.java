package io.semblance.core.image;

/// How 16-bit grey becomes 8-bit. Colour of 16 bits keeps its high byte in any case.
public enum Grey16 {
  /// The high byte, v / 256 rounded down: the picture as it looks.
  HIGH_BYTE,
  /// min(v, 255), as Pillow's `convert("RGB")` does: nearly every pixel becomes white.
  SATURATE
}

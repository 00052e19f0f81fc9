package io.semblance.salad.figure;

/// Colours for numbers and for kinds.
public final class Palette {

  /// From blue over green to yellow, of steadily growing lightness, told apart in grey print and by
  /// colour-blind readers.
  private static final int[] SCALE = {
    0x2c2373, 0x313b8c, 0x2f5a94, 0x28768e, 0x218f8b, 0x35a97b, 0x6cc062, 0xb0d244, 0xfde725
  };

  private static final int[] KINDS = {
    0x4e79a7, 0xf28e2b, 0x59a14f, 0xe15759, 0x76b7b2, 0xb07aa1, 0xd4a600, 0x9c755f, 0xff9da7,
    0x6b6b6b
  };

  private Palette() {}

  /// @param share from 0 (blue) to 1 (yellow); clamped
  /// @return `0xRRGGBB`
  public static int scale(double share) {
    double at = Math.clamp(share, 0, 1) * (SCALE.length - 1);
    int low = Math.min((int) at, SCALE.length - 2);
    double part = at - low;
    int out = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      int a = (SCALE[low] >> shift) & 0xFF;
      int b = (SCALE[low + 1] >> shift) & 0xFF;
      out |= (int) Math.round(a + part * (b - a)) << shift;
    }
    return out;
  }

  /// @param index any, from 0
  /// @return a colour, the same again after ten
  public static int kind(int index) {
    return KINDS[index % KINDS.length];
  }
}

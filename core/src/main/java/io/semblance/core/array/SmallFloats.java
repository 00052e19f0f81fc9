package io.semblance.core.array;

/// The eight-bit floats as tables of 256 values.
final class SmallFloats {

  static final float[] E4M3FN = table(4, 7, false, true);
  static final float[] E5M2 = table(5, 15, false, false);
  static final float[] E4M3FNUZ = table(4, 8, true, true);
  static final float[] E5M2FNUZ = table(5, 16, true, true);
  static final float[] E8M0FNU = powers();

  private SmallFloats() {}

  /// @param finite whether the largest exponent is an ordinary one; what then is not a number is
  ///   only the last code (or, where `unsignedZero`, the code of negative zero)
  private static float[] table(int exponentBits, int bias, boolean unsignedZero, boolean finite) {
    int fractionBits = 7 - exponentBits;
    float[] out = new float[256];
    for (int code = 0; code < 256; code++) {
      int exponent = (code & 0x7F) >> fractionBits;
      int fraction = code & ((1 << fractionBits) - 1);
      double sign = code < 128 ? 1 : -1;
      double value =
          exponent == 0
              ? Math.scalb((double) fraction, 1 - bias - fractionBits)
              : Math.scalb(
                  (double) ((1 << fractionBits) + fraction), exponent - bias - fractionBits);
      boolean last = exponent == (1 << exponentBits) - 1;
      if (unsignedZero) {
        value = code == 0x80 ? Double.NaN : value;
      } else if (finite) {
        value = (code & 0x7F) == 0x7F ? Double.NaN : value;
      } else if (last) {
        value = fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
      }
      out[code] = (float) (sign * value);
    }
    return out;
  }

  private static float[] powers() {
    float[] out = new float[256];
    for (int code = 0; code < 255; code++) {
      out[code] = Math.scalb(1f, code - 127);
    }
    out[255] = Float.NaN;
    return out;
  }
}

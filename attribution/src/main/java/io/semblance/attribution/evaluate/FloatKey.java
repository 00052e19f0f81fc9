package io.semblance.attribution.evaluate;

/// Float32 numbers as whole numbers of the same order, so that counting those above a bound is
/// arithmetic on integers that the compiler turns into vector instructions. Both zeros are 0.
public final class FloatKey {

  private FloatKey() {}

  /// @param bits of a finite float32
  /// @return its key
  public static int of(int bits) {
    int sign = bits >> 31;
    return ((bits & Integer.MAX_VALUE) ^ sign) - sign;
  }

  /// @param key of a number
  /// @return the number
  public static float number(int key) {
    return key < 0 ? -Float.intBitsToFloat(-key) : Float.intBitsToFloat(key);
  }

  /// The largest key of a number surely not above `bound`.
  static int below(double bound) {
    return of(Float.floatToRawIntBits(Math.nextDown((float) bound)));
  }

  /// The smallest key of a number surely not below `bound`.
  static int above(double bound) {
    return of(Float.floatToRawIntBits(Math.nextUp((float) bound)));
  }

  /// Turns bits into keys, in place, and counts.
  ///
  /// @param line bits of float32 numbers, each below 2 in absolute value, as is the bound: so no
  ///   difference overflows
  /// @param count of numbers to look at
  /// @param bound a key
  /// @return how many keys are at least `bound`
  public static int toKeys(int[] line, int count, int bound) {
    int n = 0;
    int least = bound - 1;
    for (int i = 0; i < count; i++) {
      int bits = line[i];
      int sign = bits >> 31;
      int key = ((bits & Integer.MAX_VALUE) ^ sign) - sign;
      line[i] = key;
      n += (least - key) >>> 31;
    }
    return n;
  }

  /// @param keys of numbers below 2 in absolute value
  /// @param from first to look at
  /// @param to one past the last
  /// @param bound a key of such a number
  /// @return how many are at least `bound`
  static int countAtLeast(int[] keys, int from, int to, int bound) {
    int n = 0;
    int least = bound - 1;
    for (int i = from; i < to; i++) {
      n += (least - keys[i]) >>> 31;
    }
    return n;
  }
}

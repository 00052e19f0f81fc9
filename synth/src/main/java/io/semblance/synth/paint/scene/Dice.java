package io.semblance.synth.paint.scene;

/// Seeded random numbers (SplitMix64), the same on every machine and JVM. Not thread-safe: each
/// image has its own. Source: Steele, Lea and Flood, "Fast splittable pseudorandom number
/// generators", OOPSLA 2014.
public final class Dice {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;
  private long state;

  private Dice(long state) {
    this.state = state;
  }

  /// Dice whose throws depend on the keys, their order included, and on nothing else.
  ///
  /// @param keys any numbers, for example seed, fruit, style and instance
  /// @return fresh dice
  public static Dice of(long... keys) {
    long state = GOLDEN;
    for (long key : keys) {
      state = scramble(state + GOLDEN) ^ scramble(key * 0xD6E8FEB86659FD93L + GOLDEN);
    }
    return new Dice(state);
  }

  /// {@return the next 64 random bits}
  public long bits() {
    state += GOLDEN;
    return scramble(state);
  }

  /// {@return a number in [0, 1)}
  public double unit() {
    return (bits() >>> 11) * 0x1.0p-53;
  }

  /// {@return a number in [low, high)}
  ///
  /// @param low lower bound, included
  /// @param high upper bound, excluded
  public double range(double low, double high) {
    return low + (high - low) * unit();
  }

  /// {@return a number in [-spread, spread), even throughout}
  ///
  /// @param spread half the width of the interval
  public double around(double spread) {
    return range(-spread, spread);
  }

  /// {@return a bell-shaped number of mean 0 and standard deviation 1, within [-3.5, 3.5]}
  public double bell() {
    return (unit() + unit() + unit() + unit() - 2) * 1.7320508;
  }

  /// {@return a whole number in [low, high]}
  ///
  /// @param low smallest value, included
  /// @param high largest value, included
  public int between(int low, int high) {
    return low + (int) (unit() * (high - low + 1));
  }

  /// {@return true that often}
  ///
  /// @param probability in [0, 1]
  public boolean chance(double probability) {
    return unit() < probability;
  }

  /// {@return -1 or 1, each half of the time}
  public int sign() {
    return chance(0.5) ? 1 : -1;
  }

  private static long scramble(long z) {
    long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
    return b ^ (b >>> 31);
  }
}

package io.semblance.synth.paint;

/// What to paint: how many instances of each fruit in each style, how large, from which seed.
///
/// @param instances images per cell of the 10 x 10 grid, 1..100000
/// @param size width and height of each image in pixels, 16..4096
/// @param seed any number; the same seed paints the same images
public record PaintOptions(int instances, int size, long seed) {
  private static final int MOST_INSTANCES = 100_000;
  private static final int LEAST_SIZE = 16;
  private static final int MOST_SIZE = 4096;

  /// Checks the ranges.
  ///
  /// @throws IllegalArgumentException if a value is out of range; the message says what is allowed
  ///   and what to do
  public PaintOptions {
    if (instances < 1 || instances > MOST_INSTANCES) {
      throw new IllegalArgumentException(
          "instances is "
              + instances
              + ", allowed are 1 to "
              + MOST_INSTANCES
              + " per fruit and style; choose a number in that range, such as 100");
    }
    if (size < LEAST_SIZE || size > MOST_SIZE) {
      throw new IllegalArgumentException(
          "size is "
              + size
              + " pixels, allowed are "
              + LEAST_SIZE
              + " to "
              + MOST_SIZE
              + "; choose a size in that range, such as 256");
    }
  }

  /// {@return 100 instances of 256 x 256 pixels, seed 42}
  public static PaintOptions defaults() {
    return new PaintOptions(100, 256, 42);
  }

  /// {@return a copy with that value}
  ///
  /// @param value images per cell, 1..100000
  public PaintOptions withInstances(int value) {
    return new PaintOptions(value, size, seed);
  }

  /// {@return a copy with that value}
  ///
  /// @param value width and height in pixels, 16..4096
  public PaintOptions withSize(int value) {
    return new PaintOptions(instances, value, seed);
  }

  /// {@return a copy with that value}
  ///
  /// @param value any number
  public PaintOptions withSeed(long value) {
    return new PaintOptions(instances, size, value);
  }
}

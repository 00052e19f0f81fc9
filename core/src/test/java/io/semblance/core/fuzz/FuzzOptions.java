package io.semblance.core.fuzz;

/// How many mutants the slow tests take, and which: `-Dfuzz.mutants=20000 -Dfuzz.seed=1`.
public final class FuzzOptions {

  private static final long AFTER_THE_QUICK_TESTS = 120;

  private FuzzOptions() {}

  /// @return mutants of each file
  public static int mutants() {
    return Integer.getInteger("fuzz.mutants", 2000);
  }

  /// @return seed of the first one; the others follow it
  public static long firstSeed() {
    return Long.getLong("fuzz.seed", AFTER_THE_QUICK_TESTS);
  }
}

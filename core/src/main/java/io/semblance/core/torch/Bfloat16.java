package io.semblance.core.torch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// Whether this processor multiplies bfloat16 numbers.
public final class Bfloat16 {

  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
  private static final List<String> FLAGS = List.of("avx512_bf16", "amx_bf16", "bf16");

  private Bfloat16() {}

  /// @return whether the processor is known to lack instructions for it, so that computing in it is
  ///   slower than in float32; false where that cannot be seen
  public static boolean isSlow() {
    try (Stream<String> lines = Files.lines(CPU_INFO)) {
      return lines
          .filter(line -> line.startsWith("flags") || line.startsWith("Features"))
          .findFirst()
          .map(line -> !hasFlag(line))
          .orElse(false);
    } catch (IOException _) {
      return false; // not Linux
    }
  }

  static boolean hasFlag(String line) {
    return Arrays.stream(line.split("[\\s:]+")).anyMatch(FLAGS::contains);
  }
}

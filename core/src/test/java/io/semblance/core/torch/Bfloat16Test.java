package io.semblance.core.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Bfloat16Test {

  @ParameterizedTest
  @CsvSource({
    "flags\t\t: fpu avx2 avx512_bf16 wbnoinvd, true",
    "flags\t\t: fpu avx2 amx_bf16, true",
    "Features\t: fp asimd bf16 i8mm, true",
    "flags\t\t: fpu avx2 avx512f, false",
  })
  void theFlagIsAWordOfTheLine(String line, boolean found) {
    assertEquals(found, Bfloat16.hasFlag(line));
  }
}

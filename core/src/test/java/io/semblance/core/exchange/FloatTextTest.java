package io.semblance.core.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// The short way to a float against Java's own.
class FloatTextTest {

  @Test
  void everyTextGivesTheFloatThatJavaGives() {
    var random = new SplittableRandom(3);
    for (int i = 0; i < 300_000; i++) {
      float value = Float.intBitsToFloat(random.nextInt());
      if (Float.isFinite(value)) {
        same(Float.toString(value));
        same(Double.toString(value));
        same(Double.toString(random.nextDouble(-2, 2)));
        same(
            "%d.%de%d"
                .formatted(random.nextInt(2000), random.nextInt(1 << 30), random.nextInt(-30, 30)));
      }
    }
  }

  @Test
  void halvesBetweenFloatsAreRoundedOnce() {
    // 1 + 2^-24 lies half-way; a little more must round up though the double is the half-way one
    same("1.000000059604644775390625");
    same("1.0000000596046448");
    same("1.00000005960464477539062500000001");
    same("16777217");
    same("16777217.000000001");
    same("0.00000000000000000000000000000000000001e3");
    List.of(
            "7.006492321624085e-46",
            "1.1754943e-38",
            "3.4028236e38",
            "1e40",
            "-0",
            "00012",
            ".5",
            "5.",
            "+3")
        .forEach(FloatTextTest::same);
  }

  @Test
  void textsAroundHalvesBetweenFloatsAreRoundedOnce() {
    var random = new SplittableRandom(4);
    for (int i = 0; i < 100_000; i++) {
      float value = Float.intBitsToFloat(random.nextInt(0x3000_0000, 0x5000_0000));
      var half =
          new java.math.BigDecimal(value).add(new java.math.BigDecimal(Math.ulp(value) / 2d));
      same(half.toPlainString());
      int digits = random.nextInt(8, 40);
      same(half.round(new java.math.MathContext(digits)).toString());
    }
  }

  @Test
  void whatIsNoNumberIsRefused() {
    for (String text : List.of("", "-", ".", "e5", "1e", "1e+", "1..2", "--1", "x", "1,5", "1 2")) {
      assertThrows(NumberFormatException.class, () -> parse(text), text);
    }
    assertEquals(Float.NaN, parse(" nan "));
    assertEquals(Float.NEGATIVE_INFINITY, parse("-inf"));
  }

  private static void same(String text) {
    assertEquals(Float.parseFloat(text), parse(text), text);
  }

  private static float parse(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    return FloatText.parse(bytes, 0, bytes.length);
  }
}

package io.semblance.core.exchange;

import java.nio.charset.StandardCharsets;

/// Decimal numbers to float32, correctly rounded. Most numbers in tables have few digits and a
/// small exponent; those take a short way, all others Java's.
final class FloatText {

  private static final double[] POWERS = new double[23];
  private static final long EIGHTEEN_DIGITS = 100_000_000_000_000_000L;
  // The bits of a double that a float does not have, and their value half-way between two floats.
  private static final long LOWER_BITS = 0x1FFFFFFFL;
  private static final long HALF_WAY = 0x10000000L;
  private static final long NEAR = 8;

  static {
    for (int i = 0; i < POWERS.length; i++) {
      POWERS[i] = Double.parseDouble("1e" + i);
    }
  }

  private FloatText() {}

  /// @param text bytes in ASCII
  /// @param from first byte
  /// @param to byte after the last
  /// @return the nearest float32
  /// @throws NumberFormatException if it is no number
  static float parse(byte[] text, int from, int to) {
    int at = from;
    int end = to;
    while (at < end && text[at] <= ' ') {
      at++;
    }
    while (end > at && text[end - 1] <= ' ') {
      end--;
    }
    boolean negative = at < end && text[at] == '-';
    int first = negative ? at + 1 : at;
    long digits = 0;
    int count = 0;
    int exponent = 0;
    boolean point = false;
    int i = first;
    for (; i < end; i++) {
      int c = text[i];
      if (c >= '0' && c <= '9') {
        count++;
        if (digits < EIGHTEEN_DIGITS) {
          digits = 10 * digits + (c - '0');
          exponent -= point ? 1 : 0;
        } else {
          exponent += point ? 0 : 1; // a digit that changes the double by less than its error
        }
      } else if (c == '.' && !point) {
        point = true;
      } else {
        break;
      }
    }
    if (count == 0) {
      return slowly(text, at, end);
    }
    if (i < end) {
      int power = exponent(text, i, end);
      if (power == Integer.MIN_VALUE) {
        return slowly(text, at, end);
      }
      exponent += power;
    }
    if (exponent > 22 || exponent < -22) {
      return slowly(text, at, end);
    }
    double value = exponent < 0 ? digits / POWERS[-exponent] : digits * POWERS[exponent];
    long lower = Double.doubleToRawLongBits(value) & LOWER_BITS;
    if (Math.abs(lower - HALF_WAY) <= NEAR || value < Float.MIN_NORMAL && value != 0) {
      return slowly(text, at, end);
    }
    return (float) (negative ? -value : value);
  }

  /// @return the power of ten behind an `e`, or the smallest int if it is no short one
  private static int exponent(byte[] text, int from, int end) {
    if ((text[from] | 0x20) != 'e' || end - from < 2) {
      return Integer.MIN_VALUE;
    }
    boolean negative = text[from + 1] == '-';
    int at = from + (negative || text[from + 1] == '+' ? 2 : 1);
    if (at == end || end - at > 3) {
      return Integer.MIN_VALUE;
    }
    int power = 0;
    for (; at < end; at++) {
      if (text[at] < '0' || text[at] > '9') {
        return Integer.MIN_VALUE;
      }
      power = 10 * power + text[at] - '0';
    }
    return negative ? -power : power;
  }

  private static float slowly(byte[] text, int from, int to) {
    var number = new String(text, from, to - from, StandardCharsets.ISO_8859_1);
    return switch (number) {
      case "nan", "NAN", "-nan" -> Float.NaN;
      case "inf", "Inf", "+inf" -> Float.POSITIVE_INFINITY;
      case "-inf", "-Inf" -> Float.NEGATIVE_INFINITY;
      default -> Float.parseFloat(number);
    };
  }
}

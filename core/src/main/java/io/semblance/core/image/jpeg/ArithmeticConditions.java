package io.semblance.core.image.jpeg;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// How arithmetic coding tells small from large. Source: T.81, section B.2.4.3.
final class ArithmeticConditions {

  private static final int SLOTS = 16;

  private final int[] lower = new int[SLOTS];
  private final int[] upper = new int[SLOTS];
  private final int[] split = new int[SLOTS];

  ArithmeticConditions() {
    Arrays.fill(upper, 1);
    Arrays.fill(split, 5);
  }

  /// @param block content of a DAC block
  /// @return what is wrong with it, half a sentence, or null
  String define(ByteBuffer block) {
    while (block.remaining() >= 2) {
      int head = block.get() & 0xFF;
      int value = block.get() & 0xFF;
      if (head >= 2 * SLOTS) {
        return "its arithmetic conditioning has a number above 15";
      } else if (head >= SLOTS) {
        split[head - SLOTS] = value;
      } else {
        lower[head] = value & 15;
        upper[head] = value >> 4;
        if (lower[head] > upper[head]) {
          return "the bounds of its arithmetic conditioning are swapped";
        }
      }
    }
    return block.hasRemaining() ? "its arithmetic conditioning has a wrong length" : null;
  }

  /// @param slot of the DC table, 0 to 15
  /// @return differences below this count as none
  int none(int slot) {
    return (1 << lower[slot]) >> 1;
  }

  /// @param slot of the DC table, 0 to 15
  /// @return differences above this count as large
  int large(int slot) {
    return (1 << upper[slot]) >> 1;
  }

  /// @param slot of the AC table, 0 to 15
  /// @return the last place in stored order that counts as a low frequency
  int lastLow(int slot) {
    return split[slot];
  }
}

package io.semblance.core.image.jpeg;

/// Decodes yes-or-no decisions, each with a probability that learns. Source: T.81, annex D; the
/// registers are laid out as in libjpeg, `jdarith.c`. For one scan.
final class ArithmeticDecoder {

  /// State of a decision that is always even, as T.81 wants it for signs.
  static final byte EVEN = 113;

  // T.81, table D.3: probability of the less probable sense, the state after it, the state after
  // the
  // other; ! where the less probable becomes the more probable. The last one is EVEN.
  private static final String TABLE =
      """
      5a1d,1,1! 2586,14,2 1114,16,3 080b,18,4 03d8,20,5 01da,23,6 00e5,25,7 006f,28,8 0036,30,9
      001a,33,10 000d,35,11 0006,9,12 0003,10,13 0001,12,13 5a7f,15,15! 3f25,36,16 2cf2,38,17
      207c,39,18 17b9,40,19 1182,42,20 0cef,43,21 09a1,45,22 072f,46,23 055c,48,24 0406,49,25
      0303,51,26 0240,52,27 01b1,54,28 0144,56,29 00f5,57,30 00b7,59,31 008a,60,32 0068,62,33
      004e,63,34 003b,32,35 002c,33,9 5ae1,37,37! 484c,64,38 3a0d,65,39 2ef1,67,40 261f,68,41
      1f33,69,42 19a8,70,43 1518,72,44 1177,73,45 0e74,74,46 0bfb,75,47 09f8,77,48 0861,78,49
      0706,79,50 05cd,48,51 04de,50,52 040f,50,53 0363,51,54 02d4,52,55 025c,53,56 01f8,54,57
      01a4,55,58 0160,56,59 0125,57,60 00f6,58,61 00cb,59,62 00ab,61,63 008f,61,32 5b12,65,65!
      4d04,80,66 412c,81,67 37d8,82,68 2fe8,83,69 293c,84,70 2379,86,71 1edf,87,72 1aa9,87,73
      174e,72,74 1424,72,75 119c,74,76 0f6b,74,77 0d51,75,78 0bb6,77,79 0a40,77,48 5832,80,81!
      4d1c,88,82 438e,89,83 3bdd,90,84 34ee,91,85 2eae,92,86 299a,93,87 2516,86,71 5570,88,89!
      4ca9,95,90 44d9,96,91 3e22,97,92 3824,99,93 32b4,99,94 2e17,93,86 56a8,95,96! 4f46,101,97
      47e5,102,98 41cf,103,99 3c3d,104,100 375e,99,93 5231,105,102 4c0f,106,103 4639,107,104
      415e,103,99 5627,105,106! 50e7,108,107 4b85,109,103 5597,110,109 504f,111,107 5a10,110,111!
      5522,112,109 59eb,112,111! 5a1d,113,113
      """;

  // probability << 16 | next after the more probable << 8 | exchange << 7 | next after the less
  // probable
  private static final int[] STATES = states();

  private final byte[] bytes;
  private long code;
  private long interval;
  private int shift;
  private int at;
  private int end;

  /// @param bytes a scan's data
  ArithmeticDecoder(byte[] bytes) {
    this.bytes = bytes;
  }

  /// Begins an interval between restart markers.
  ///
  /// @param from its first byte
  /// @param to behind its last; zeros follow, as the standard says
  void begin(int from, int to) {
    at = from;
    end = to;
    code = 0;
    interval = 0;
    shift = -16; // two bytes are read first
  }

  /// @param bins states of decisions: more probable sense << 7 | place in the table
  /// @param bin which decision
  /// @return 0 or 1; the state is moved on
  int decide(byte[] bins, int bin) {
    while (interval < 0x8000) {
      if (--shift < 0) {
        readByte();
      }
      interval <<= 1;
    }
    int sense = bins[bin] & 0x80;
    int state = STATES[bins[bin] & 0x7F];
    int less = state >> 16;
    interval -= less;
    boolean below = code < interval << shift;
    if (below && interval >= 0x8000) {
      return sense >> 7;
    }
    // where the larger part came to stand for the less probable sense, the two change roles
    boolean likely = below == interval >= less;
    if (!below) {
      code -= interval << shift;
      interval = less;
    }
    bins[bin] = (byte) (sense ^ (likely ? state >> 8 & 0xFF : state & 0xFF));
    return (likely ? sense : sense ^ 0x80) >> 7;
  }

  private void readByte() {
    code = code << 8 | (at < end ? bytes[at++] & 0xFF : 0);
    shift += 8;
    if (shift < 0 && ++shift == 0) {
      interval = 0x8000;
    }
  }

  private static int[] states() {
    String[] entries = TABLE.strip().split("\\s+");
    int[] states = new int[entries.length];
    for (int i = 0; i < states.length; i++) {
      boolean exchange = entries[i].endsWith("!");
      String[] parts = entries[i].replace("!", "").split(",");
      states[i] =
          Integer.parseInt(parts[0], 16) << 16
              | Integer.parseInt(parts[2]) << 8
              | (exchange ? 0x80 : 0)
              | Integer.parseInt(parts[1]);
    }
    return states;
  }
}

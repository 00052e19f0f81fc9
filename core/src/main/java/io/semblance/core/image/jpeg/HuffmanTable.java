package io.semblance.core.image.jpeg;

/// A Huffman code, prepared for reading: one look at the next [#BITS] bits tells the symbol, and
/// for most AC symbols the coefficient with it. Source: T.81, annex C and section F.2.2.3.
final class HuffmanTable {

  /// Bits looked at together.
  static final int BITS = 9;

  private static final int LONGEST = 16;

  private final byte[] symbols;
  private final int[] codes = new int[1 << BITS];
  private int[] coefficients;
  // by length: largest code, and what added to a code gives its symbol's place
  private final int[] largest = new int[LONGEST + 1];
  private final int[] shift = new int[LONGEST + 1];

  /// @param counts how many codes of each length from 1 to 16; their sum is the number of symbols
  /// @param symbols what the codes mean, shortest code first
  /// @throws IllegalArgumentException if there are more codes of a length than fit
  HuffmanTable(int[] counts, byte[] symbols) {
    this.symbols = symbols;
    int code = 0;
    int place = 0;
    for (int length = 1; length <= LONGEST; length++) {
      shift[length] = place - code;
      for (int i = 0; i < counts[length - 1]; i++, code++, place++) {
        if (code + 1 >= 1 << length) { // a code of ones alone is not allowed either
          throw new IllegalArgumentException(
              "a Huffman table has too many codes of " + length + " bits");
        }
        if (length <= BITS) {
          int first = code << (BITS - length);
          int last = (code + 1) << (BITS - length);
          java.util.Arrays.fill(codes, first, last, (symbols[place] & 0xFF) << 8 | length);
        }
      }
      largest[length] = code - 1;
      code <<= 1;
    }
  }

  /// The symbol at the head of the next [#BITS] bits: `symbol << 8 | bits taken`, or 0 where the
  /// code is longer (see [#longCode]) or there is none.
  ///
  /// @return length 2^[#BITS], shared: do not write
  int[] codes() {
    return codes;
  }

  /// As [#codes], but where a symbol's whole AC coefficient lies within the bits, too: `coefficient
  /// << 16 | zeros before it << 8 | bits taken`. A coefficient is not 0, so what is below 2^16 is
  /// an entry of [#codes].
  ///
  /// @return length 2^[#BITS], shared: do not write
  int[] coefficients() {
    if (coefficients == null) {
      coefficients = new int[codes.length];
      for (int i = 0; i < codes.length; i++) {
        coefficients[i] = withCoefficient(codes[i], i);
      }
    }
    return coefficients;
  }

  private static int withCoefficient(int entry, int bits) {
    int taken = entry & 0xFF;
    int size = entry >> 8 & 15;
    int rest = BITS - taken - size;
    if (size == 0 || rest < 0) {
      return entry;
    }
    int value = extend(bits >> rest & (1 << size) - 1, size);
    return value << 16 | entry >> 12 << 8 | (taken + size);
  }

  /// Finds a code bit by bit.
  ///
  /// @param next the next 64 bits, the first at the top
  /// @return `symbol << 8 | bits taken`, or 0 where no code begins like this
  int longCode(long next) {
    for (int length = 1; length <= LONGEST; length++) {
      int code = (int) (next >>> (64 - length));
      if (code <= largest[length]) {
        return (symbols[code + shift[length]] & 0xFF) << 8 | length;
      }
    }
    return 0;
  }

  /// @return whether every symbol is a size of a DC difference, 0 to 15
  boolean fitsDc() {
    for (byte symbol : symbols) {
      if (symbol < 0 || symbol > 15) {
        return false;
      }
    }
    return true;
  }

  /// A number from its lowest bits. Source: T.81, figure F.12.
  ///
  /// @param bits as stored
  /// @param size how many, 1 to 15
  /// @return from -(2^size - 1) to 2^size - 1
  static int extend(int bits, int size) {
    return bits + (((bits >> (size - 1)) - 1) & ((-1 << size) + 1));
  }
}

package io.semblance.core.image.deflate;

import java.util.zip.DataFormatException;

/// A Huffman code of a deflate block, prepared for reading: the next [#BITS] bits tell the symbol,
/// or two literals at once. Source: RFC 1951, section 3.2.
///
/// An entry is what a symbol means and, in bits 0 to 7, how many bits it takes. 0: no such code, or
/// a longer one.
final class DeflateCode {

  /// Bits looked at together.
  static final int BITS = 11;

  /// A byte, in bits 8 to 15.
  static final int LITERAL = 1 << 31;

  /// With [#LITERAL]: a second byte, in bits 16 to 23; the bits taken are those of both.
  static final int PAIR = 1 << 30;

  /// The end of the block.
  static final int END = 1 << 29;

  private static final int LONGEST = 15;

  // by length of code: how many, the first, and where its symbol stands in order
  private final int[] counts = new int[LONGEST + 1];
  private final int[] firsts = new int[LONGEST + 1];
  private final int[] places = new int[LONGEST + 1];
  private final int[] order;
  private final int[] meanings;
  private final int[] table = new int[1 << BITS];

  /// @param lengths of the codes by symbol, 0 for one that does not occur, at most 15
  /// @param from first place in `lengths`
  /// @param count how many symbols
  /// @param meanings what they mean, without bits taken, shared: not written to
  /// @throws DataFormatException if there are more codes than fit
  DeflateCode(byte[] lengths, int from, int count, int[] meanings) throws DataFormatException {
    this.meanings = meanings;
    this.order = new int[count];
    for (int i = 0; i < count; i++) {
      counts[lengths[from + i]]++;
    }
    counts[0] = 0;
    for (int length = 1; length <= LONGEST; length++) {
      firsts[length] = (firsts[length - 1] + counts[length - 1]) << 1;
      places[length] = places[length - 1] + counts[length - 1];
      if (firsts[length] + counts[length] > 1 << length) {
        throw new DataFormatException("a Huffman code has too many symbols");
      }
    }
    int[] used = new int[LONGEST + 1];
    for (int i = 0; i < count; i++) {
      int length = lengths[from + i];
      if (length > 0) {
        int place = used[length]++;
        order[places[length] + place] = i;
        if (length <= BITS) {
          fill(firsts[length] + place, length, meanings[i] | length);
        }
      }
    }
  }

  // Codes are written with their first bit lowest.
  private void fill(int code, int length, int entry) {
    for (int i = Integer.reverse(code) >>> (32 - length); i < table.length; i += 1 << length) {
      table[i] = entry;
    }
  }

  /// Gives pairs of literals that fit into [#BITS] bits entries of their own.
  ///
  /// @return this
  DeflateCode withPairs() {
    // the second of a pair is found at a lower index, which has no pair yet
    for (int i = table.length - 1; i > 0; i--) {
      int first = table[i];
      int taken = first & 0xFF;
      int second = first < 0 ? table[i >>> taken] : 0;
      if (second < 0 && taken + (second & 0xFF) <= BITS) {
        table[i] = first + (second & 0xFF) | PAIR | (second & 0xFF00) << 8;
      }
    }
    return this;
  }

  /// @return entries by the next [#BITS] bits, shared: do not write
  int[] table() {
    return table;
  }

  /// Finds a code longer than [#BITS].
  ///
  /// @param bits the next bits, the first lowest
  /// @return its entry, or 0 if no code begins like this
  int longCode(int bits) {
    for (int length = BITS + 1; length <= LONGEST; length++) {
      int place = (Integer.reverse(bits) >>> (32 - length)) - firsts[length];
      if (place >= 0 && place < counts[length]) {
        return meanings[order[places[length] + place]] | length;
      }
    }
    return 0;
  }
}

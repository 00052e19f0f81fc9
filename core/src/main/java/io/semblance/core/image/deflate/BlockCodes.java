package io.semblance.core.image.deflate;

import java.util.Arrays;
import java.util.zip.DataFormatException;

/// The two Huffman codes of a deflate block. Source: RFC 1951, sections 3.2.5 to 3.2.7.
///
/// @param literals bytes, lengths of matches and the end of the block; a length means `base << 16 |
///   further bits << 8`
/// @param distances of matches, `base << 16 | further bits << 8`
record BlockCodes(DeflateCode literals, DeflateCode distances) {

  private static final int[] LITERALS_AND_LENGTHS = literalsAndLengths();
  private static final int[] DISTANCES = distanceMeanings();
  private static final int[] PLAIN = plain();
  // the order in which lengths of the code for code lengths are stored
  private static final int[] LENGTH_ORDER = {
    16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15
  };

  /// The codes of blocks that bring none.
  static final BlockCodes FIXED = fixed();

  private static BlockCodes fixed() {
    byte[] lengths = new byte[288 + 30];
    Arrays.fill(lengths, 0, 144, (byte) 8);
    Arrays.fill(lengths, 144, 256, (byte) 9);
    Arrays.fill(lengths, 256, 280, (byte) 7);
    Arrays.fill(lengths, 280, 288, (byte) 8);
    Arrays.fill(lengths, 288, lengths.length, (byte) 5);
    try {
      return of(lengths, 288, 30);
    } catch (DataFormatException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Reads the codes that a block brings.
  ///
  /// @param in where they begin; read on behind them
  /// @return the codes
  /// @throws DataFormatException if they are damaged or cut off
  static BlockCodes read(Inflate in) throws DataFormatException {
    int literalCount = in.bits(5) + 257;
    int distanceCount = in.bits(5) + 1;
    int lengthCount = in.bits(4) + 4;
    if (literalCount > 286 || distanceCount > 30) {
      throw new DataFormatException("a block has too many symbols");
    }
    byte[] codeLengths = new byte[19];
    for (int i = 0; i < lengthCount; i++) {
      codeLengths[LENGTH_ORDER[i]] = (byte) in.bits(3);
    }
    var code = new DeflateCode(codeLengths, 0, 19, PLAIN);
    byte[] lengths = new byte[literalCount + distanceCount];
    for (int i = 0; i < lengths.length; ) {
      int symbol = in.symbol(code);
      int repeat = 1;
      byte value = (byte) symbol;
      if (symbol == 16) {
        if (i == 0) {
          throw new DataFormatException("a block repeats a length before the first");
        }
        value = lengths[i - 1];
        repeat = 3 + in.bits(2);
      } else if (symbol > 16) {
        value = 0;
        repeat = symbol == 17 ? 3 + in.bits(3) : 11 + in.bits(7);
      }
      if (repeat > lengths.length - i) {
        throw new DataFormatException("a block has too many lengths");
      }
      Arrays.fill(lengths, i, i + repeat, value);
      i += repeat;
    }
    if (lengths[256] == 0) {
      throw new DataFormatException("a block has no end");
    }
    return of(lengths, literalCount, distanceCount);
  }

  private static BlockCodes of(byte[] lengths, int literalCount, int distanceCount)
      throws DataFormatException {
    return new BlockCodes(
        new DeflateCode(lengths, 0, literalCount, LITERALS_AND_LENGTHS).withPairs(),
        new DeflateCode(lengths, literalCount, distanceCount, DISTANCES));
  }

  private static int[] literalsAndLengths() {
    int[] meanings = new int[288];
    for (int i = 0; i < 256; i++) {
      meanings[i] = DeflateCode.LITERAL | i << 8;
    }
    meanings[256] = DeflateCode.END;
    int base = 3;
    for (int i = 0; i < 28; i++) {
      int extra = Math.max(0, i / 4 - 1);
      meanings[257 + i] = base << 16 | extra << 8;
      base += 1 << extra;
    }
    meanings[285] = 258 << 16;
    return meanings;
  }

  private static int[] distanceMeanings() {
    int[] meanings = new int[30];
    int base = 1;
    for (int i = 0; i < 30; i++) {
      int extra = Math.max(0, i / 2 - 1);
      meanings[i] = base << 16 | extra << 8;
      base += 1 << extra;
    }
    return meanings;
  }

  private static int[] plain() {
    int[] meanings = new int[19];
    for (int i = 0; i < 19; i++) {
      meanings[i] = i << 8;
    }
    return meanings;
  }
}

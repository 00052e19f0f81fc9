package io.semblance.core.image.jpeg;

import java.util.HexFormat;

/// The tables that a file may leave out, as frames of Motion JPEG do. Source: T.81, section K.3.
final class StandardHuffman {

  private static final String[] DC = {
    "00010501010101010100000000000000" + "000102030405060708090A0B",
    "00030101010101010101010000000000" + "000102030405060708090A0B"
  };
  private static final String[] AC = {
    "0002010303020403050504040000017D"
        + "01020300041105122131410613516107227114328191A1082342B1C11552D1F02433627282090A161718191A"
        + "25262728292A3435363738393A434445464748494A535455565758595A636465666768696A73747576777879"
        + "7A838485868788898A92939495969798999AA2A3A4A5A6A7A8A9AAB2B3B4B5B6B7B8B9BAC2C3C4C5C6C7C8C9"
        + "CAD2D3D4D5D6D7D8D9DAE1E2E3E4E5E6E7E8E9EAF1F2F3F4F5F6F7F8F9FA",
    "00020102040403040705040400010277"
        + "000102031104052131061241510761711322328108144291A1B1C109233352F0156272D10A162434E125F117"
        + "18191A262728292A35363738393A434445464748494A535455565758595A636465666768696A737475767778"
        + "797A82838485868788898A92939495969798999AA2A3A4A5A6A7A8A9AAB2B3B4B5B6B7B8B9BAC2C3C4C5C6C7"
        + "C8C9CAD2D3D4D5D6D7D8D9DAE2E3E4E5E6E7E8E9EAF2F3F4F5F6F7F8F9FA"
  };

  private StandardHuffman() {}

  /// @param slot 0, for luma, or 1, for chroma
  /// @return the DC table
  static HuffmanTable dc(int slot) {
    return table(DC[slot]);
  }

  /// @param slot 0, for luma, or 1, for chroma
  /// @return the AC table
  static HuffmanTable ac(int slot) {
    return table(AC[slot]);
  }

  private static HuffmanTable table(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    int[] counts = new int[16];
    for (int i = 0; i < 16; i++) {
      counts[i] = bytes[i];
    }
    return new HuffmanTable(counts, java.util.Arrays.copyOfRange(bytes, 16, bytes.length));
  }
}

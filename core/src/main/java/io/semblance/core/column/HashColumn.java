package io.semblance.core.column;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.RandomAccess;

/// SHA-256 hashes, 32 bytes a row; null where unknown.
public final class HashColumn extends AbstractList<String> implements RandomAccess {

  private static final int BYTES = 32;
  // rows a page holds, so that no array has to hold all
  private static final int PAGE = 1 << 15;

  private final byte[][] pages;
  private final BitSet known;
  private final int size;

  private HashColumn(byte[][] pages, BitSet known, int size) {
    this.pages = pages;
    this.known = known;
    this.size = size;
  }

  @Override
  public int size() {
    return size;
  }

  /// @return 64 lower-case hexadecimal characters, or null
  @Override
  public String get(int index) {
    if (index < 0 || index >= size) {
      throw new IndexOutOfBoundsException("there is no hash " + index + " among " + size);
    }
    int from = index % PAGE * BYTES;
    return known.get(index)
        ? HexFormat.of().formatHex(pages[index / PAGE], from, from + BYTES)
        : null;
  }

  /// Fills a column. Not safe for several threads.
  public static final class Builder {

    private byte[][] pages = new byte[0][];
    private final BitSet known = new BitSet();
    private int size;

    /// @param hash 64 hexadecimal characters; anything else counts as unknown
    /// @return this
    public Builder add(String hash) {
      if (size % PAGE == 0) {
        pages = Arrays.copyOf(pages, pages.length + 1);
        pages[pages.length - 1] = new byte[PAGE * BYTES];
      }
      if (hash != null && hash.length() == 2 * BYTES && isHex(hash)) {
        byte[] bytes = HexFormat.of().parseHex(hash);
        System.arraycopy(bytes, 0, pages[size / PAGE], size % PAGE * BYTES, BYTES);
        known.set(size);
      }
      size++;
      return this;
    }

    private static boolean isHex(String hash) {
      return hash.chars().allMatch(HexFormat::isHexDigit);
    }

    /// @return the column; the builder is spent
    public HashColumn build() {
      int last = size % PAGE;
      if (last > 0) {
        pages[pages.length - 1] = Arrays.copyOf(pages[pages.length - 1], last * BYTES);
      }
      return new HashColumn(pages, known, size);
    }
  }
}

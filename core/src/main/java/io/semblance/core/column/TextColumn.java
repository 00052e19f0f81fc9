package io.semblance.core.column;

import java.nio.charset.StandardCharsets;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.RandomAccess;

/// Texts, each as its UTF-8 bytes in large pages: a text takes its length, a length of one to three
/// bytes and an address of eight. Null is a text of its own.
public final class TextColumn extends AbstractList<String> implements RandomAccess {

  // Addresses are page * PAGE + place; a text never crosses pages, one longer than a page has its
  // own.
  private static final int PAGE_BITS = 20;
  private static final int PAGE = 1 << PAGE_BITS;
  private static final long NULL = -1;

  private final byte[][] pages;
  private final long[] addresses;
  private final int size;

  private TextColumn(byte[][] pages, long[] addresses, int size) {
    this.pages = pages;
    this.addresses = addresses;
    this.size = size;
  }

  /// @param values texts or nulls; copied
  /// @return a column of them
  public static TextColumn of(List<String> values) {
    if (values instanceof TextColumn column) {
      return column;
    }
    var builder = new Builder();
    values.forEach(builder::add);
    return builder.build();
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public String get(int index) {
    if (index < 0 || index >= size) {
      throw new IndexOutOfBoundsException("there is no text " + index + " among " + size);
    }
    long address = addresses[index];
    if (address == NULL) {
      return null;
    }
    byte[] page = pages[(int) (address >> PAGE_BITS)];
    int at = (int) (address & (PAGE - 1));
    return new String(page, start(page, at), length(page, at), StandardCharsets.UTF_8);
  }

  /// Compares two texts byte by byte, as unsigned numbers: the order of their code points.
  ///
  /// @param i index of one text, not null
  /// @param j index of another, not null
  /// @return negative, zero or positive
  public int compare(int i, int j) {
    return compare(this, i, this, j);
  }

  private static int compare(TextColumn a, int i, TextColumn b, int j) {
    byte[] left = a.pages[(int) (a.addresses[i] >> PAGE_BITS)];
    byte[] right = b.pages[(int) (b.addresses[j] >> PAGE_BITS)];
    int x = (int) (a.addresses[i] & (PAGE - 1));
    int y = (int) (b.addresses[j] & (PAGE - 1));
    int from = start(left, x);
    int other = start(right, y);
    return Arrays.compareUnsigned(
        left, from, from + length(left, x), right, other, other + length(right, y));
  }

  /// @return the indices in bytewise order of their texts, equal texts in their own order; no text
  ///   may be null
  public int[] order() {
    int[] order = new int[size];
    Arrays.setAll(order, i -> i);
    boolean sorted = true;
    for (int i = 1; i < size && sorted; i++) {
      sorted = compare(i - 1, i) <= 0;
    }
    if (!sorted) {
      sort(order, order.clone(), 0, size);
    }
    return order;
  }

  // Merge sort: stable, and on bare numbers.
  private void sort(int[] order, int[] copy, int from, int to) {
    if (to - from < 2) {
      return;
    }
    int middle = (from + to) >>> 1;
    sort(copy, order, from, middle);
    sort(copy, order, middle, to);
    int left = from;
    int right = middle;
    for (int i = from; i < to; i++) {
      boolean takeLeft = right >= to || (left < middle && compare(copy[left], copy[right]) <= 0);
      order[i] = takeLeft ? copy[left++] : copy[right++];
    }
  }

  /// Looks a text up by halving.
  ///
  /// @param text what to find, not null
  /// @param order as [#order] gave it
  /// @return index of the first such text, or -1
  public int find(String text, int[] order) {
    var wanted = new Builder().add(text).build();
    int low = 0;
    int high = order.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (compare(this, order[middle], wanted, 0) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low < order.length && compare(this, order[low], wanted, 0) == 0 ? order[low] : -1;
  }

  // Lengths: seven bits a byte, the last byte below 128.
  private static int length(byte[] page, int at) {
    int length = 0;
    int shift = 0;
    int i = at;
    while (page[i] < 0) {
      length |= (page[i++] & 0x7F) << shift;
      shift += 7;
    }
    return length | page[i] << shift;
  }

  private static int start(byte[] page, int at) {
    int i = at;
    while (page[i] < 0) {
      i++;
    }
    return i + 1;
  }

  /// Fills a column. Not safe for several threads.
  public static final class Builder {

    private static final int LENGTH_BYTES = 5;

    private final List<byte[]> pages = new ArrayList<>();
    private long[] addresses = new long[16];
    private int size;
    private int used = PAGE;

    /// @param text the next text, or null
    /// @return this
    public Builder add(String text) {
      if (size == addresses.length) {
        addresses = Arrays.copyOf(addresses, size + (size >> 1));
      }
      addresses[size++] = text == null ? NULL : store(text.getBytes(StandardCharsets.UTF_8));
      return this;
    }

    /// @return number of texts so far
    public int size() {
      return size;
    }

    /// @return the column; the builder is spent
    public TextColumn build() {
      if (!pages.isEmpty() && used < PAGE) {
        pages.set(pages.size() - 1, Arrays.copyOf(pages.getLast(), used));
      }
      return new TextColumn(pages.toArray(byte[][]::new), Arrays.copyOf(addresses, size), size);
    }

    private long store(byte[] bytes) {
      int needed = bytes.length + LENGTH_BYTES;
      if (needed > PAGE - used) {
        pages.add(new byte[Math.max(PAGE, needed)]);
        used = 0;
      }
      byte[] page = pages.getLast();
      int at = used;
      long address = ((long) (pages.size() - 1) << PAGE_BITS) + at;
      int rest = bytes.length;
      for (; rest >= 0x80; rest >>>= 7) {
        page[at++] = (byte) (rest | 0x80);
      }
      page[at++] = (byte) rest;
      System.arraycopy(bytes, 0, page, at, bytes.length);
      used = at + bytes.length;
      return address;
    }
  }
}

package io.semblance.core.array;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.AbstractList;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;

/// Texts of equal room, numpy's types `U` (UTF-32) and `S` (bytes, here read as UTF-8): a view of a
/// region of memory that owns nothing. Valid until the file is closed; safe for several threads.
public final class TextArray implements StoredArray {

  private final long[] shape;
  private final MemorySegment region;
  private final int room;
  private final ByteOrder order; // null for bytes

  private TextArray(long[] shape, MemorySegment region, int room, ByteOrder order) {
    this.shape = shape;
    this.region = region;
    this.room = room;
    this.order = order;
  }

  /// A view of texts that lie one behind the other.
  ///
  /// @param shape sizes of the axes, row-major
  /// @param room characters or bytes a text has at most
  /// @param order of the bytes of a UTF-32 character, or null for texts of bytes
  /// @param region memory that begins with the first text, and ends with the last
  /// @return the view
  /// @throws IllegalArgumentException if the region is too small
  public static TextArray of(long[] shape, int room, ByteOrder order, MemorySegment region) {
    long bytes = (long) room * (order == null ? 1 : Integer.BYTES);
    long count = Layout.count(shape);
    if (Math.multiplyExact(count, bytes) > region.byteSize()) {
      throw new IllegalArgumentException(
          "asks for " + count * bytes + " bytes of " + region.byteSize());
    }
    return new TextArray(shape.clone(), region, room, order);
  }

  @Override
  public long[] shape() {
    return shape.clone();
  }

  /// @return the texts, row-major; a view
  /// @throws IllegalArgumentException if there are more than a list holds
  public List<String> texts() {
    long count = Layout.count(shape);
    if (count > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(this + " has more texts than a list holds");
    }
    return new View((int) count);
  }

  private final class View extends AbstractList<String> implements RandomAccess {

    private final int size;

    View(int size) {
      this.size = size;
    }

    @Override
    public int size() {
      return size;
    }

    @Override
    public String get(int index) {
      Objects.checkIndex(index, size);
      return order == null ? bytesAt(index) : charactersAt(index);
    }
  }

  private String bytesAt(long index) {
    byte[] all = region.asSlice(index * room, room).toArray(ValueLayout.JAVA_BYTE);
    int length = room;
    while (length > 0 && all[length - 1] == 0) {
      length--;
    }
    return new String(all, 0, length, StandardCharsets.UTF_8);
  }

  private String charactersAt(long index) {
    var layout = ValueLayout.JAVA_INT_UNALIGNED.withOrder(order);
    int[] all = region.asSlice(index * room * Integer.BYTES, (long) room * 4).toArray(layout);
    int length = room;
    while (length > 0 && all[length - 1] == 0) {
      length--;
    }
    for (int i = 0; i < length; i++) {
      all[i] = Character.isValidCodePoint(all[i]) ? all[i] : 0xFFFD;
    }
    return new String(all, 0, length);
  }

  @Override
  public String toString() {
    return "text " + Layout.text(shape);
  }
}

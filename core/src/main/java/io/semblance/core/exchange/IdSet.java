package io.semblance.core.exchange;

import io.semblance.core.file.Sha256;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/// Remembers which texts were seen, in 16 bytes a place: half of a SHA-256 stands for a text, and
/// two texts with the same half do not occur.
final class IdSet {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final MessageDigest digest = Sha256.digest();
  private long[] slots = new long[2 << 10];
  private int size;

  /// @return whether the text is new
  boolean add(String text) {
    byte[] hash = digest.digest(text.getBytes(StandardCharsets.UTF_8));
    long high = (long) LONGS.get(hash, 0) | 1; // 0 marks an empty place
    long low = (long) LONGS.get(hash, 8);
    if (!put(slots, high, low)) {
      return false;
    }
    if (++size > slots.length / 3) {
      grow();
    }
    return true;
  }

  private static boolean put(long[] slots, long high, long low) {
    int places = slots.length / 2;
    for (int i = (int) (low & (places - 1)); ; i = (i + 1) & (places - 1)) {
      if (slots[2 * i] == 0) {
        slots[2 * i] = high;
        slots[2 * i + 1] = low;
        return true;
      }
      if (slots[2 * i] == high && slots[2 * i + 1] == low) {
        return false;
      }
    }
  }

  private void grow() {
    long[] more = new long[Math.multiplyExact(2, slots.length)];
    for (int i = 0; i < slots.length; i += 2) {
      if (slots[i] != 0) {
        put(more, slots[i], slots[i + 1]);
      }
    }
    slots = more;
  }

  int size() {
    return size;
  }
}

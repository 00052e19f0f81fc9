package io.semblance.extract.codec;

import java.util.Arrays;

/// LZW with codes that grow from `codeSize + 1` to 12 bits, as GIF packs them: least significant
/// bit first, begun by a clear code, cleared again when all 4,096 codes are taken. For one use.
final class LzwCoder {

  private static final int MAX_BITS = 12;
  private static final int MAX_CODES = 1 << MAX_BITS;
  // four times the codes: chains stay short; -1 marks a free slot
  private static final int SLOTS = 4 * MAX_CODES;

  private final int clear;
  private final int firstBits;
  private final int[] keys = new int[SLOTS];
  private final short[] codes = new short[SLOTS];
  private byte[] out = new byte[1 << 16];
  private int length;
  private int pending;
  private int pendingBits;
  private int bits;
  private int next;

  LzwCoder(int codeSize) {
    this.clear = 1 << codeSize;
    this.firstBits = codeSize + 1;
  }

  byte[] encode(byte[] symbols) {
    bits = firstBits;
    reset();
    int prefix = symbols[0] & 0xFF;
    for (int i = 1; i < symbols.length; i++) {
      int symbol = symbols[i] & 0xFF;
      int key = prefix << 8 | symbol;
      int slot = slot(key);
      if (keys[slot] == key) {
        prefix = codes[slot];
        continue;
      }
      put(prefix);
      prefix = symbol;
      if (next == MAX_CODES) {
        reset();
      } else {
        keys[slot] = key;
        codes[slot] = (short) next;
        if (next++ == 1 << bits) {
          bits++;
        }
      }
    }
    put(prefix);
    // the decoder has taken one more code by now and may read one bit more
    if (next == 1 << bits && bits < MAX_BITS) {
      bits++;
    }
    put(clear + 1);
    flush();
    return Arrays.copyOf(out, length);
  }

  private int slot(int key) {
    int slot = (key * 0x9E3779B1) >>> 18;
    while (keys[slot] != -1 && keys[slot] != key) {
      slot = (slot + 1) & (SLOTS - 1);
    }
    return slot;
  }

  private void reset() {
    put(clear);
    Arrays.fill(keys, -1);
    bits = firstBits;
    next = clear + 2;
  }

  private void put(int code) {
    pending |= code << pendingBits;
    pendingBits += bits;
    while (pendingBits >= 8) {
      append();
      pendingBits -= 8;
    }
  }

  private void flush() {
    if (pendingBits > 0) {
      append();
    }
  }

  private void append() {
    if (length == out.length) {
      out = Arrays.copyOf(out, 2 * length);
    }
    out[length++] = (byte) pending;
    pending >>>= 8;
  }
}

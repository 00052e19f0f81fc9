package io.semblance.core.image.tiff;

import io.semblance.core.SemblanceException;
import io.semblance.core.image.EncodedImage;
import java.nio.ByteBuffer;

/// Strings of bytes by codes of 9 to 12 bits, the first bit highest. Source: section 13.
final class LzwRows implements Rows {

  private static final int CLEAR = 256;
  private static final int END = 257;
  private static final int FIRST = 258;
  private static final int TABLE = 4096;
  private static final int NONE = -1;

  private final ByteBuffer data;
  private final EncodedImage file;
  // a string is that of its prefix and one more byte; by code
  private final short[] prefix = new short[TABLE];
  private final byte[] suffix = new byte[TABLE];
  private final short[] length = new short[TABLE];
  // the string being handed over
  private final byte[] string = new byte[TABLE];
  private int stringLength;
  private int handedOver;
  private int buffer;
  private int bits;
  private int size = 9;
  private int next = FIRST;
  private int last = NONE;

  /// @param data the strip
  /// @param file for complaints
  /// @throws SemblanceException if it is compressed in the way of files before 1988
  LzwRows(ByteBuffer data, EncodedImage file) throws SemblanceException {
    this.data = data;
    this.file = file;
    if (data.remaining() >= 2 && data.get(0) == 0 && (data.get(1) & 1) != 0) {
      throw file.unsupported("a TIFF compressed by LZW in the way of 1988");
    }
    for (int i = 0; i < CLEAR; i++) {
      suffix[i] = (byte) i;
      length[i] = 1;
    }
  }

  @Override
  public void read(byte[] row) throws SemblanceException {
    for (int i = 0; i < row.length; ) {
      if (handedOver == stringLength) {
        readString();
      }
      int some = Math.min(stringLength - handedOver, row.length - i);
      System.arraycopy(string, handedOver, row, i, some);
      handedOver += some;
      i += some;
    }
  }

  private void readString() throws SemblanceException {
    int code = code();
    while (code == CLEAR) {
      size = 9;
      next = FIRST;
      last = NONE;
      code = code();
    }
    if (code == END) {
      throw damaged("end before the last row");
    }
    boolean known = last == NONE ? code < CLEAR : code < next;
    boolean beingAdded = last != NONE && code == next && next < TABLE;
    if (!known && !beingAdded) {
      throw damaged("hold a code that stands for nothing");
    }
    spell(known ? code : last);
    if (beingAdded) {
      string[stringLength++] = string[0];
    }
    if (last != NONE && next < TABLE) {
      prefix[next] = (short) last;
      suffix[next] = string[0];
      length[next] = (short) (length[last] + 1);
      next++;
      // a code earlier than needed: the way of all writers since section 13 was written
      if (next == (1 << size) - 1 && size < 12) {
        size++;
      }
    }
    last = code;
  }

  private void spell(int code) {
    stringLength = length[code];
    handedOver = 0;
    int c = code;
    for (int i = stringLength - 1; i >= 0; i--) {
      string[i] = suffix[c];
      c = prefix[c];
    }
  }

  private int code() throws SemblanceException {
    while (bits < size) {
      if (!data.hasRemaining()) {
        throw damaged("end before the last row");
      }
      buffer = buffer << 8 | (data.get() & 0xFF);
      bits += 8;
    }
    bits -= size;
    return buffer >> bits & (1 << size) - 1;
  }

  private SemblanceException damaged(String what) {
    return file.damaged("TIFF", "its compressed data " + what, null);
  }
}

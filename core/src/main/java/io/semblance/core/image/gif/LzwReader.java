package io.semblance.core.image.gif;

import io.semblance.core.SemblanceException;
import io.semblance.core.image.EncodedImage;

/// Decompresses the indices of a picture. Source: appendix F; as Pillow, `GifDecode.c`, where files
/// stray from it. For one use.
final class LzwReader {

  private static final int MAX_BITS = 12;
  private static final int TABLE = 1 << MAX_BITS;
  private static final int NONE = -1;

  private final EncodedImage file;
  private final byte[] bytes;
  private final int clear;
  private final int firstSize;
  // a string is that of its prefix and one more index; by code
  private final short[] prefix = new short[TABLE];
  private final byte[] suffix = new byte[TABLE];
  // the string being handed over, backwards
  private final byte[] string = new byte[TABLE + 1];
  private int waiting;
  private int at;
  private int blockEnd;
  private int buffer;
  private int bits;
  private int size;
  private int next;
  private int last = NONE;
  private byte lastFirst;

  /// @param file the whole file
  /// @param data where the blocks of compressed data begin; all of them lie in the file
  /// @param minCodeSize bits of an index, 0 to 12
  LzwReader(EncodedImage file, int data, int minCodeSize) {
    this.file = file;
    this.bytes = file.bytes();
    this.at = data;
    this.blockEnd = data;
    this.clear = 1 << minCodeSize;
    this.firstSize = minCodeSize + 1;
    reset();
  }

  private void reset() {
    next = clear + 2;
    size = firstSize;
    last = NONE;
  }

  /// @param row receives indices, as many as it is long
  /// @throws SemblanceException if the data end before, or make no sense
  void read(byte[] row) throws SemblanceException {
    for (int x = 0; x < row.length; ) {
      if (waiting == 0) {
        readString();
      }
      int count = Math.min(waiting, row.length - x);
      for (int i = 0; i < count; i++) {
        row[x++] = string[--waiting];
      }
    }
  }

  private void readString() throws SemblanceException {
    while (true) {
      int code = code();
      if (code == clear) {
        reset();
      } else if (code == clear + 1) {
        throw damaged("its compressed data end before the last row");
      } else {
        expand(code);
        return;
      }
    }
  }

  private void expand(int code) throws SemblanceException {
    if (last == NONE) {
      if (code > clear) {
        throw damaged("its compressed data begin with a code that stands for nothing");
      }
      string[waiting++] = (byte) code;
      lastFirst = (byte) code;
      last = code;
      return;
    }
    if (code > next) {
      throw damaged("its compressed data hold a code that stands for nothing");
    }
    int c = code;
    if (c == next) { // the string that is just being added: the last one and its first index
      string[waiting++] = lastFirst;
      c = last;
    }
    while (c >= clear) {
      if (waiting == TABLE || c >= TABLE) {
        throw damaged("its compressed data hold a string without an end");
      }
      string[waiting++] = suffix[c];
      c = prefix[c];
    }
    string[waiting++] = (byte) c;
    lastFirst = (byte) c;
    if (next < TABLE) {
      prefix[next] = (short) last;
      suffix[next] = (byte) c;
      if (next == (1 << size) - 1 && size < MAX_BITS) {
        size++;
      }
      next++;
    }
    last = code;
  }

  private int code() throws SemblanceException {
    while (bits < size) {
      if (at == blockEnd) {
        int length = bytes[at] & 0xFF;
        if (length == 0) {
          throw damaged("its compressed data end before the last row");
        }
        at++;
        blockEnd = at + length;
      }
      buffer |= (bytes[at++] & 0xFF) << bits;
      bits += 8;
    }
    int code = buffer & (1 << size) - 1;
    buffer >>>= size;
    bits -= size;
    return code;
  }

  private SemblanceException damaged(String what) {
    return file.damaged("GIF", at, what);
  }
}

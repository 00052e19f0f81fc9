package io.semblance.core.array.pickle;

import io.semblance.core.Printable;
import io.semblance.core.SemblanceException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// Reads the arguments of opcodes, one behind the other, and never past the end.
final class PickleBytes {

  private static final int LONGEST_LINE = 1 << 24;

  private final MemorySegment bytes;
  private final String where;
  private long at;

  PickleBytes(MemorySegment bytes, long from, String where) {
    this.bytes = bytes;
    this.at = from;
    this.where = where;
  }

  long position() {
    return at;
  }

  SemblanceException broken(String what) {
    return new SemblanceException(
        "%s is no readable pickle (byte %d: %s): the file is damaged or of another format; write it again."
            .formatted(where, at, Printable.of(what)));
  }

  /// @param what e.g. `an array of Python objects`
  /// @param instead what to do, e.g. `save an array of numbers`
  SemblanceException unread(String what, String instead) {
    return new SemblanceException(
        "%s holds %s (byte %d), which is not read: %s."
            .formatted(where, Printable.of(what), at, instead));
  }

  String where() {
    return where;
  }

  /// @throws SemblanceException if fewer bytes are left
  void requireLeft(long count) throws SemblanceException {
    if (count < 0 || count > bytes.byteSize() - at) {
      throw broken(
          "%s bytes should follow, %d are left"
              .formatted(Long.toUnsignedString(count), bytes.byteSize() - at));
    }
  }

  private long advance(long count) throws SemblanceException {
    requireLeft(count);
    long from = at;
    at += count;
    return from;
  }

  int u8() throws SemblanceException {
    return bytes.get(ValueLayout.JAVA_BYTE, advance(1)) & 0xFF;
  }

  int u16() throws SemblanceException {
    return bytes.get(
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN), advance(2))
        & 0xFFFF;
  }

  int i32() throws SemblanceException {
    return bytes.get(ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN), advance(4));
  }

  long u32() throws SemblanceException {
    return i32() & 0xFFFFFFFFL;
  }

  /// Unsigned; over 2^63 it comes out negative, which no length can be.
  long u64() throws SemblanceException {
    return bytes.get(
        ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN), advance(8));
  }

  double f64() throws SemblanceException {
    return bytes.get(ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN), advance(8));
  }

  MemorySegment take(long count) throws SemblanceException {
    return bytes.asSlice(advance(count), count);
  }

  byte[] array(long count) throws SemblanceException {
    if (count > Integer.MAX_VALUE - 8) {
      throw broken("a text of " + Long.toUnsignedString(count) + " bytes");
    }
    return take(count).toArray(ValueLayout.JAVA_BYTE);
  }

  /// Up to the next line feed, which is consumed.
  byte[] line() throws SemblanceException {
    for (long end = at; end < bytes.byteSize() && end - at <= LONGEST_LINE; end++) {
      if (bytes.get(ValueLayout.JAVA_BYTE, end) == '\n') {
        byte[] out = array(end - at);
        at++;
        return out;
      }
    }
    throw broken("a line without an end");
  }

  String asciiLine() throws SemblanceException {
    return new String(line(), StandardCharsets.ISO_8859_1).strip();
  }
}

package io.semblance.core.array;

import io.semblance.core.Printable;
import io.semblance.core.SemblanceException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The header of an array in numpy's format, versions 1 to 3. Source: `numpy/lib/_format_impl.py`,
/// "Format Version 1.0" to "3.0".
///
/// @param descriptor numpy's name of the type with its byte order, e.g. `<f4`
/// @param fortran whether the first axis is the fastest
/// @param shape sizes of the axes
/// @param dataOffset first byte of the elements
record NpyHeader(String descriptor, boolean fortran, long[] shape, int dataOffset) {

  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final Pattern TYPE = Pattern.compile("'descr'\\s*:\\s*'([^']*)'");
  private static final Pattern RECORDS = Pattern.compile("'descr'\\s*:\\s*\\[");
  private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
  private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([^)]*)\\)");
  private static final int LONGEST = 1 << 20;

  /// @param bytes a whole `.npy`
  /// @param where its name in messages
  /// @throws SemblanceException if the bytes do not begin with a header of an array
  static NpyHeader read(MemorySegment bytes, String where) throws SemblanceException {
    if (bytes.byteSize() < MAGIC.length + 2
        || !Arrays.equals(bytes.asSlice(0, 6).toArray(ValueLayout.JAVA_BYTE), MAGIC)
        || bytes.get(ValueLayout.JAVA_BYTE, 6) < 1
        || bytes.get(ValueLayout.JAVA_BYTE, 6) > 3) {
      throw new SemblanceException(
          where
              + " is not a numpy file (byte 0 should be \\x93NUMPY, version 1 to 3): save it with"
              + " numpy.save.");
    }
    int version = bytes.get(ValueLayout.JAVA_BYTE, 6);
    int start = version == 1 ? 10 : 12;
    requireBytes(bytes, start, where);
    long length =
        version == 1
            ? bytes.get(ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN), 8)
                & 0xFFFF
            : bytes.get(ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN), 8)
                & 0xFFFFFFFFL;
    if (length > LONGEST) {
      throw new SemblanceException(
          "%s says its header has %d bytes, over the limit of %d: save it again with numpy.save."
              .formatted(where, length, LONGEST));
    }
    requireBytes(bytes, start + length, where);
    byte[] text = bytes.asSlice(start, length).toArray(ValueLayout.JAVA_BYTE);
    return parse(
        new String(text, version == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1),
        (int) (start + length),
        where);
  }

  private static void requireBytes(MemorySegment bytes, long needed, String where)
      throws SemblanceException {
    if (bytes.byteSize() < needed) {
      throw new SemblanceException(
          "%s ends at byte %d, inside its header of %d: the file is truncated; write or copy it again."
              .formatted(where, bytes.byteSize(), needed));
    }
  }

  private static NpyHeader parse(String text, int dataOffset, String where)
      throws SemblanceException {
    Matcher type = TYPE.matcher(text);
    Matcher order = ORDER.matcher(text);
    Matcher shape = SHAPE.matcher(text);
    if (RECORDS.matcher(text).find()) {
      throw new SemblanceException(
          where + " holds records of several fields: save each field as an array of its own.");
    }
    if (!type.find() || !order.find() || !shape.find()) {
      throw new SemblanceException(
          where + " has no readable numpy header: save it again with numpy.save.");
    }
    try {
      long[] sizes =
          Arrays.stream(shape.group(1).split(",", -1))
              .map(s -> s.replace("L", "").strip()) // Python 2 wrote (3L, 4L)
              .filter(s -> !s.isEmpty())
              .mapToLong(Long::parseUnsignedLong)
              .toArray();
      if (Arrays.stream(sizes).anyMatch(s -> s < 0)) {
        throw new NumberFormatException("a size is negative or over 2^63");
      }
      return new NpyHeader(type.group(1), order.group(1).equals("True"), sizes, dataOffset);
    } catch (NumberFormatException e) {
      throw new SemblanceException(
          "%s has an unreadable shape (%s): save it again with numpy.save."
              .formatted(where, Printable.of(shape.group(1))),
          e);
    }
  }
}

package io.semblance.core.array;

import io.semblance.core.Printable;
import io.semblance.core.SemblanceException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// An array saved by `numpy.save`, mapped: any numeric type, either byte order, C or Fortran order,
/// any number of axes. Close it to release the mapping.
public final class NpyFile implements AutoCloseable {

  private static final Pattern DESCRIPTOR = Pattern.compile("([<>|=])([A-Za-z])(\\d{1,9})");

  private final MappedFile file;
  private final StoredArray array;
  private final int dataOffset;

  private NpyFile(MappedFile file, StoredArray array, int dataOffset) {
    this.file = file;
    this.array = array;
    this.dataOffset = dataOffset;
  }

  /// Opens a file and checks its size against its header.
  ///
  /// @param path a `.npy`
  /// @return the file; close it
  /// @throws SemblanceException if it is no npy, holds complex numbers, objects or records, or is
  ///   shorter or longer than its header says
  public static NpyFile open(Path path) throws IOException {
    MappedFile file = MappedFile.open(path);
    try {
      int dataOffset = NpyHeader.read(file.bytes(), path.toString()).dataOffset();
      return new NpyFile(file, parse(file.bytes(), path.toString()), dataOffset);
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /// @return first byte of the elements in the file
  public int dataOffset() {
    return dataOffset;
  }

  /// @return the array; valid until [#close]
  public StoredArray array() {
    return array;
  }

  /// @return the array; valid until [#close]
  /// @throws SemblanceException if it holds texts
  public NumberArray numbers() throws SemblanceException {
    if (array instanceof NumberArray numbers) {
      return numbers;
    }
    throw new SemblanceException(
        file.path() + " holds texts (" + array + "): an array of numbers is needed here.");
  }

  @Override
  public void close() {
    file.close();
  }

  /// @param bytes a whole `.npy`
  /// @param where its name in messages
  /// @return a view of its elements
  static StoredArray parse(MemorySegment bytes, String where) throws SemblanceException {
    NpyHeader header = NpyHeader.read(bytes, where);
    Matcher m = DESCRIPTOR.matcher(header.descriptor());
    if (!m.matches()) {
      throw refused(where, header.descriptor());
    }
    ByteOrder order =
        switch (m.group(1)) {
          case "<" -> ByteOrder.LITTLE_ENDIAN;
          case ">" -> ByteOrder.BIG_ENDIAN;
          default -> ByteOrder.nativeOrder();
        };
    int size = Integer.parseInt(m.group(3));
    boolean text = m.group(2).equals("U") || m.group(2).equals("S");
    Optional<NumberType> type = NumberType.ofNumpy(m.group(2) + size);
    if (!text && type.isEmpty()) {
      throw refused(where, header.descriptor());
    }
    long elementBytes =
        text ? (long) size * (m.group(2).equals("U") ? Integer.BYTES : 1) : type.get().bytes();
    MemorySegment data = bytes.asSlice(header.dataOffset());
    requireSize(header, elementBytes, data.byteSize(), where);
    if (text) {
      if (header.fortran() && header.shape().length > 1) {
        throw new SemblanceException(
            where + " holds texts in Fortran order: save numpy.ascontiguousarray(x) instead.");
      }
      return TextArray.of(header.shape(), size, m.group(2).equals("U") ? order : null, data);
    }
    return header.fortran()
        ? NumberArray.columnMajor(type.get(), order, header.shape(), data)
        : NumberArray.rowMajor(type.get(), order, header.shape(), data);
  }

  private static void requireSize(NpyHeader header, long elementBytes, long actual, String where)
      throws SemblanceException {
    long expected;
    try {
      expected = Math.multiplyExact(Layout.count(header.shape()), elementBytes);
    } catch (ArithmeticException e) {
      throw new SemblanceException(
          "%s has an impossible shape %s: save it again with numpy.save."
              .formatted(where, Layout.text(header.shape())),
          e);
    }
    if (actual != expected) {
      throw new SemblanceException(
          "%s has %d bytes behind its header, which (%s of %s) asks for %d: the file is %s; write or copy it again."
              .formatted(
                  where,
                  actual,
                  Layout.text(header.shape()),
                  header.descriptor(),
                  expected,
                  actual < expected ? "truncated" : "not what it says"));
    }
  }

  private static SemblanceException refused(String where, String descriptor) {
    String advice =
        switch (descriptor.isEmpty()
            ? ' '
            : descriptor.charAt(Math.min(1, descriptor.length() - 1))) {
          case 'c' -> "complex numbers ('%s'): save x.real and x.imag as arrays of their own.";
          case 'O' -> "Python objects ('%s'), which are never loaded: save an array of numbers.";
          case 'V' -> "raw bytes ('%s', perhaps bfloat16): save x.astype('float32') instead.";
          default -> "elements of type '%s': save x.astype('float32') instead.";
        };
    return new SemblanceException(where + " holds " + advice.formatted(Printable.of(descriptor)));
  }
}

package io.semblance.core.table;

import io.semblance.core.SemblanceException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/// The header of a `.npy` file, versions 1 to 3 of numpy's format.
///
/// @param type numpy's type descriptor, e.g. `<f4`
/// @param shape sizes of the axes, row-major
/// @param dataOffset first byte of the numbers
@SuppressWarnings("ArrayRecordComponent") // a header is read once and never compared
public record NpyHeader(String type, long[] shape, int dataOffset) {

  /// Length of every header this program writes: it can be rewritten in place when the row count is
  /// known.
  public static final int LENGTH = 128;

  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final Pattern TYPE = Pattern.compile("'descr'\\s*:\\s*'([^']*)'");
  private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
  private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([^)]*)\\)");
  private static final int LONGEST = 1 << 20;

  /// Reads the header and checks the file's size against it.
  ///
  /// @param file a `.npy` file
  /// @return the header
  /// @throws SemblanceException if the file is not npy, is Fortran-ordered or big-endian, or is
  ///   shorter or longer than its header says
  public static NpyHeader read(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer head = bytes(channel, 0, 12, file);
      byte[] magic = new byte[6];
      head.get(magic);
      int major = head.get(6);
      if (!Arrays.equals(magic, MAGIC) || major < 1 || major > 3) {
        throw new SemblanceException(
            file
                + " is not a numpy file (byte 0 should be \\x93NUMPY, version 1 to 3): save it with"
                + " numpy.save.");
      }
      int start = major == 1 ? 10 : 12;
      long length = major == 1 ? head.getShort(8) & 0xFFFF : head.getInt(8) & 0xFFFFFFFFL;
      if (length > LONGEST) {
        throw new SemblanceException(
            file
                + " says its header has "
                + length
                + " bytes, over the limit of "
                + LONGEST
                + ": save it again with numpy.save.");
      }
      ByteBuffer text = bytes(channel, start, (int) length, file);
      NpyHeader header =
          parse(StandardCharsets.UTF_8.decode(text).toString(), start + (int) length, file);
      header.checkSize(channel.size(), file);
      return header;
    }
  }

  /// The header of a two-dimensional array as this program writes it, always [#LENGTH] bytes.
  ///
  /// @param precision type of a component
  /// @param rows first axis
  /// @param dimension second axis
  /// @return the bytes before the numbers
  public static byte[] bytes(Precision precision, long rows, int dimension) {
    String dictionary =
        "{'descr': '%s', 'fortran_order': False, 'shape': (%d, %d), }"
            .formatted(precision.descriptor(), rows, dimension);
    byte[] out = new byte[LENGTH];
    Arrays.fill(out, (byte) ' ');
    System.arraycopy(MAGIC, 0, out, 0, 6);
    out[6] = 1;
    out[7] = 0;
    out[8] = (byte) (LENGTH - 10);
    out[9] = 0;
    byte[] text = dictionary.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(text, 0, out, 10, text.length);
    out[LENGTH - 1] = '\n';
    return out;
  }

  /// @return bytes a number takes
  public int itemBytes() {
    return Integer.parseInt(type.substring(2));
  }

  /// @return product of the axes
  public long count() {
    return LongStream.of(shape).reduce(1, Math::multiplyExact);
  }

  private void checkSize(long actual, Path file) throws SemblanceException {
    long expected;
    try {
      expected = Math.addExact(dataOffset, Math.multiplyExact(count(), (long) itemBytes()));
    } catch (ArithmeticException e) {
      throw new SemblanceException(
          file + " has an impossible shape " + shapeText() + ": save it again with numpy.save.", e);
    }
    if (actual != expected) {
      throw new SemblanceException(
          "%s has %d bytes, but its header (%s of %s) asks for %d: the file is %s; write or copy it again."
              .formatted(
                  file,
                  actual,
                  shapeText(),
                  type,
                  expected,
                  actual < expected ? "truncated" : "not what it says"));
    }
  }

  private String shapeText() {
    return LongStream.of(shape).mapToObj(Long::toString).collect(Collectors.joining(" x "));
  }

  private static NpyHeader parse(String text, int dataOffset, Path file) throws SemblanceException {
    Matcher type = TYPE.matcher(text);
    Matcher order = ORDER.matcher(text);
    Matcher shape = SHAPE.matcher(text);
    if (!type.find() || !order.find() || !shape.find()) {
      throw new SemblanceException(
          file
              + " has no readable numpy header (a plain array of numbers is needed, no records or"
              + " objects).");
    }
    if (order.group(1).equals("True")) {
      throw new SemblanceException(
          file + " is in Fortran order: save numpy.ascontiguousarray(x) instead.");
    }
    String descriptor = type.group(1);
    if (!descriptor.matches("[<|][fiu][1248]")) {
      throw new SemblanceException(
          file
              + " holds numbers of type '"
              + descriptor
              + "': little-endian numbers are needed, save x.astype('<f4') instead.");
    }
    try {
      long[] sizes =
          Arrays.stream(shape.group(1).split(",", -1))
              .map(String::strip)
              .filter(s -> !s.isEmpty())
              .mapToLong(Long::parseLong)
              .toArray();
      return new NpyHeader(descriptor, sizes, dataOffset);
    } catch (NumberFormatException e) {
      throw new SemblanceException(
          file
              + " has an unreadable shape ("
              + shape.group(1)
              + "): save it again with numpy.save.",
          e);
    }
  }

  private static ByteBuffer bytes(FileChannel channel, long from, int count, Path file)
      throws IOException {
    if (channel.size() < from + count) {
      throw new SemblanceException(
          file
              + " ends at byte "
              + channel.size()
              + ", inside its header: the file is truncated; write or copy it again.");
    }
    ByteBuffer buffer = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining() && channel.read(buffer, from + buffer.position()) >= 0) {
      // the size was checked above; a short read only means another turn
    }
    return buffer.flip();
  }
}

package io.semblance.core.array;

import io.semblance.core.SemblanceException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// Vectors in the formats of the benchmarks for nearest neighbours, little-endian, mapped. Close it
/// to release the mapping.
///
/// In `.fvecs`, `.bvecs` and `.ivecs` every vector has its length in front (int32); in `.fbin`,
/// `.u8bin`, `.i8bin` and `.ibin` the file begins with n and d (uint32 each). Source:
/// corpus-texmex.irisa.fr ("vecs") and big-ann-benchmarks.com ("bin").
public final class VectorFile implements AutoCloseable {

  private final MappedFile file;
  private final Format format;
  private final NumberArray vectors;

  /// A format, told by the file's extension.
  public enum Format {
    /// float32, each vector with its length.
    FVECS(NumberType.FLOAT32, true),
    /// uint8, each vector with its length.
    BVECS(NumberType.UINT8, true),
    /// int32, each vector with its length.
    IVECS(NumberType.INT32, true),
    /// float32 behind n and d.
    FBIN(NumberType.FLOAT32, false),
    /// uint8 behind n and d.
    U8BIN(NumberType.UINT8, false),
    /// int8 behind n and d.
    I8BIN(NumberType.INT8, false),
    /// int32 behind n and d.
    IBIN(NumberType.INT32, false);

    private final NumberType type;
    private final boolean lengths;

    Format(NumberType type, boolean lengths) {
      this.type = type;
      this.lengths = lengths;
    }

    /// @param path any file
    /// @return its format by its extension, or nothing if it is none of these
    public static Optional<Format> of(Path path) {
      Path name = path.getFileName();
      String text = name == null ? "" : name.toString().toLowerCase(Locale.ROOT);
      String extension = text.substring(text.lastIndexOf('.') + 1);
      return Arrays.stream(values())
          .filter(f -> text.contains(".") && f.extension().equals(extension))
          .findFirst();
    }

    /// @return the extension without the dot
    public String extension() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private VectorFile(MappedFile file, Format format, NumberArray vectors) {
    this.file = file;
    this.format = format;
    this.vectors = vectors;
  }

  /// @param path a file
  /// @param format how it is laid out
  /// @return the file; close it
  /// @throws SemblanceException if its size does not fit n and d, or it holds no vector
  public static VectorFile open(Path path, Format format) throws IOException {
    MappedFile file = MappedFile.open(path);
    try {
      return new VectorFile(
          file, format, format.lengths ? withLengths(file, format) : withHeader(file, format));
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private static NumberArray withHeader(MappedFile file, Format format) throws SemblanceException {
    MemorySegment head = file.slice(0, 8, "n and d");
    long n = u32(head, 0);
    long d = u32(head, 4);
    long bytes = n * d <= Long.MAX_VALUE / 8 && n * d >= 0 ? n * d * format.type.bytes() : -1;
    if (n == 0 || d == 0 || bytes != file.size() - 8) {
      throw new SemblanceException(
          "%s has %d bytes, but says it holds %d vectors of %d (%s): the file is truncated or of another format; copy or write it again."
              .formatted(file.path(), file.size(), n, d, format.type.torch()));
    }
    return NumberArray.rowMajor(
        format.type, ByteOrder.LITTLE_ENDIAN, new long[] {n, d}, file.bytes().asSlice(8));
  }

  private static NumberArray withLengths(MappedFile file, Format format) throws SemblanceException {
    long d = u32(file.slice(0, 4, "the length of its first vector"), 0);
    int size = format.type.bytes();
    long step = 4 + d * size;
    if (d == 0 || d > Integer.MAX_VALUE || file.size() % step != 0) {
      throw new SemblanceException(
          "%s has %d bytes, no multiple of a vector of %d (%s) with its length: the file is truncated or of another format; copy or write it again."
              .formatted(file.path(), file.size(), d, format.type.torch()));
    }
    return NumberArray.of(
        format.type,
        ByteOrder.LITTLE_ENDIAN,
        new long[] {file.size() / step, d},
        new long[] {step / size, 1},
        file.bytes(),
        4 / size);
  }

  /// @return n x d; valid until [#close]
  public NumberArray vectors() {
    return vectors;
  }

  /// Checks the lengths in front of vectors. Nothing else in the file says whether a vector begins
  /// where it should, so whoever copies rows asks this first.
  ///
  /// @param from first row, from 0
  /// @param count number of rows
  /// @throws SemblanceException if a length is not d; the message names row and byte
  public void requireLengths(long from, int count) throws SemblanceException {
    if (!format.lengths) {
      return;
    }
    long d = vectors.rowLength();
    long step = 4 + d * format.type.bytes();
    for (long row = from; row < from + count; row++) {
      long length = u32(file.bytes(), row * step);
      if (length != d) {
        throw new SemblanceException(
            "%s: vector %d, at byte %d, says it has %d numbers, the first has %d: the file is damaged; copy or write it again."
                .formatted(file.path(), row, row * step, length, d));
      }
    }
  }

  @Override
  public void close() {
    file.close();
  }

  private static long u32(MemorySegment in, long at) {
    return in.get(ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN), at)
        & 0xFFFFFFFFL;
  }
}

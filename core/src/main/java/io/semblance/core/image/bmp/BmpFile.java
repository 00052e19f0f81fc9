package io.semblance.core.image.bmp;

import io.semblance.core.SemblanceException;
import io.semblance.core.image.EncodedImage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Set;

/// What a bitmap says before its pixels.
///
/// @param width pixels a row
/// @param height rows
/// @param topDown whether the first row is the upper one
/// @param bits a pixel: 1, 4, 8, 16, 24 or 32
/// @param runs whether indices are run-length coded
/// @param layout of pixels of 16 bits and more, or null
/// @param palette 256 RGB triples for pixels of up to 8 bits, or null
/// @param data where the pixels begin
@SuppressWarnings("ArrayRecordComponent") // internal, read once
record BmpFile(
    int width,
    int height,
    boolean topDown,
    int bits,
    boolean runs,
    PixelLayout layout,
    byte[] palette,
    int data) {

  private static final int FILE_HEADER = 14;
  private static final int OS2_HEADER = 12;
  // as far as the number of planes, which every header has
  private static final int SHORTEST = 14;
  private static final Set<Integer> HEADERS = Set.of(OS2_HEADER, 40, 52, 56, 64, 108, 124);
  private static final int HEADER_WITH_MASKS = 52;
  private static final int HEADER_WITH_ALPHA = 56;
  private static final int PLAIN = 0;
  private static final int RUNS_OF_8 = 1;
  private static final int RUNS_OF_4 = 2;
  private static final int MASKS = 3;
  private static final int MAX_COLORS = 65_536;
  // a run of 255 pixels takes two bytes; a jump over 65,280 takes four
  private static final long MAX_PIXELS_PER_BYTE = 1 << 14;

  /// @param file any file
  /// @return whether it begins like a bitmap, with or without file header
  static boolean matches(EncodedImage file) {
    if (file.has(0, "BM")) {
      return true;
    }
    ByteBuffer buffer = file.buffer().order(ByteOrder.LITTLE_ENDIAN);
    if (buffer.limit() < SHORTEST || !HEADERS.contains(buffer.getInt(0))) {
      return false;
    }
    return buffer.getShort(buffer.getInt(0) == OS2_HEADER ? 8 : 12) == 1; // planes
  }

  /// @param file a bitmap
  /// @return its header
  /// @throws SemblanceException if it is cut off, contradicts itself or is of a kind that is not
  ///   read
  static BmpFile parse(EncodedImage file) throws SemblanceException {
    return new Parser(file).parse();
  }

  /// Reads the header.
  private static final class Parser {
    private final EncodedImage file;
    private final ByteBuffer buffer;

    Parser(EncodedImage file) {
      this.file = file;
      this.buffer = file.buffer().order(ByteOrder.LITTLE_ENDIAN);
    }

    BmpFile parse() throws SemblanceException {
      int begin = file.has(0, "BM") ? FILE_HEADER : 0;
      require(begin + 4);
      int size = buffer.getInt(begin);
      if (!HEADERS.contains(size)) {
        throw file.damaged("BMP", begin, "its header says it has " + size + " bytes");
      }
      require(begin + size);
      boolean os2 = size == OS2_HEADER;
      boolean topDown = !os2 && buffer.get(begin + 11) == (byte) 0xFF;
      long width = os2 ? buffer.getShort(begin + 4) & 0xFFFF : unsigned(begin + 4);
      long height = os2 ? buffer.getShort(begin + 6) & 0xFFFF : unsigned(begin + 8);
      if (topDown) {
        height = (1L << 32) - height;
      }
      file.requireSize(width, height);
      int bits = buffer.getShort(begin + (os2 ? 10 : 14)) & 0xFFFF;
      long compression = os2 ? PLAIN : unsigned(begin + 16);
      long colors = os2 ? 0 : unsigned(begin + 32);
      int at = begin + size;
      PixelLayout layout = null;
      if (compression == MASKS) {
        layout = layout(bits, begin, size);
        at += size < HEADER_WITH_MASKS ? 12 : 0;
      } else {
        layout = requireKnown(bits, compression);
      }
      long offset = begin == 0 ? 0 : unsigned(10);
      byte[] palette = null;
      if (bits <= 8) {
        int entry = os2 ? 3 : 4;
        long count = colors == 0 ? 1L << bits : colors;
        if (count > MAX_COLORS) {
          throw file.damaged("BMP", begin + 32, "its palette has " + count + " colours");
        }
        palette = palette(at, (int) count, entry);
        at += (int) Math.min(buffer.limit() - at, entry * count);
        if (offset == begin + size) { // some writers do not count the palette
          offset += entry * count;
        }
      }
      long data = offset == 0 ? at : offset;
      boolean runs = compression == RUNS_OF_8 || compression == RUNS_OF_4;
      requireData(width, height, bits, runs, data);
      return new BmpFile(
          (int) width, (int) height, topDown, bits, runs, layout, palette, (int) data);
    }

    private long unsigned(int at) {
      return buffer.getInt(at) & 0xFFFFFFFFL;
    }

    private PixelLayout layout(int bits, int begin, int size) throws SemblanceException {
      boolean inside = size >= HEADER_WITH_MASKS;
      int at = begin + (inside ? 40 : size);
      require(at + 12);
      int[] masks = {buffer.getInt(at), buffer.getInt(at + 4), buffer.getInt(at + 8), 0};
      if (size >= HEADER_WITH_ALPHA) {
        masks[3] = buffer.getInt(at + 12);
      }
      PixelLayout layout =
          bits == 16 || bits == 24 || bits == 32 ? PixelLayout.of(bits, masks) : null;
      if (layout == null) {
        throw file.unsupported("a BMP with an unusual layout of colours");
      }
      return layout;
    }

    private PixelLayout requireKnown(int bits, long compression) throws SemblanceException {
      boolean fits =
          compression == PLAIN
              || (compression == RUNS_OF_8 && bits == 8)
              || (compression == RUNS_OF_4 && bits == 4);
      if (!fits) {
        throw file.unsupported(
            "a BMP of compression %d with %d bits a pixel".formatted(compression, bits));
      }
      return switch (bits) {
        case 1, 4, 8 -> null;
        case 16 -> PixelLayout.BITS_555;
        case 24, 32 -> PixelLayout.BGR;
        default -> throw file.unsupported("a BMP of " + bits + " bits a pixel");
      };
    }

    // Indices beyond the palette are black, as in Pillow.
    private byte[] palette(int at, int count, int entry) {
      byte[] palette = new byte[3 * 256];
      for (int i = 0; i < Math.min(256, count) && at + (i + 1) * entry <= buffer.limit(); i++) {
        palette[3 * i] = buffer.get(at + i * entry + 2);
        palette[3 * i + 1] = buffer.get(at + i * entry + 1);
        palette[3 * i + 2] = buffer.get(at + i * entry);
      }
      return palette;
    }

    private void requireData(long width, long height, int bits, boolean runs, long data)
        throws SemblanceException {
      long left = buffer.limit() - data;
      // the last row may lack the bytes that fill it up
      long needed = runs ? 0 : rowBytes(width, bits) * (height - 1) + (width * bits + 7) / 8;
      if (left < needed) {
        throw file.damaged(
            "BMP",
            buffer.limit(),
            "it is cut off, %d more bytes should follow".formatted(needed - left));
      }
      if (runs && width * height > MAX_PIXELS_PER_BYTE * Math.max(0, left)) {
        throw file.damaged(
            "BMP", data, "%d bytes cannot hold %d x %d pixels".formatted(left, width, height));
      }
    }

    private void require(int length) throws SemblanceException {
      if (buffer.limit() < length) {
        throw file.damaged("BMP", buffer.limit(), "it is cut off inside its header");
      }
    }
  }

  /// @param width pixels
  /// @param bits a pixel
  /// @return bytes a row takes, with those that fill it up
  static long rowBytes(long width, int bits) {
    return (width * bits + 31) / 32 * 4;
  }
}

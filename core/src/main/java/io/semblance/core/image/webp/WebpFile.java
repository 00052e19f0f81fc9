package io.semblance.core.image.webp;

import io.semblance.core.SemblanceException;
import io.semblance.core.image.EncodedImage;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// What a WebP file says before its first picture is decoded.
///
/// @param width columns of the canvas
/// @param height rows of the canvas
/// @param alpha whether pixels may be transparent; else alpha is ignored
/// @param animated whether the picture is the first of an animation
/// @param left first column of the picture
/// @param top its first row
/// @param picture its bitstream and its alpha, in the way they stand in the file
/// @param exif the EXIF chunk, or null
record WebpFile(
    int width,
    int height,
    boolean alpha,
    boolean animated,
    int left,
    int top,
    Picture picture,
    ByteBuffer exif) {

  /// A picture's chunks.
  ///
  /// @param width columns
  /// @param height rows
  /// @param lossless whether the bitstream is VP8L rather than VP8
  /// @param bits the bitstream
  /// @param alpha its alpha, for VP8, or null
  /// @param transparent whether it says that it has alpha
  record Picture(
      int width,
      int height,
      boolean lossless,
      ByteBuffer bits,
      ByteBuffer alpha,
      boolean transparent) {}

  private static final int RIFF_HEADER = 12;
  private static final int CHUNK_HEADER = 8;
  private static final int ANIMATION_FLAG = 0x02;
  private static final int ALPHA_FLAG = 0x10;
  private static final int FRAME_HEADER = 16;
  // A picture of one colour takes a few bytes at any size: this is a limit of ours.
  private static final long FREE_PIXELS = 1 << 24;
  private static final long MAX_PIXELS_PER_BYTE = 1 << 14;

  /// @param file the whole file
  /// @return its canvas and first picture
  /// @throws SemblanceException if it has none, is cut off, or contradicts itself
  static WebpFile parse(EncodedImage file) throws SemblanceException {
    return new Parser(file).parse();
  }

  /// @return the picture as a file of its own
  byte[] still() {
    var out = new ByteArrayOutputStream();
    if (picture.alpha() != null) {
      ByteBuffer extended = ByteBuffer.allocate(10).order(ByteOrder.LITTLE_ENDIAN);
      extended.putInt(ALPHA_FLAG);
      put24(extended, picture.width() - 1);
      put24(extended, picture.height() - 1);
      writeChunk(out, "VP8X", extended.flip());
      writeChunk(out, "ALPH", picture.alpha().duplicate());
    }
    writeChunk(out, picture.lossless() ? "VP8L" : "VP8 ", picture.bits().duplicate());
    var file = new ByteArrayOutputStream();
    ByteBuffer head = ByteBuffer.allocate(RIFF_HEADER).order(ByteOrder.LITTLE_ENDIAN);
    head.put("RIFF".getBytes(StandardCharsets.ISO_8859_1)).putInt(4 + out.size());
    file.writeBytes(head.put("WEBP".getBytes(StandardCharsets.ISO_8859_1)).array());
    file.writeBytes(out.toByteArray());
    return file.toByteArray();
  }

  private static void put24(ByteBuffer buffer, int value) {
    buffer.put((byte) value).put((byte) (value >> 8)).put((byte) (value >> 16));
  }

  private static void writeChunk(ByteArrayOutputStream out, String name, ByteBuffer content) {
    int length = content.remaining();
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK_HEADER + length + (length & 1));
    chunk.order(ByteOrder.LITTLE_ENDIAN);
    chunk.put(name.getBytes(StandardCharsets.ISO_8859_1)).putInt(length).put(content);
    out.writeBytes(chunk.array());
  }

  /// Walks the chunks.
  private static final class Parser {
    private final EncodedImage file;
    private final ByteBuffer buffer;
    private ByteBuffer extended;
    private ByteBuffer exif;
    private ByteBuffer alpha;
    private Picture picture;
    private int left;
    private int top;

    Parser(EncodedImage file) {
      this.file = file;
      this.buffer = file.buffer().order(ByteOrder.LITTLE_ENDIAN);
    }

    WebpFile parse() throws SemblanceException {
      long size = buffer.limit() < RIFF_HEADER ? 0 : buffer.getInt(4) & 0xFFFFFFFFL;
      if (size < 4 || size + 8 > buffer.limit()) {
        throw file.damaged(
            "WebP", buffer.limit(), "it is cut off, it says it has %d bytes".formatted(size + 8));
      }
      walk(RIFF_HEADER, (int) size + 8, false);
      if (picture == null) {
        throw file.damaged("WebP", buffer.limit(), "it ends without a picture");
      }
      boolean animated = animated();
      int width = picture.width();
      int height = picture.height();
      boolean transparent = picture.transparent() || picture.alpha() != null;
      if (extended != null) {
        width = 1 + unsigned24(extended, 4);
        height = 1 + unsigned24(extended, 7);
        transparent = (extended.get(0) & ALPHA_FLAG) != 0;
      }
      requireRoom(width, height, animated);
      return new WebpFile(width, height, transparent, animated, left, top, picture, exif);
    }

    private boolean animated() {
      return extended != null && (extended.get(0) & ANIMATION_FLAG) != 0;
    }

    private void requireRoom(int width, int height, boolean animated) throws SemblanceException {
      file.requireSize(width, height);
      boolean inside = left + picture.width() <= width && top + picture.height() <= height;
      boolean same = width == picture.width() && height == picture.height();
      if (!(animated ? inside : same)) {
        throw file.damaged("WebP", RIFF_HEADER, "its picture does not fit its canvas");
      }
      long most = FREE_PIXELS + MAX_PIXELS_PER_BYTE * buffer.limit();
      if ((long) width * height > most) {
        throw file.damaged(
            "WebP",
            RIFF_HEADER,
            "%d bytes cannot hold %d x %d pixels".formatted(buffer.limit(), width, height));
      }
    }

    private void walk(int from, int end, boolean inFrame) throws SemblanceException {
      int at = from;
      while (at + CHUNK_HEADER <= end) {
        long length = buffer.getInt(at + 4) & 0xFFFFFFFFL;
        if (length > end - at - CHUNK_HEADER) {
          throw file.damaged("WebP", at, "a block is longer than what is left");
        }
        ByteBuffer content = buffer.slice(at + CHUNK_HEADER, (int) length);
        take(at, content.order(ByteOrder.LITTLE_ENDIAN), inFrame);
        at += CHUNK_HEADER + (int) (length + (length & 1));
      }
    }

    private void take(int at, ByteBuffer content, boolean inFrame) throws SemblanceException {
      boolean wanted = picture == null && (inFrame || !animated());
      if (file.has(at, "VP8X") && extended == null) {
        require(content, 10, at);
        extended = content;
      } else if (file.has(at, "EXIF") && exif == null) {
        exif = content.slice();
      } else if (file.has(at, "ALPH") && wanted) {
        alpha = content;
      } else if (file.has(at, "VP8 ") && wanted) {
        picture = lossy(content, at);
      } else if (file.has(at, "VP8L") && wanted) {
        picture = lossless(content, at);
      } else if (file.has(at, "ANMF") && !inFrame && picture == null && animated()) {
        require(content, FRAME_HEADER, at);
        left = 2 * unsigned24(content, 0);
        top = 2 * unsigned24(content, 3);
        walk(at + CHUNK_HEADER + FRAME_HEADER, at + CHUNK_HEADER + content.remaining(), true);
        requireFrame(content, at);
      }
    }

    private void requireFrame(ByteBuffer frame, int at) throws SemblanceException {
      boolean same =
          picture != null
              && picture.width() == 1 + unsigned24(frame, 6)
              && picture.height() == 1 + unsigned24(frame, 9);
      if (!same) {
        throw file.damaged("WebP", at, "its first picture is missing or of another size");
      }
    }

    // RFC 6386, section 9.1
    private Picture lossy(ByteBuffer bits, int at) throws SemblanceException {
      require(bits, 10, at);
      boolean key = (bits.get(0) & 1) == 0;
      boolean start = bits.get(3) == (byte) 0x9D && bits.get(4) == 1 && bits.get(5) == 0x2A;
      int width = bits.getShort(6) & 0x3FFF;
      int height = bits.getShort(8) & 0x3FFF;
      if (!key || !start) {
        throw file.damaged("WebP", at, "its picture does not begin as one does");
      }
      file.requireSize(width, height);
      return new Picture(width, height, false, bits, alpha, false);
    }

    // RFC 9649, section 3.4
    private Picture lossless(ByteBuffer bits, int at) throws SemblanceException {
      require(bits, 5, at);
      int head = bits.getInt(1);
      if (bits.get(0) != 0x2F || head >>> 29 != 0) {
        throw file.damaged("WebP", at, "its picture does not begin as one does");
      }
      int width = 1 + (head & 0x3FFF);
      int height = 1 + (head >> 14 & 0x3FFF);
      file.requireSize(width, height);
      return new Picture(width, height, true, bits, null, (head >> 28 & 1) != 0);
    }

    private void require(ByteBuffer content, int length, int at) throws SemblanceException {
      if (content.remaining() < length) {
        throw file.damaged("WebP", at, "a block is too short");
      }
    }
  }

  private static int unsigned24(ByteBuffer buffer, int at) {
    return buffer.getShort(at) & 0xFFFF | (buffer.get(at + 2) & 0xFF) << 16;
  }
}

package io.semblance.core.image.gif;

import io.semblance.core.SemblanceException;
import io.semblance.core.image.EncodedImage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// What a GIF file says about its first picture.
///
/// @param width columns of the screen, widened where the picture leaves it
/// @param height rows of the screen
/// @param left first column of the picture
/// @param top its first row
/// @param pictureWidth its columns
/// @param pictureHeight its rows
/// @param interlaced whether its rows come in four passes
/// @param transparent the index that is transparent, or -1
/// @param palette 256 RGB triples, the transparent one white
/// @param minCodeSize bits of an index, as the compressed data begin
/// @param data where the blocks of compressed data begin
@SuppressWarnings("ArrayRecordComponent") // internal, read once
record GifFile(
    int width,
    int height,
    int left,
    int top,
    int pictureWidth,
    int pictureHeight,
    boolean interlaced,
    int transparent,
    byte[] palette,
    int minCodeSize,
    int data) {

  private static final int SCREEN = 13;
  private static final int PICTURE = 9;
  private static final int HAS_PALETTE = 0x80;
  private static final int INTERLACED = 0x40;
  private static final int EXTENSION = '!';
  private static final int IMAGE = ',';
  private static final int TRAILER = ';';
  private static final int GRAPHIC_CONTROL = 0xF9;
  private static final int MAX_CODE_SIZE = 12;
  // a code of 9 bits and more stands for 4,096 pixels at most; the screen around may be larger
  private static final long MAX_PIXELS_PER_BYTE = 1 << 15;

  /// @param file the whole file
  /// @return what it says of its first picture
  /// @throws SemblanceException if it has none, or is cut off, or too large
  static GifFile parse(EncodedImage file) throws SemblanceException {
    return new Parser(file).parse();
  }

  /// Walks the blocks.
  private static final class Parser {
    private final EncodedImage file;
    private final ByteBuffer buffer;
    private int transparent = -1;

    Parser(EncodedImage file) {
      this.file = file;
      this.buffer = file.buffer().order(ByteOrder.LITTLE_ENDIAN);
    }

    GifFile parse() throws SemblanceException {
      require(SCREEN);
      int width = buffer.getShort(6) & 0xFFFF;
      int height = buffer.getShort(8) & 0xFFFF;
      int flags = buffer.get(10);
      buffer.position(SCREEN);
      byte[] global = palette(flags);
      while (true) {
        require(1);
        int kind = buffer.get();
        if (kind == EXTENSION) {
          readExtension();
        } else if (kind == IMAGE) {
          GifFile gif = readPicture(width, height, global);
          requireRest();
          return gif;
        } else if (kind == TRAILER) {
          throw file.damaged("GIF", buffer.position() - 1, "it ends without a picture");
        } // Pillow skips other bytes, too
      }
    }

    private GifFile readPicture(int screenWidth, int screenHeight, byte[] global)
        throws SemblanceException {
      int at = buffer.position();
      require(PICTURE);
      int left = buffer.getShort() & 0xFFFF;
      int top = buffer.getShort() & 0xFFFF;
      int width = buffer.getShort() & 0xFFFF;
      int height = buffer.getShort() & 0xFFFF;
      int flags = buffer.get();
      byte[] local = palette(flags);
      require(1);
      int codeSize = buffer.get() & 0xFF;
      if (codeSize > MAX_CODE_SIZE) {
        throw file.damaged("GIF", at, "its picture has indices of " + codeSize + " bits");
      }
      file.requireSize(width, height);
      int wide = Math.max(screenWidth, left + width);
      int high = Math.max(screenHeight, top + height);
      file.requireSize(wide, high);
      if ((long) wide * high > MAX_PIXELS_PER_BYTE * file.bytes().length) {
        throw file.damaged(
            "GIF",
            at,
            "%d bytes cannot hold %d x %d pixels".formatted(file.bytes().length, wide, high));
      }
      byte[] colors = colors(local == null ? global : isRamp(local) ? global : local);
      if (transparent >= 0) {
        java.util.Arrays.fill(colors, 3 * transparent, 3 * transparent + 3, (byte) 255);
      }
      boolean interlaced = (flags & INTERLACED) != 0;
      int data = buffer.position();
      skipBlocks();
      return new GifFile(
          wide, high, left, top, width, height, interlaced, transparent, colors, codeSize, data);
    }

    private byte[] palette(int flags) throws SemblanceException {
      if ((flags & HAS_PALETTE) == 0) {
        return null;
      }
      byte[] palette = new byte[3 * (2 << (flags & 7))];
      require(palette.length);
      buffer.get(palette);
      return palette;
    }

    // A palette of greys in order is none to Pillow: neither does it cover the global one, nor are
    // indices beyond its end black.
    private static boolean isRamp(byte[] palette) {
      for (int i = 0; i < palette.length; i++) {
        if ((palette[i] & 0xFF) != i / 3) {
          return false;
        }
      }
      return true;
    }

    private static byte[] colors(byte[] palette) {
      byte[] colors = new byte[3 * 256];
      if (palette != null && !isRamp(palette)) {
        System.arraycopy(palette, 0, colors, 0, palette.length);
        return colors;
      }
      for (int i = 0; i < colors.length; i++) {
        colors[i] = (byte) (i / 3);
      }
      return colors;
    }

    private void readExtension() throws SemblanceException {
      require(2);
      int label = buffer.get() & 0xFF;
      int at = buffer.position();
      int length = buffer.get(at) & 0xFF;
      skipBlocks();
      if (label == GRAPHIC_CONTROL && length >= 4 && (buffer.get(at + 1) & 1) != 0) {
        transparent = buffer.get(at + 4) & 0xFF;
      }
    }

    private void skipBlocks() throws SemblanceException {
      int length;
      do {
        require(1);
        length = buffer.get() & 0xFF;
        require(length);
        buffer.position(buffer.position() + length);
      } while (length > 0);
    }

    // Later pictures are not shown, but a file cut off in one of them is no whole file. The trailer
    // itself may be missing. Where it is there, the file is whole, even if what lies between makes
    // no sense: Pillow writes palettes of wrong lengths.
    private void requireRest() throws SemblanceException {
      if (file.bytes()[file.bytes().length - 1] == TRAILER) {
        return;
      }
      while (buffer.hasRemaining()) {
        int kind = buffer.get();
        if (kind == EXTENSION) {
          require(1);
          buffer.get();
          skipBlocks();
        } else if (kind == IMAGE) {
          require(PICTURE);
          int flags = buffer.get(buffer.position() + PICTURE - 1);
          buffer.position(buffer.position() + PICTURE);
          palette(flags);
          require(1);
          buffer.get();
          skipBlocks();
        } else {
          return;
        }
      }
    }

    private void require(int count) throws SemblanceException {
      if (buffer.remaining() < count) {
        throw file.damaged(
            "GIF",
            buffer.position(),
            "it is cut off, %d more bytes should follow".formatted(count - buffer.remaining()));
      }
    }
  }
}

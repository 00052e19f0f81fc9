package io.semblance.core.image;

import io.semblance.core.SemblanceException;
import java.io.ByteArrayOutputStream;

/// What a JPEG file says before its pixels are decoded, and the file without what only concerns
/// colour management and cameras.
///
/// @param width pixels a row
/// @param height rows
/// @param channels 1, 3 or 4
/// @param transformed whether channels are luma and chroma (YCbCr, or YCCK) rather than RGB or CMYK
/// @param stream the file without application blocks, marked so that the platform's decoder hands
///   over channels as stored
@SuppressWarnings("ArrayRecordComponent") // internal, read once
record JpegFile(int width, int height, int channels, boolean transformed, byte[] stream) {

  // "Adobe" block with transform 0: three channels are RGB, four are CMYK, nothing is converted
  private static final byte[] AS_STORED = {
    (byte) 0xFF, (byte) 0xEE, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, 0
  };
  // a block of 64 pixels takes a bit at least, in its first scan
  private static final long MAX_PIXELS_PER_BYTE = 512;
  private static final int NO_ADOBE = -1;

  static JpegFile parse(byte[] bytes, String name) throws SemblanceException {
    var kept = new ByteArrayOutputStream(bytes.length + AS_STORED.length);
    kept.write(bytes, 0, 2);
    kept.writeBytes(AS_STORED);
    boolean jfif = false;
    int adobe = NO_ADOBE;
    int frame = -1;
    int at = 2;
    while (true) {
      at = marker(bytes, at, name);
      int marker = bytes[at - 1] & 0xFF;
      int length = at + 2 <= bytes.length ? unsignedShort(bytes, at) : Integer.MAX_VALUE;
      if (length < 2 || length > bytes.length - at) {
        throw damaged(name, at - 2, "it is cut off inside a header block");
      }
      if (marker == 0xE0 && starts(bytes, at + 2, "JFIF\0")) {
        jfif = true;
      } else if (marker == 0xEE && length >= 14 && starts(bytes, at + 2, "Adobe")) {
        adobe = bytes[at + 13] & 0xFF;
      } else if (isFrame(marker)) {
        requireKnownCoding(marker, bytes[at + 2], name);
        frame = at;
      }
      if (marker == 0xDA) {
        if (frame < 0) {
          throw damaged(name, at - 2, "its picture begins without a size");
        }
        kept.write(bytes, at - 2, bytes.length - at + 2);
        return of(bytes, frame, jfif, adobe, kept.toByteArray(), name);
      }
      if (!isApplication(marker)) {
        kept.write(bytes, at - 2, length + 2);
      }
      at += length;
    }
  }

  private static JpegFile of(
      byte[] bytes, int frame, boolean jfif, int adobe, byte[] stream, String name)
      throws SemblanceException {
    if (unsignedShort(bytes, frame) < 8) {
      throw damaged(name, frame, "its size block is too short");
    }
    int height = unsignedShort(bytes, frame + 3);
    int width = unsignedShort(bytes, frame + 5);
    int channels = bytes[frame + 7] & 0xFF;
    ImageReader.requireSize(width, height, name);
    if ((channels != 1 && channels != 3 && channels != 4)
        || unsignedShort(bytes, frame) < 8 + 3 * channels) {
      throw damaged(name, frame, "it says it has " + channels + " channels");
    }
    if ((long) width * height > MAX_PIXELS_PER_BYTE * bytes.length) {
      throw damaged(
          name,
          frame,
          "%d bytes cannot hold %d x %d pixels".formatted(bytes.length, width, height));
    }
    boolean rgbNames =
        bytes[frame + 8] == 'R'
            && channels == 3
            && bytes[frame + 11] == 'G'
            && bytes[frame + 14] == 'B';
    boolean transformed =
        switch (channels) {
          case 3 -> jfif || (adobe == NO_ADOBE ? !rgbNames : adobe != 0);
          case 4 -> adobe > 0;
          default -> false;
        };
    return new JpegFile(width, height, channels, transformed, stream);
  }

  private static int marker(byte[] bytes, int from, String name) throws SemblanceException {
    int at = from;
    while (at < bytes.length && bytes[at] != (byte) 0xFF) {
      at++; // libjpeg skips stray bytes between blocks, too
    }
    while (at < bytes.length && bytes[at] == (byte) 0xFF) {
      at++;
    }
    if (at >= bytes.length || bytes[at] == (byte) 0xD9) {
      throw damaged(name, Math.min(at, bytes.length), "it ends before its picture begins");
    }
    return at + 1;
  }

  private static void requireKnownCoding(int marker, int bits, String name)
      throws SemblanceException {
    if (marker > 0xC2 || bits != 8) {
      throw new SemblanceException(
          "%s is a JPEG file of a rare kind (coding %X, %d bits), which is not read: save it again as PNG."
              .formatted(name, marker, bits));
    }
  }

  private static boolean isFrame(int marker) {
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
  }

  private static boolean isApplication(int marker) {
    return (marker >= 0xE0 && marker <= 0xEF) || marker == 0xFE;
  }

  private static boolean starts(byte[] bytes, int at, String text) {
    for (int i = 0; i < text.length(); i++) {
      if (at + i >= bytes.length || bytes[at + i] != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static int unsignedShort(byte[] bytes, int at) {
    return (bytes[at] & 0xFF) << 8 | (bytes[at + 1] & 0xFF);
  }

  static SemblanceException damaged(String name, int offset, String what) {
    return new SemblanceException(
        "%s is a damaged JPEG file (at byte %d: %s): replace the file."
            .formatted(name, offset, what));
  }
}

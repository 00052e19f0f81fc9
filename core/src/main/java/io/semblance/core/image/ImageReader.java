package io.semblance.core.image;

import io.semblance.core.SemblanceException;
import io.semblance.core.file.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Reads PNG and JPEG files as 8-bit RGB, with the pixels that Pillow's `convert("RGB")` gives.
///
/// Grey becomes three equal channels, palettes are looked up, 16-bit samples keep their high byte,
/// transparency is composited on white. Stored samples are used as they are: ICC profiles, gamma
/// and EXIF orientation change nothing, as in Pillow. Unlike Pillow, 16-bit grey keeps its high
/// byte too (Pillow saturates at 255), a file cut off anywhere is refused, and so is a picture
/// above [#MAX_PIXELS]. JPEG with vertically halved chroma only (4:4:0, rare) may differ by a few
/// levels.
///
/// Stateless, safe for use by several threads.
public final class ImageReader {

  /// Pixels an image may have: twice Pillow's warning limit, where Pillow refuses too.
  public static final int MAX_PIXELS = 178_956_970;

  private ImageReader() {}

  /// Reads a file.
  ///
  /// @param file a PNG or JPEG file, recognised by its first bytes whatever its name
  /// @return its pixels
  /// @throws SemblanceException if it is missing, no PNG or JPEG, damaged, cut off or too large
  public static RgbImage read(Path file) throws IOException {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (IOException e) {
      throw new SemblanceException(
          "Cannot read " + file + " (" + AtomicFile.reason(e) + "): check the path.", e);
    }
    return read(bytes, file.toString());
  }

  /// Decodes the bytes of a file.
  ///
  /// @param bytes a whole PNG or JPEG file; not kept
  /// @param name what to call it in messages
  /// @return its pixels
  /// @throws SemblanceException as [#read(Path)]
  public static RgbImage read(byte[] bytes, String name) throws SemblanceException {
    if (isPng(bytes)) {
      return new PngPixels(PngFile.parse(bytes, name), name).decode();
    }
    if (isJpeg(bytes)) {
      return JpegPixels.decode(JpegFile.parse(bytes, name), name);
    }
    throw new SemblanceException(name + " " + whatElse(bytes));
  }

  /// Looks at a file's structure without decompressing its pixels: all blocks and checksums of a
  /// PNG, the header of a JPEG. Cheap, and finds a PNG that is cut off or changed.
  ///
  /// @param bytes a whole PNG or JPEG file
  /// @param name what to call it in messages
  /// @throws SemblanceException if the file is no PNG or JPEG, or damage is seen
  public static void check(byte[] bytes, String name) throws SemblanceException {
    if (isPng(bytes)) {
      PngFile.parse(bytes, name);
    } else if (isJpeg(bytes)) {
      JpegFile.parse(bytes, name);
    } else {
      throw new SemblanceException(name + " " + whatElse(bytes));
    }
  }

  /// @param bytes the beginning of a file
  /// @return whether they are those of a PNG file
  public static boolean isPng(byte[] bytes) {
    return startsWith(bytes, 0, "\u0089PNG\r\n\u001a\n");
  }

  private static boolean isJpeg(byte[] bytes) {
    return startsWith(bytes, 0, "\u00ff\u00d8\u00ff");
  }

  static void requireSize(long width, long height, String name) throws SemblanceException {
    if (width < 1 || height < 1) {
      throw new SemblanceException(
          "%s is damaged: it says it is %d x %d pixels; replace the file."
              .formatted(name, width, height));
    }
    if (width * height > MAX_PIXELS) {
      throw new SemblanceException(
          "%s has %d x %d pixels, more than the %d that are read: make a smaller copy."
              .formatted(name, width, height, MAX_PIXELS));
    }
  }

  private static String whatElse(byte[] bytes) {
    if (bytes.length == 0) {
      return "is empty: replace the file.";
    }
    String format =
        startsWith(bytes, 0, "GIF8")
            ? "a GIF image"
            : startsWith(bytes, 8, "WEBP")
                ? "a WebP image"
                : startsWith(bytes, 0, "BM")
                    ? "a BMP image"
                    : startsWith(bytes, 0, "II*\0") || startsWith(bytes, 0, "MM\0*")
                        ? "a TIFF image"
                        : startsWith(bytes, 4, "ftyp") ? "an AVIF, HEIC or video file" : null;
    return format == null
        ? "is neither a PNG nor a JPEG image: replace the file."
        : "is " + format + ", which is not read: convert it to PNG or JPEG.";
  }

  private static boolean startsWith(byte[] bytes, int at, String text) {
    byte[] expected = text.getBytes(StandardCharsets.ISO_8859_1);
    return bytes.length >= at + expected.length
        && java.util.Arrays.equals(bytes, at, at + expected.length, expected, 0, expected.length);
  }
}

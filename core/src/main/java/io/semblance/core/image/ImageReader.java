package io.semblance.core.image;

import io.semblance.core.SemblanceException;
import io.semblance.core.file.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/// Reads image files as 8-bit RGB, with the pixels that Pillow's `convert("RGB")` gives.
///
/// Formats: PNG, JPEG, WebP, GIF, BMP and TIFF; of several pictures the first. Grey becomes three
/// equal channels, palettes are looked up, 16-bit samples keep their high byte, transparency is
/// composited on white. Stored samples are used as they are: ICC profiles and gamma change nothing,
/// as in Pillow. EXIF orientation and 16-bit grey follow [ReadOptions]; a TIFF's orientation, a tag
/// of the format itself, is always applied, as Pillow does on loading.
///
/// Unlike Pillow, a file cut off anywhere is refused, and so is one whose compressed data make no
/// sense, or that is larger or slower than [ReadOptions] allow.
///
/// Stateless, safe for use by several threads.
public final class ImageReader {

  /// Pixels an image may have: twice Pillow's warning limit, where Pillow refuses too.
  public static final int MAX_PIXELS = 178_956_970;

  /// Counts the changes of pixels from one release to the next, so that vectors made before one are
  /// not mixed with later ones.
  public static final int VERSION = 2;

  /// Endings of the files that are read, in lower case, without the dot.
  public static final Set<String> EXTENSIONS =
      Set.of(
          "png", "apng", "jpg", "jpeg", "jpe", "jfif", "webp", "gif", "bmp", "dib", "tif", "tiff");

  private ImageReader() {}

  /// Reads a file with the default options.
  ///
  /// @param file an image, recognised by its first bytes whatever its name
  /// @return its pixels
  /// @throws SemblanceException if it is missing, no image of a known format, damaged, cut off or
  ///   too large
  public static RgbImage read(Path file) throws SemblanceException {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (IOException e) {
      throw new SemblanceException(
          "Cannot read " + file + " (" + AtomicFile.reason(e) + "): check the path.", e);
    }
    return read(bytes, file.toString());
  }

  /// Decodes the bytes of a file with the default options.
  ///
  /// @param bytes a whole image file; not kept
  /// @param name what to call it in messages
  /// @return its pixels
  /// @throws SemblanceException as [#read(Path)]
  public static RgbImage read(byte[] bytes, String name) throws SemblanceException {
    return read(bytes, name, ReadOptions.defaults());
  }

  /// Decodes the bytes of a file.
  ///
  /// @param bytes a whole image file; not kept
  /// @param name what to call it in messages
  /// @param options how to read it
  /// @return its pixels
  /// @throws SemblanceException as [#read(Path)], or if it takes longer than the options allow
  public static RgbImage read(byte[] bytes, String name, ReadOptions options)
      throws SemblanceException {
    var file = new EncodedImage(bytes, name, options);
    ImageFormat format = format(file);
    ImageDecoder decoder = format.decoder();
    try {
      RgbImage image = decoder.decode(file);
      return switch (options.orientation()) {
        case IGNORE ->
            format == ImageFormat.TIFF ? Turn.upright(image, decoder.orientation(file)) : image;
        case APPLY -> Turn.upright(image, decoder.orientation(file));
      };
    } catch (OutOfMemoryError e) {
      throw new SemblanceException(
          "%s does not fit into memory: give Java more (-Xmx), or make a smaller copy."
              .formatted(name),
          e);
    }
  }

  /// Looks at a file's structure without decompressing its pixels. Cheap, and finds a file that is
  /// no image, or cut off where its blocks have lengths, or, in a PNG, changed.
  ///
  /// @param bytes a whole image file
  /// @param name what to call it in messages
  /// @throws SemblanceException if the file is no image of a known format, or damage is seen
  public static void check(byte[] bytes, String name) throws SemblanceException {
    var file = new EncodedImage(bytes, name, ReadOptions.defaults());
    format(file).decoder().check(file);
  }

  /// @param bytes the beginning of a file
  /// @return whether they are those of a PNG file
  public static boolean isPng(byte[] bytes) {
    return ImageFormat.PNG.matches(new EncodedImage(bytes, "", ReadOptions.defaults()));
  }

  /// The ending that files of an image's format have.
  ///
  /// @param bytes an image that [#read(byte\[\], String)] reads
  /// @return in lower case, without the dot, one of [#EXTENSIONS]
  /// @throws IllegalArgumentException if it is of no format that is read
  public static String extension(byte[] bytes) {
    ImageFormat format = ImageFormat.of(new EncodedImage(bytes, "", ReadOptions.defaults()));
    if (format == null) {
      throw new IllegalArgumentException("these bytes are no image of a known format");
    }
    return format.extension();
  }

  private static ImageFormat format(EncodedImage file) throws SemblanceException {
    ImageFormat format = ImageFormat.of(file);
    if (format != null) {
      return format;
    }
    String name = file.name();
    if (file.bytes().length == 0) {
      throw new SemblanceException(name + " is empty: replace the file.");
    }
    String foreign = ForeignFormat.of(file);
    throw new SemblanceException(
        foreign == null
            ? name + " is no PNG, JPEG, WebP, GIF, BMP or TIFF image: replace the file."
            : name + " is " + foreign + ", which is not read: convert it to PNG or JPEG.");
  }
}

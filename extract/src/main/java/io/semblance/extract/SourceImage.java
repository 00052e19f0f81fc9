package io.semblance.extract;

import io.semblance.core.SemblanceException;
import io.semblance.core.collection.CollectionImage;
import io.semblance.core.collection.Labels;
import io.semblance.core.file.Sha256;
import io.semblance.core.image.ImageReader;
import io.semblance.core.image.ReadOptions;
import io.semblance.core.image.RgbImage;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/// An image as an extractor meets it: its file's bytes, and its labels where known.
///
/// @param id what to call it in messages
/// @param labels category, style, instance where known
/// @param bytes the whole file, shared: do not write
/// @param reading how it becomes pixels
/// @param change made to the pixels before they are looked at, or null for none
@SuppressWarnings("ArrayRecordComponent") // files are shared on purpose, not copied
public record SourceImage(
    String id, Labels labels, byte[] bytes, ReadOptions reading, UnaryOperator<RgbImage> change) {

  /// An image that is looked at as it is.
  ///
  /// @param id what to call it in messages
  /// @param labels category, style, instance where known
  /// @param bytes the whole file, shared: do not write
  /// @param reading how it becomes pixels
  public SourceImage(String id, Labels labels, byte[] bytes, ReadOptions reading) {
    this(id, labels, bytes, reading, null);
  }

  /// An image that is read with the default options.
  ///
  /// @param id what to call it in messages
  /// @param labels category, style, instance where known
  /// @param bytes the whole file, shared: do not write
  public SourceImage(String id, Labels labels, byte[] bytes) {
    this(id, labels, bytes, ReadOptions.defaults());
  }

  /// Reads an image of a collection.
  ///
  /// @param image where it lies
  /// @param reading how it becomes pixels
  /// @return its bytes and labels
  /// @throws SemblanceException if the file cannot be read
  public static SourceImage read(CollectionImage image, ReadOptions reading)
      throws SemblanceException {
    return new SourceImage(image.id(), image.labels(), image.read(), reading);
  }

  /// Reads an image of a collection, to be decoded with the default options.
  ///
  /// @param image where it lies
  /// @return its bytes and labels
  /// @throws SemblanceException if the file cannot be read
  public static SourceImage read(CollectionImage image) throws SemblanceException {
    return read(image, ReadOptions.defaults());
  }

  /// Reads a file that belongs to no collection.
  ///
  /// @param file an image file
  /// @return its bytes, without labels
  /// @throws SemblanceException if the file cannot be read
  public static SourceImage read(Path file) throws SemblanceException {
    return read(new CollectionImage(file.toString(), file, Labels.NONE));
  }

  /// @param view made to the pixels before they are looked at
  /// @return the same image, seen so
  public SourceImage seenAs(UnaryOperator<RgbImage> view) {
    return new SourceImage(id, labels, bytes, reading, view);
  }

  /// Decodes the file, anew at each call.
  ///
  /// @return its pixels as they are to be looked at, 8-bit RGB
  /// @throws SemblanceException if it is no image of a known format, damaged, too large or too slow
  public RgbImage pixels() throws SemblanceException {
    RgbImage decoded = ImageReader.read(bytes, id, reading);
    return change == null ? decoded : change.apply(decoded);
  }

  /// @return hash of the file, 64 hexadecimal characters
  public String sha256() {
    return Sha256.of(bytes);
  }
}

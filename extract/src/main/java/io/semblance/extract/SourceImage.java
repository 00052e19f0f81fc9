package io.semblance.extract;

import io.semblance.core.SemblanceException;
import io.semblance.core.collection.CollectionImage;
import io.semblance.core.collection.Labels;
import io.semblance.core.file.Sha256;
import io.semblance.core.image.ImageReader;
import io.semblance.core.image.RgbImage;
import java.nio.file.Path;

/// An image as an extractor meets it: its file's bytes, and its labels where known.
///
/// @param id what to call it in messages
/// @param labels category, style, instance where known
/// @param bytes the whole file, shared: do not write
@SuppressWarnings("ArrayRecordComponent") // files are shared on purpose, not copied
public record SourceImage(String id, Labels labels, byte[] bytes) {

  /// Reads an image of a collection.
  ///
  /// @param image where it lies
  /// @return its bytes and labels
  /// @throws SemblanceException if the file cannot be read
  public static SourceImage read(CollectionImage image) throws SemblanceException {
    return new SourceImage(image.id(), image.labels(), image.read());
  }

  /// Reads a file that belongs to no collection.
  ///
  /// @param file a PNG or JPEG file
  /// @return its bytes, without labels
  /// @throws SemblanceException if the file cannot be read
  public static SourceImage read(Path file) throws SemblanceException {
    return read(new CollectionImage(file.toString(), file, Labels.NONE));
  }

  /// Decodes the file, anew at each call.
  ///
  /// @return its pixels, 8-bit RGB
  /// @throws SemblanceException if it is no PNG or JPEG, or damaged
  public RgbImage pixels() throws SemblanceException {
    return ImageReader.read(bytes, id);
  }

  /// @return hash of the file, 64 hexadecimal characters
  public String sha256() {
    return Sha256.of(bytes);
  }
}

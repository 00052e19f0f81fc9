package io.semblance.core.collection;

import io.semblance.core.SemblanceException;
import io.semblance.core.file.AtomicFile;
import java.io.IOException;
import java.nio.file.Path;

/// One image of a collection.
///
/// @param id stable name: the path below the collection's root with `/` between folders
/// @param source where its bytes lie
/// @param labels category, style, instance where known
public record CollectionImage(String id, ImageSource source, Labels labels) {

  /// An image that is a file of its own.
  ///
  /// @param id stable name
  /// @param path the file
  /// @param labels where known
  public CollectionImage(String id, Path path, Labels labels) {
    this(id, new ImageSource.InFile(path), labels);
  }

  /// @return the file that is or contains the image
  public Path path() {
    return source.file();
  }

  /// Reads the image's bytes.
  ///
  /// @return a fresh array
  /// @throws SemblanceException if they cannot be read; the message begins with the id
  public byte[] read() throws SemblanceException {
    try {
      return source.read();
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /// A failure of reading this image, told to the person at the keyboard.
  ///
  /// @param failure of the file system
  /// @return the same as a sentence that begins with the id
  public SemblanceException unreadable(IOException failure) {
    return failure instanceof SemblanceException known
        ? known
        : new SemblanceException(
            "%s cannot be read (%s): check the file.".formatted(id, AtomicFile.reason(failure)),
            failure);
  }
}

package io.semblance.core.collection;

import java.nio.file.Path;

/// How a collection is read from what a user has.
///
/// @param pattern where labels come from, or null; columns `category`, `style` and `instance` of a
///   manifest count where it says nothing
/// @param imageColumn column of a manifest that holds paths or bytes of images, or null for the
///   usual names
/// @param idColumn column of a Parquet file with image bytes that names them, or null for the usual
///   names
/// @param root folder that relative paths of a manifest begin at, or null for the manifest's own
public record CollectionOptions(
    FileNamePattern pattern, String imageColumn, String idColumn, Path root) {

  /// @return no pattern, the usual columns
  public static CollectionOptions defaults() {
    return new CollectionOptions(null, null, null, null);
  }

  /// @param value where labels come from, or null
  /// @return these options with another pattern
  public CollectionOptions withPattern(FileNamePattern value) {
    return new CollectionOptions(value, imageColumn, idColumn, root);
  }

  /// @param value column of paths or bytes, or null
  /// @return these options with another column
  public CollectionOptions withImageColumn(String value) {
    return new CollectionOptions(pattern, value, idColumn, root);
  }

  /// @param value column of names, or null
  /// @return these options with another column
  public CollectionOptions withIdColumn(String value) {
    return new CollectionOptions(pattern, imageColumn, value, root);
  }

  /// @param value folder that relative paths begin at, or null
  /// @return these options with another folder
  public CollectionOptions withRoot(Path value) {
    return new CollectionOptions(pattern, imageColumn, idColumn, value);
  }

  /// The labels of an image.
  ///
  /// @param id its id
  /// @param known what its manifest says
  /// @return what the pattern says, else what is known
  Labels labels(String id, Labels known) {
    return pattern == null ? known : pattern.match(id).orElse(known);
  }
}

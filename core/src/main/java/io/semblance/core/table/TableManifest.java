package io.semblance.core.table;

import java.util.List;

/// What a table folder says of itself in `manifest.json`. Holds no time stamp: the same run writes
/// the same bytes.
///
/// @param format version of the folder's layout, [#FORMAT] today
/// @param provenance which model made the vectors
/// @param extractor hash of weights, preprocessing and version, or null where unknown
/// @param dimension d
/// @param precision how components are stored
/// @param rows n
/// @param failures images of the collection that have no row; they are listed in `failures.csv`
/// @param removed rows, the last ones, of images that are no longer in the collection; they are
///   listed in `removed.csv`
/// @param collection where the images came from, or null where unknown
/// @param shards files of vectors, in row order
/// @param metadata files of ids and labels, in row order
public record TableManifest(
    int format,
    Provenance provenance,
    String extractor,
    int dimension,
    Precision precision,
    long rows,
    int failures,
    int removed,
    Source collection,
    List<Part> shards,
    List<Part> metadata) {

  /// The layout this program writes.
  public static final int FORMAT = 1;

  /// The file's name inside a table folder.
  public static final String FILE = "manifest.json";

  /// The collection a table was made from.
  ///
  /// @param root the folder of images, absolute
  /// @param images number of images in it
  /// @param listingSha256 hash of ids, labels and further columns in order
  /// @param reading how image files were read where formats leave a choice, e.g. whether EXIF
  ///   orientation was applied; null where no files were read
  /// @param shard which part of a larger collection it is, or null for a whole one
  public record Source(
      String root, int images, String listingSha256, String reading, ShardOf shard) {

    /// A whole collection of which no files were read.
    ///
    /// @param root the folder of images, absolute
    /// @param images number of images in it
    /// @param listingSha256 hash of ids, labels and further columns in order
    public Source(String root, int images, String listingSha256) {
      this(root, images, listingSha256, null, null);
    }
  }

  /// Which part of a larger collection a table was made from.
  ///
  /// @param index of the part, from 1
  /// @param count number of parts
  /// @param images number of images in the whole collection
  /// @param listingSha256 of the whole collection
  public record ShardOf(int index, int count, int images, String listingSha256) {}

  /// One file of a table.
  ///
  /// @param file path below the table folder, with `/`
  /// @param rows rows in it
  /// @param bytes its size
  /// @param sha256 hash of the whole file
  public record Part(String file, long rows, long bytes, String sha256) {}
}

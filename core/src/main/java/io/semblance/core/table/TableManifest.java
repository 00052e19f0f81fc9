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
  /// @param listingSha256 hash of ids and labels in order
  public record Source(String root, int images, String listingSha256) {}

  /// One file of a table.
  ///
  /// @param file path below the table folder, with `/`
  /// @param rows rows in it
  /// @param bytes its size
  /// @param sha256 hash of the whole file
  public record Part(String file, long rows, long bytes, String sha256) {}
}

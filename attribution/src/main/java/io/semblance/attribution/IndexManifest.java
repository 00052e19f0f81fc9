package io.semblance.attribution;

import io.semblance.attribution.mapper.SpaceCorrection;
import io.semblance.core.table.Provenance;
import java.util.List;

/// What an index says of itself in `index.json`. Holds no time stamp: the same tables give the same
/// bytes.
///
/// @param format version of the layout, [#FORMAT] today
/// @param kind how it searches; [#EXACT] today
/// @param provenance the one model of all tables
/// @param dimension d
/// @param rows n, over all tables
/// @param tables what is searched, in this order
/// @param correction of the feature space, fitted to all tables: `none`, `centre`, `whiten` or
///   `csls:K`
public record IndexManifest(
    int format,
    String kind,
    Provenance provenance,
    int dimension,
    long rows,
    List<Source> tables,
    String correction) {

  /// Fills in what older files do not say.
  public IndexManifest {
    correction = correction == null ? SpaceCorrection.NONE.word() : correction;
  }

  /// The layout this program writes.
  public static final int FORMAT = 1;

  /// Every row is compared with every query.
  public static final String EXACT = "exact";

  /// The file's name inside an index folder.
  public static final String FILE = "index.json";

  /// @return whether scores are cosines of something else than the features as they are
  public boolean corrected() {
    return !correction.equals(SpaceCorrection.NONE.word());
  }

  /// One table of an index. The index refers to it and holds no copy.
  ///
  /// @param name distinct within the index: the collection folder's name, numbered where needed
  /// @param path the table folder, with `/`: relative to the index folder, or absolute where it
  ///   lies on another drive
  /// @param rows number of rows
  /// @param manifestSha256 hash of the table's manifest, which holds the hashes of its files
  /// @param collectionRoot the folder of the images, absolute, or null where unknown
  public record Source(
      String name, String path, long rows, String manifestSha256, String collectionRoot) {}
}

package io.semblance.core.table;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Vectors that earlier runs made with the same extractor, by image id: those of a finished table,
/// and those of interrupted runs over other states of the collection.
///
/// Safe for use by several threads; close it to release the tables.
public final class KnownRows implements AutoCloseable {

  private final List<Known> tables;

  private record Known(EmbeddingTable table, int[] order, SeenFiles seen) {}

  /// Where a vector lies.
  ///
  /// @param table number of the table
  /// @param row in it
  public record Place(int table, int row) {}

  private KnownRows(List<Known> tables) {
    this.tables = tables;
  }

  /// @param folders of tables; where two know an image, the first counts
  static KnownRows open(List<Path> folders) throws IOException {
    var known = new KnownRows(new ArrayList<>());
    try {
      for (Path folder : folders) {
        EmbeddingTable table = TableFolder.open(folder);
        known.tables.add(
            new Known(table, table.rows().ids().order(), SeenFiles.read(folder, table.size())));
      }
      return known;
    } catch (IOException | RuntimeException e) {
      known.close();
      throw e;
    }
  }

  /// @param id of an image
  /// @return where its vector is, or null if no table has it
  public Place find(String id) {
    for (int t = 0; t < tables.size(); t++) {
      int row = tables.get(t).table().rows().ids().find(id, tables.get(t).order());
      if (row >= 0) {
        return new Place(t, row);
      }
    }
    return null;
  }

  /// @param place of a vector
  /// @return size and time of change of the image's file when the vector was made, or null
  public String state(Place place) {
    return tables.get(place.table()).seen().rows().get(place.row());
  }

  /// @param place of a vector
  /// @return hash of the image's file, or null where unknown
  public String sha256(Place place) {
    return row(place).sha256();
  }

  /// @param place of a vector
  /// @return what the table says of the row
  public TableRow row(Place place) {
    return tables.get(place.table()).table().rows().get(place.row());
  }

  /// @param place of a vector
  /// @param target receives it
  /// @param offset where its d components begin
  public void copy(Place place, float[] target, int offset) {
    tables.get(place.table()).table().copyRows(place.row(), 1, target, offset);
  }

  /// Releases the tables.
  @Override
  public void close() {
    tables.forEach(known -> known.table().close());
  }
}

package io.semblance.attribution;

import io.semblance.core.table.EmbeddingTable;
import io.semblance.core.table.Provenance;
import io.semblance.core.table.TableRow;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Images to attribute, with their vectors.
///
/// @param images length q, at least 1
/// @param vectors q x d, row-major; owned by the queries, not copied: do not write to it
/// @param provenance which model made the vectors
@SuppressWarnings("ArrayRecordComponent") // the vectors are shared on purpose
public record Queries(List<Query> images, float[] vectors, Provenance provenance) {

  /// Checks the sizes.
  ///
  /// @throws IllegalArgumentException if there is no query or the vectors are not q x d
  public Queries {
    images = List.copyOf(images);
    if (images.isEmpty() || vectors.length == 0 || vectors.length % images.size() != 0) {
      throw new IllegalArgumentException(
          "%d components do not make %d queries of equal dimension: give q x d of them"
              .formatted(vectors.length, images.size()));
    }
  }

  /// Every row of a table as a query, e.g. of the table that embedding the query images gave.
  ///
  /// @param table q x d; copied, so it may be closed afterwards
  /// @param root the folder its ids are relative to, or null where unknown
  /// @return the queries in the table's order, called by their ids
  public static Queries of(EmbeddingTable table, Path root) {
    var images = new ArrayList<Query>();
    for (TableRow row : table.rows()) {
      Path file = root == null ? null : AttributionIndex.file(root.toString(), row.id());
      images.add(new Query(row.id(), file, row.sha256()));
    }
    float[] vectors = new float[Math.multiplyExact(table.size(), table.dimension())];
    table.copyRows(0, table.size(), vectors, 0);
    return new Queries(images, vectors, table.provenance());
  }

  /// @return d
  public int dimension() {
    return vectors.length / images.size();
  }
}

package io.semblance.attribution;

import io.semblance.core.search.Exclusion;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Leaves a query's own image out of its hits: the same bytes where both hashes are known, else the
/// same file or, where a file is unknown too, the same id.
final class SameImage implements Exclusion {

  private final AttributionIndex index;
  private final List<Query> queries;
  private final List<Set<String>> leftOut = new ArrayList<>();

  SameImage(AttributionIndex index, List<Query> queries) {
    this.index = index;
    this.queries = queries;
    queries.forEach(_ -> leftOut.add(new TreeSet<>()));
  }

  @Override
  public boolean excludes(int query, int table, int row) {
    IndexedImage image = index.image(table, row);
    boolean same = same(queries.get(query), image);
    if (same) {
      leftOut.get(query).add(image.id());
    }
    return same;
  }

  /// Ids left out for a query so far, sorted.
  List<String> leftOut(int query) {
    return List.copyOf(leftOut.get(query));
  }

  static boolean same(Query query, IndexedImage image) {
    if (query.sha256() != null && image.row().sha256() != null) {
      return query.sha256().equals(image.row().sha256());
    }
    if (query.file() != null && image.file() != null) {
      return query.file().toAbsolutePath().normalize().equals(image.file());
    }
    return query.id().equals(image.id()) || query.id().equals(image.row().id());
  }
}

package io.semblance.attribution;

import io.semblance.core.search.Exclusion;
import java.util.List;

/// Leaves queries that are themselves in an index out of their own hits, if asked to.
public final class SelfExclusion implements Exclusion {

  private final SameImage same;
  private final boolean on;

  /// @param index that is searched
  /// @param queries in their order
  /// @param on whether anything is left out
  public SelfExclusion(AttributionIndex index, List<Query> queries, boolean on) {
    this.same = new SameImage(index, queries);
    this.on = on;
  }

  @Override
  public boolean excludes(int query, int table, int row) {
    return on && same.excludes(query, table, row);
  }

  /// @param query its number
  /// @return ids left out for it so far, sorted
  public List<String> leftOut(int query) {
    return same.leftOut(query);
  }
}

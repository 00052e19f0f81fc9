package io.semblance.core.search;

/// Leaves rows out of a query's answer, e.g. the query itself. Asked only of rows that would enter
/// the answer, so it may be slow; asked from one thread at a time.
@FunctionalInterface
public interface Exclusion {

  /// @param query which query, from 0
  /// @param table which table, from 0
  /// @param row which of its rows, from 0
  /// @return whether the row must not be found by that query
  boolean excludes(int query, int table, int row);

  /// @return an exclusion that keeps every row
  static Exclusion none() {
    return (_, _, _) -> false;
  }
}

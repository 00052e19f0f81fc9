package io.semblance.attribution;

import java.util.List;

/// The answer to a set of queries, with what made it.
///
/// @param index what was searched
/// @param indexSha256 hash of the index's manifest
/// @param options as asked
/// @param rankings one a query, in the order of the queries
public record Attribution(
    IndexManifest index, String indexSha256, AttributionOptions options, List<Ranking> rankings) {

  /// Copies the list.
  public Attribution {
    rankings = List.copyOf(rankings);
  }

  /// What a reader of the answer should know beside it.
  ///
  /// @return whole sentences; may be empty
  public List<String> notes() {
    long self = rankings.stream().filter(r -> !r.leftOut().isEmpty()).count();
    if (self == 0) {
      return List.of();
    }
    return List.of(
        "%d of %d queries are in the index themselves; each was left out of its own hits."
            .formatted(self, rankings.size()));
  }
}

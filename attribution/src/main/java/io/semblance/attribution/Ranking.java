package io.semblance.attribution;

import java.util.List;
import java.util.Optional;

/// The images of an index nearest to one query.
///
/// @param query the query
/// @param hits nearest first; of equal scores the earlier image of the index
/// @param leftOut ids of images left out because they are the query itself
public record Ranking(Query query, List<Hit> hits, List<String> leftOut) {

  /// Copies the lists.
  public Ranking {
    hits = List.copyOf(hits);
    leftOut = List.copyOf(leftOut);
  }

  /// One image found.
  ///
  /// @param rank from 1
  /// @param image which
  /// @param score cosine in [-1, 1], higher is closer, not rescaled
  public record Hit(int rank, IndexedImage image, double score) {}

  /// @return the largest drop between consecutive scores of the hits
  public Optional<ScoreDrop> largestDrop() {
    return ScoreDrop.largest(hits.stream().map(Hit::score).toList());
  }
}

package io.semblance.attribution;

import io.semblance.attribution.influence.Influence;
import io.semblance.attribution.mapper.SpaceCorrection;
import java.util.ArrayList;
import java.util.List;

/// The answer to a set of queries, with what made it.
///
/// @param index what was searched
/// @param indexSha256 hash of the index's manifest
/// @param options as asked
/// @param rankings one a query, in the order of the queries
/// @param influences one a ranking, or null without a calibrator
/// @param behind which mapper and calibrator made the answer
/// @param warnings whole sentences about how mapper and calibrator fit
public record Attribution(
    IndexManifest index,
    String indexSha256,
    AttributionOptions options,
    List<Ranking> rankings,
    List<Influence> influences,
    Behind behind,
    List<String> warnings) {

  /// Copies the lists.
  public Attribution {
    rankings = List.copyOf(rankings);
    influences = influences == null ? null : List.copyOf(influences);
    warnings = List.copyOf(warnings);
  }

  /// An answer of similarities.
  ///
  /// @param index what was searched
  /// @param indexSha256 hash of the index's manifest
  /// @param options as asked
  /// @param rankings one a query
  public Attribution(
      IndexManifest index, String indexSha256, AttributionOptions options, List<Ranking> rankings) {
    this(index, indexSha256, options, rankings, null, Behind.nothing(), List.of());
  }

  /// What stands between features and answer.
  ///
  /// @param mapper hash of the mapper's file, or null without one
  /// @param calibrator hash of the calibrator as we write it, or null without one
  /// @param correction of the feature space, as the index names it
  /// @param correctionSha256 hash of what the correction was fitted to, or null without one
  public record Behind(
      String mapper, String calibrator, String correction, String correctionSha256) {

    /// @return features as they are, and similarities
    static Behind nothing() {
      return new Behind(null, null, SpaceCorrection.NONE.word(), null);
    }
  }

  /// What a reader of the answer should know beside it.
  ///
  /// @return whole sentences; may be empty
  public List<String> notes() {
    var notes = new ArrayList<>(warnings);
    if (influences != null) {
      long thin = influences.stream().filter(i -> Boolean.FALSE.equals(i.enough())).count();
      if (thin > 0) {
        notes.add(
            "Not enough evidence for %s: the highest score is one that images reach whose exemplars are not in the collection."
                .formatted(
                    rankings.size() == 1
                        ? "the query"
                        : "%,d of %,d queries".formatted(thin, rankings.size())));
      }
    }
    if (index.corrected()) {
      notes.add(
          "The index corrects its space: a score is %s."
              .formatted(SpaceCorrection.parse(index.correction()).metric()));
    }
    long self = rankings.stream().filter(r -> !r.leftOut().isEmpty()).count();
    if (self > 0) {
      notes.add(
          rankings.size() == 1
              ? "The query is in the index itself and was left out of its own hits."
              : "%,d of %,d queries are in the index themselves; each was left out of its own hits."
                  .formatted(self, rankings.size()));
    }
    return List.copyOf(notes);
  }
}

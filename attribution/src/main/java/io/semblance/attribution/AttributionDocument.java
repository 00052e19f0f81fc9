package io.semblance.attribution;

import io.semblance.attribution.influence.Influence;
import io.semblance.attribution.influence.Influence.GroupShare;
import io.semblance.attribution.influence.Influence.Interval;
import io.semblance.attribution.mapper.SpaceCorrection;
import io.semblance.core.table.Provenance;
import java.util.ArrayList;
import java.util.List;

/// An answer as `attribute --json` prints it and `attributions.json` holds it.
///
/// @param schema version of this document, [#SCHEMA] today
/// @param queries one a query
/// @param metric what the scores are: `cosine`, or the cosine in a corrected space; in [-1, 1],
///   higher is closer
/// @param drops the largest drop between consecutive scores of each query that has two hits
/// @param influence of each query: intervals, evidence, groups; null without a calibrator
/// @param notes whole sentences
/// @param options as asked
/// @param model which model made the vectors of queries and index
/// @param index hash of the index's manifest
/// @param behind hashes of mapper and calibrator, each null without one
/// @param program name and version of the program
public record AttributionDocument(
    int schema,
    List<QueryHits> queries,
    String metric,
    List<QueryDrop> drops,
    List<QueryInfluence> influence,
    List<String> notes,
    AttributionOptions options,
    Provenance model,
    String index,
    Attribution.Behind behind,
    String program) {

  /// The version this program writes.
  public static final int SCHEMA = 1;

  /// What was found for one query.
  ///
  /// @param query its path or id
  /// @param hits nearest first
  /// @param remaining influence outside the hits; null without a calibrator
  public record QueryHits(String query, List<RankedHit> hits, Double remaining) {}

  /// What is known of the influence on one query beside the shares.
  ///
  /// @param query its path or id
  /// @param intervals 2.5th and 97.5th percentile of each hit's share over resampled calibrators
  /// @param enoughEvidence whether the highest score means anything; null where unknown
  /// @param copy whether the query is nearly the first hits; null where unknown
  /// @param groups influence by a column, over the whole index; empty if not asked
  public record QueryInfluence(
      String query,
      List<Interval> intervals,
      Boolean enoughEvidence,
      Boolean copy,
      List<GroupShare> groups) {}

  /// One image found.
  ///
  /// @param rank from 1
  /// @param id its name in the index
  /// @param score cosine in [-1, 1], higher is closer
  /// @param influence calibrated share; null without a calibrator
  public record RankedHit(int rank, String id, double score, Double influence) {}

  /// The largest drop of one query.
  ///
  /// @param query its path or id
  /// @param afterRank the rank before the drop, from 1
  /// @param drop difference of the two cosines
  public record QueryDrop(String query, int afterRank, double drop) {}

  /// @param answer what was found
  /// @param program name and version of the program
  /// @return the document
  public static AttributionDocument of(Attribution answer, String program) {
    var queries = new ArrayList<QueryHits>();
    var drops = new ArrayList<QueryDrop>();
    for (int q = 0; q < answer.rankings().size(); q++) {
      Ranking ranking = answer.rankings().get(q);
      String query = ranking.query().id();
      queries.add(query(ranking, answer.influences() == null ? null : answer.influences().get(q)));
      ranking
          .largestDrop()
          .ifPresent(d -> drops.add(new QueryDrop(query, d.afterRank(), d.size())));
    }
    return new AttributionDocument(
        SCHEMA,
        queries,
        SpaceCorrection.parse(answer.index().correction()).metric(),
        drops,
        influences(answer),
        answer.notes(),
        answer.options(),
        answer.index().provenance(),
        answer.indexSha256(),
        answer.behind(),
        program);
  }

  private static QueryHits query(Ranking ranking, Influence influence) {
    var hits = new ArrayList<RankedHit>();
    for (int i = 0; i < ranking.hits().size(); i++) {
      Ranking.Hit h = ranking.hits().get(i);
      Double share = influence == null ? null : influence.shares().get(i);
      hits.add(new RankedHit(h.rank(), h.image().id(), h.score(), share));
    }
    Double remaining = influence == null ? null : influence.remaining();
    return new QueryHits(ranking.query().id(), hits, remaining);
  }

  private static List<QueryInfluence> influences(Attribution answer) {
    if (answer.influences() == null) {
      return null;
    }
    var out = new ArrayList<QueryInfluence>();
    for (int q = 0; q < answer.rankings().size(); q++) {
      Influence i = answer.influences().get(q);
      String query = answer.rankings().get(q).query().id();
      out.add(new QueryInfluence(query, i.intervals(), i.enough(), i.copy(), i.groups()));
    }
    return out;
  }
}

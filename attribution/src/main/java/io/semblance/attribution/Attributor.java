package io.semblance.attribution;

import io.semblance.attribution.SameModel.Features;
import io.semblance.attribution.influence.InfluenceAttributor;
import io.semblance.core.Progress;
import io.semblance.core.SemblanceException;
import io.semblance.core.search.Exclusion;
import io.semblance.core.search.Metric;
import io.semblance.core.search.SearchHit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Finds the images of an index that lie nearest to each query, by cosine.
public final class Attributor {

  private final AttributionIndex index;

  /// @param index stays the caller's, who closes it
  public Attributor(AttributionIndex index) {
    this.index = index;
  }

  /// @param queries of the index's model
  /// @param options how many images to list, and whether a query may find itself
  /// @param progress hears how many images of the index have been compared
  /// @return one ranking a query, in the order of the queries
  /// @throws SemblanceException if the queries come from another model than the index; the message
  ///   names both
  /// @throws IOException if a corrected index cannot be read
  public Attribution attribute(Queries queries, AttributionOptions options, Progress progress)
      throws IOException {
    IndexManifest manifest = index.manifest();
    SameModel.require(
        "The query",
        new Features(queries.provenance(), queries.dimension()),
        "the index",
        new Features(manifest.provenance(), manifest.dimension()));
    if (manifest.corrected()) {
      return new InfluenceAttributor(index, null, null, null).attribute(queries, options, progress);
    }
    var self = new SameImage(index, queries.images());
    List<List<SearchHit>> found =
        index
            .search(Metric.COSINE)
            .search(
                queries.vectors(),
                options.top(),
                options.excludeSelf() ? self : Exclusion.none(),
                progress);
    var rankings = new ArrayList<Ranking>();
    for (int q = 0; q < found.size(); q++) {
      rankings.add(new Ranking(queries.images().get(q), hits(found.get(q)), self.leftOut(q)));
    }
    return new Attribution(manifest, index.sha256(), options, rankings);
  }

  private List<Ranking.Hit> hits(List<SearchHit> found) {
    var hits = new ArrayList<Ranking.Hit>();
    for (SearchHit hit : found) {
      hits.add(new Ranking.Hit(hits.size() + 1, index.image(hit.table(), hit.row()), hit.score()));
    }
    return hits;
  }
}

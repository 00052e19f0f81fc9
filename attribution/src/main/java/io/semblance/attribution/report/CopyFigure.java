package io.semblance.attribution.report;

import io.semblance.attribution.Attribution;
import io.semblance.attribution.Ranking;
import io.semblance.attribution.ScoreDrop;
import io.semblance.attribution.calibrate.Calibrator;
import io.semblance.attribution.influence.Influence;
import io.semblance.attribution.report.Strips.Row;
import io.semblance.attribution.report.Strips.Strip;
import io.semblance.attribution.report.Strips.Tile;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Queries that are nearly images of the collection, with their hits: influence in green before the
/// largest drop of the scores, in orange behind it. Source: AbC (arXiv 2306.09345), Fig. 12.
final class CopyFigure {

  private static final String GREEN = "#2a7d3f";
  private static final String ORANGE = "#d9730d";
  private static final int TOP = 8;
  private static final int QUERIES = 12;
  private static final long THUMBNAILS = 8L << 20;

  private CopyFigure() {}

  /// @param answer with or without influence
  /// @return the figure of its first twelve copies; nothing where there is none
  static Optional<Strips> of(Attribution answer) {
    if (answer.influences() == null) {
      return Optional.empty();
    }
    var thumbnails = new Thumbnails(THUMBNAILS);
    var strips = new ArrayList<Strip>();
    for (int q = 0; q < answer.rankings().size() && strips.size() < QUERIES; q++) {
      Influence influence = answer.influences().get(q);
      if (Boolean.TRUE.equals(influence.copy())) {
        strips.add(strip(answer.rankings().get(q), influence, thumbnails));
      }
    }
    String title =
        "Scores fall steeply behind images that are nearly the query (green, then orange)";
    return strips.isEmpty() ? Optional.empty() : Optional.of(new Strips(title, strips));
  }

  private static Strip strip(Ranking ranking, Influence influence, Thumbnails thumbnails) {
    List<Double> first =
        ranking.hits().stream().limit(Calibrator.DROP_RANKS).map(Ranking.Hit::score).toList();
    int before = ScoreDrop.largest(first).map(ScoreDrop::afterRank).orElse(0);
    var tiles = new ArrayList<Tile>();
    for (Ranking.Hit hit : ranking.hits().subList(0, Math.min(TOP, ranking.hits().size()))) {
      String caption =
          String.format(
              Locale.ROOT,
              "%s \u00b7 %.3f",
              InfluenceWall.percent(influence.shares().get(hit.rank() - 1)),
              hit.score());
      tiles.add(
          new Tile(
              thumbnails.of(hit.image().file(), hit.image().row().sha256(), hit.image().id()),
              caption,
              hit.rank() <= before ? GREEN : ORANGE,
              false,
              false));
    }
    var query = ranking.query();
    return new Strip(
        thumbnails.of(query.file(), query.sha256(), query.id()),
        query.id(),
        List.of(new Row("influence", tiles)));
  }
}

package io.semblance.attribution.report;

import static io.semblance.attribution.report.Html.breakable;
import static io.semblance.attribution.report.Html.escape;

import io.semblance.attribution.Attribution;
import io.semblance.attribution.IndexManifest;
import io.semblance.attribution.Ranking;
import io.semblance.attribution.influence.Influence;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// The page: for every query its image, then its hits as a wall of thumbnails of equal height.
final class AttributionPage {

  private static final String SIMILAR =
      "The number under an image is its <b>similarity</b> to the query: the cosine of their"
          + " vectors, between -1 and 1, higher is closer. It is no probability and no share of"
          + " influence: those need a calibrator.";

  private static final String CALIBRATED =
      "The number under an image is its calibrated <b>share of influence</b> on the query; shares"
          + " sum to 100 % over the whole collection. Small print gives where it lies for 95 % of"
          + " calibrators fitted to resampled calibration models.";

  private final Thumbnails thumbnails;

  AttributionPage(Thumbnails thumbnails) {
    this.thumbnails = thumbnails;
  }

  /// A whole HTML document without outside resources.
  String of(Attribution answer, String program) throws IOException {
    // The notes stand first but are known last.
    var sections = new StringBuilder();
    for (int q = 0; q < answer.rankings().size(); q++) {
      sections.append(
          section(
              answer.rankings().get(q),
              answer.influences() == null ? null : answer.influences().get(q)));
    }
    String rankings = sections.toString();
    boolean calibrated = answer.influences() != null;
    var notes = new ArrayList<String>(answer.notes());
    notes.addAll(thumbnails.notes());
    return """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>%s</title>
    <style>
    %s</style>
    </head>
    <body>
    <header>
    <h1>%s</h1>
    <p>%s</p>
    <p>%s</p>
    %s</header>
    <main>
    %s</main>
    <footer>
    <h2>How this page was made</h2>
    %s</footer>
    </body>
    </html>
    """
        .formatted(
            calibrated ? "Influence" : "Nearest images",
            style(),
            calibrated ? "Influence" : "Nearest images",
            summary(answer),
            calibrated ? CALIBRATED : SIMILAR,
            noteList(notes),
            rankings,
            origin(answer, program));
  }

  private static String summary(Attribution answer) {
    int queries = answer.rankings().size();
    String sources =
        answer.index().tables().stream()
            .map(t -> "%s (%,d)".formatted(escape(t.name()), t.rows()))
            .collect(Collectors.joining(", "));
    return "%,d quer%s against %,d images of %s, as seen by <b>%s</b>."
        .formatted(
            queries,
            queries == 1 ? "y" : "ies",
            answer.index().rows(),
            sources,
            escape(answer.index().provenance().modelId()));
  }

  private static String noteList(List<String> notes) {
    return notes.isEmpty()
        ? ""
        : notes.stream()
            .map(n -> "<li>" + escape(n) + "</li>\n")
            .collect(Collectors.joining("", "<ul class=\"notes\">\n", "</ul>\n"));
  }

  private String section(Ranking ranking, Influence influence) {
    String id = escape(ranking.query().id());
    String drop =
        ranking
            .largestDrop()
            .map(
                d ->
                    "Largest drop between neighbours: %s after rank %d."
                        .formatted(number(d.size()), d.afterRank()))
            .orElse("");
    String wall =
        influence == null
            ? "<ol class=\"wall\">\n"
                + ranking.hits().stream().map(this::tile).collect(Collectors.joining())
                + "<li class=\"rest\" aria-hidden=\"true\"></li>\n</ol>\n"
            : InfluenceWall.of(ranking, influence, i -> hitPicture(ranking.hits().get(i)));
    return """
    <section>
    <div class="query">
    %s
    <h2 title="%s">%s</h2>
    <p>%s</p>
    </div>
    %s</section>
    """
        .formatted(
            picture(
                thumbnails.of(
                    ranking.query().file(), ranking.query().sha256(), ranking.query().id()),
                "Query " + ranking.query().id()),
            id,
            breakable(ranking.query().id()),
            drop,
            wall);
  }

  private String hitPicture(Ranking.Hit hit) {
    String id = hit.image().id();
    return picture(
        thumbnails.of(hit.image().file(), hit.image().row().sha256(), id),
        "Rank %d: %s".formatted(hit.rank(), id));
  }

  private String tile(Ranking.Hit hit) {
    String id = hit.image().id();
    String alt = "Rank %d, cosine %s: %s".formatted(hit.rank(), number(hit.score()), id);
    Optional<Thumbnail> thumbnail =
        thumbnails.of(hit.image().file(), hit.image().row().sha256(), id);
    return """
    <li style="--aspect:%s">%s<p><b>%d</b> %s</p><p class="id" title="%s">%s</p></li>
    """
        .formatted(
            String.format(Locale.ROOT, "%.3f", aspect(thumbnail)),
            picture(thumbnail, alt),
            hit.rank(),
            number(hit.score()),
            escape(id),
            breakable(id));
  }

  private static String picture(Optional<Thumbnail> thumbnail, String alt) {
    return thumbnail
        .map(
            t ->
                "<img src=\"%s\" width=\"%d\" height=\"%d\" alt=\"%s\">"
                    .formatted(t.dataUri(), t.width(), t.height(), escape(alt)))
        .orElseGet(
            () ->
                "<span class=\"missing\" role=\"img\" aria-label=\"%s (no picture)\"></span>"
                    .formatted(escape(alt)));
  }

  /// Width over height of a tile; extremes are cut, so that a row keeps its height.
  private static double aspect(Optional<Thumbnail> thumbnail) {
    return thumbnail.map(t -> Math.clamp((double) t.width() / t.height(), 0.5, 3)).orElse(1.0);
  }

  private static String origin(Attribution answer, String program) {
    IndexManifest index = answer.index();
    return """
    <dl>
    <dt>Program</dt><dd>%s</dd>
    <dt>Model</dt><dd>%s, %d dimensions</dd>
    <dt>Weights</dt><dd>%s</dd>
    <dt>Preprocessing</dt><dd>%s</dd>
    <dt>Index</dt><dd>exact search, SHA-256 of index.json %s</dd>
    <dt>Space</dt><dd>%s</dd>
    <dt>Mapper</dt><dd>%s</dd>
    <dt>Calibrator</dt><dd>%s</dd>
    <dt>Options</dt><dd>top %d, the query itself %s</dd>
    </dl>
    """
        .formatted(
            escape(program),
            escape(index.provenance().modelId()),
            index.dimension(),
            escape(
                index.provenance().weightsSha256() == null
                    ? "no hash known"
                    : "SHA-256 " + index.provenance().weightsSha256()),
            escape(String.valueOf(index.provenance().preprocessing())),
            answer.indexSha256(),
            index.corrected()
                ? "corrected by %s, fitted to the index, %s"
                    .formatted(escape(index.correction()), hash(answer.behind().correctionSha256()))
                : "as the model gives it",
            hash(answer.behind().mapper()),
            hash(answer.behind().calibrator()),
            answer.options().top(),
            answer.options().excludeSelf() ? "left out" : "not left out");
  }

  private static String hash(String sha256) {
    return sha256 == null ? "none" : "SHA-256 " + sha256;
  }

  private static String number(double cosine) {
    return String.format(Locale.ROOT, "%.3f", cosine);
  }

  private static String style() throws IOException {
    try (InputStream in = AttributionPage.class.getResourceAsStream("report.css")) {
      if (in == null) {
        throw new IllegalStateException("report.css is missing from the program");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}

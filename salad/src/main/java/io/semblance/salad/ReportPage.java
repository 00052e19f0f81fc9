package io.semblance.salad;

import static io.semblance.salad.figure.Svg.escape;

import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The report as one HTML page that opens from disk: figures inside, nothing loaded from elsewhere.
final class ReportPage {

  private static final String STYLE =
      """
      body { max-width: 1180px; margin: 2.5rem auto; padding: 0 1.5rem; color: #222;
        font: 16px/1.55 Helvetica, Arial, sans-serif; background: #fff; }
      h1 { font-weight: 500; font-size: 1.9rem; margin-bottom: .2rem; }
      h2 { font-weight: 500; font-size: 1.35rem; margin: 2.6rem 0 .6rem; }
      p, li { max-width: 46rem; }
      table { border-collapse: collapse; font-size: .86rem; margin: .8rem 0; }
      th, td { padding: .28rem .6rem; text-align: right; border-bottom: 1px solid #e6e6e6; }
      th { font-weight: 500; color: #555; vertical-align: bottom; }
      td { white-space: nowrap; } th:first-child, td:first-child { text-align: left; }
      figure { margin: 0; } img, svg { max-width: 100%; height: auto; }
      .wide { overflow-x: auto; }
      .figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(500px, 1fr));
        gap: 1.5rem; }
      .quiet { color: #6b6b6b; font-size: .9rem; }
      .warning { border-left: 3px solid #d98e04; padding-left: .8rem; }
      .refused { border-left: 3px solid #c0392b; padding-left: .8rem; }
      .low { background: #fbe3df; } summary { cursor: pointer; margin: .4rem 0; }
      code { font-size: .82rem; word-break: break-all; }
      table.sortable th { cursor: pointer; } th[aria-sort] { color: #000; }
      th[aria-sort="descending"]::after { content: " \\2193"; }
      th[aria-sort="ascending"]::after { content: " \\2191"; }
      .tip { position: fixed; z-index: 9; background: #fff; border: 1px solid #999; padding: .4rem;
        display: flex; gap: .5rem; align-items: center; font-size: .85rem; pointer-events: none; }
      .tip[hidden] { display: none; } .tip span { display: flex; flex-direction: column; }
      .tip img { width: 72px; }
      @media print { body { max-width: none; margin: 0; } .figures { display: block; }
        figure, table, tr { break-inside: avoid; } h2 { break-after: avoid; }
        details > summary { display: none; } details::details-content { content-visibility: visible;
        block-size: auto; } }
      """;

  private final SaladResult result;
  private final Figures figures;
  private final StringBuilder html = new StringBuilder();

  private ReportPage(SaladResult result, Figures figures) {
    this.result = result;
    this.figures = figures;
  }

  /// What is drawn on the page.
  ///
  /// @param heatmaps PNG bytes for each model
  /// @param scatters SVG for each model that has one
  /// @param comparison SVG, or null
  /// @param balance SVG, or null
  /// @param thumbnails images of cells as `data:` addresses, by the cell's number
  record Figures(
      Map<String, byte[]> heatmaps,
      Map<String, String> scatters,
      String comparison,
      String balance,
      Map<Integer, String> thumbnails) {}

  /// @param result to show
  /// @param figures drawn from it
  /// @param version of the program
  /// @return a whole HTML document
  static String of(SaladResult result, Figures figures, String version) {
    var page = new ReportPage(result, figures);
    page.head();
    page.reading();
    page.models();
    page.comparison();
    page.heatmaps();
    page.recognition();
    page.scatters();
    page.paper();
    page.origin(version);
    page.line(ReportScript.of(result, figures.thumbnails()));
    return page.html.append("</body>\n</html>\n").toString();
  }

  private void head() {
    SaladAxes axes = result.axes();
    line("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">");
    line("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
    line("<title>How models see similarity</title>\n<style>\n" + STYLE + "</style>");
    line("</head>\n<body>\n<h1>How models see similarity</h1>");
    line(
        "<p class=\"quiet\">"
            + count(result.models().size(), "model")
            + " on a grid of "
            + axes.categories().size()
            + " categories x "
            + axes.styles().size()
            + " styles; distance: "
            + result.options().metric()
            + ".</p>");
  }

  private void reading() {
    line("<h2>In short</h2>");
    line("<ul>");
    for (ModelResult model : result.models()) {
      String sentence = escape(model.verdict().sentence());
      line("<li><b>" + escape(model.name()) + "</b>: " + sentence + "</li>");
    }
    line("</ul>");
    line("<p class=\"quiet\">" + escape(intervals()) + "</p>");
    if (figures.balance() != null) {
      line("<figure>" + figures.balance() + "</figure>");
      line(
          "<p class=\"quiet\">Mean distance of images of one category in two styles, less that of"
              + " images of one style in two categories, as a share of the distance of images that"
              + " share neither.</p>");
    }
    line("<p>" + escape(verdict()) + "</p>");
    result.refusals().forEach(r -> box("refused", r.name() + " was not measured. " + r.reason()));
    result.notes().forEach(n -> box("warning", n));
    for (ModelResult model : result.models()) {
      model.warnings().forEach(w -> box("warning", model.name() + ": " + w));
    }
  }

  private String intervals() {
    if (result.replicates() == 0) {
      return "No intervals: they need several images in a cell, or --resample axes.";
    }
    return String.format(
        Locale.ROOT,
        "Brackets hold 95 %% of %,d resamples of the images within their cells%s, moved to the"
            + " number from all images; the covariance"
            + " stays fixed, and rates of nearest neighbours resample the images that ask. They"
            + " tell nothing of other categories and styles than these%s.",
        result.replicates(),
        result.options().resampleAxes() ? ", and of categories and styles" : "",
        result.options().resampleAxes() ? " were drawn from" : "");
  }

  private String verdict() {
    RecognitionVerdict verdict = result.verdict();
    if (result.models().stream().noneMatch(m -> m.recognition().defined())) {
      return "Self-recognition: " + SelfRecognition.UNDEFINED + ".";
    }
    if (!verdict.defined()) {
      return "Self-recognition has no verdict: no model here is computed from images.";
    }
    String bound = String.format(Locale.ROOT, "%.0f %%", verdict.bound());
    if (verdict.passed()) {
      return "The self-recognition test passes: at least one computational model recognises every"
          + " cell with "
          + bound
          + " or more.";
    }
    List<String> failed = verdict.failed().stream().limit(8).map(result.axes()::name).toList();
    int more = verdict.failed().size() - failed.size();
    return "The self-recognition test fails: no computational model reaches "
        + bound
        + " in "
        + String.join(", ", failed)
        + (more > 0 ? " and " + more + " more" : "")
        + ".";
  }

  private void models() {
    if (!result.models().isEmpty()) {
      line("<h2>Models</h2>\n" + ReportTables.models(result.models()));
      line(
          "<p class=\"quiet\">Distances are means over pairs of cells, lower is more alike. w: rise"
              + " of the z-scored distance when the category or the style differs, by regression"
              + " with an intercept. rho: rank correlation with the conceptual"
              + " models that see categories only or styles only.</p>");
    }
  }

  private void comparison() {
    heading("Models against each other", "Figure 6");
    result.comparison().notes().forEach(n -> box("warning", n));
    if (figures.comparison() != null) {
      line("<p>Models that lie close see the same cells as alike.</p>");
      line("<figure>" + figures.comparison() + "</figure>");
      line("<details><summary>Correlation of every two models</summary>");
      line(ReportTables.correlation(result.comparison()) + "</details>");
    }
  }

  private void heatmaps() {
    if (figures.heatmaps().isEmpty()) {
      return;
    }
    heading("Mean distances of cells", "Figures 4 and 5");
    line(
        "<p>Blue squares along the diagonal below it: images of one style are alike. Above it:"
            + " images of one category are alike. Each figure has its own colour range. Point at"
            + " a square to see its two cells and their distance.</p>");
    line("<div class=\"figures\">");
    int[] at = {0};
    figures
        .heatmaps()
        .forEach(
            (name, png) ->
                line(
                    "<figure><img class=\"heatmap\" data-model=\""
                        + at[0]++
                        + "\" alt=\"Heatmap of "
                        + escape(name)
                        + "\" src=\"data:image/png;base64,"
                        + Base64.getEncoder().encodeToString(png)
                        + "\"></figure>"));
    line("</div>");
  }

  private void recognition() {
    heading("Self-recognition", "Figure 3");
    if (result.models().stream().noneMatch(m -> m.recognition().defined())) {
      line("<p>" + SelfRecognition.UNDEFINED + "</p>");
      return;
    }
    line(
        "<p>Of an image's nearest images, as many as its cell holds and itself included, the share"
            + " in its own cell, in percent. An empty cell stands for 100.</p>");
    double bound = result.verdict().bound();
    if (result.verdict().defined()) {
      line("<h3>Best of " + count(result.verdict().models(), "computational model") + "</h3>");
      line(ReportTables.cells(result.axes(), result.verdict().percent(), bound));
    }
    for (ModelResult model : result.models()) {
      if (model.recognition().defined()) {
        line("<details><summary>" + escape(model.name()) + "</summary>");
        double[] percent = new double[result.axes().cells()];
        java.util.Arrays.setAll(percent, model.recognition()::percent);
        line(ReportTables.cells(result.axes(), percent, bound) + "</details>");
      }
    }
  }

  private void scatters() {
    if (!figures.scatters().isEmpty()) {
      heading("Images in the plane", "Figure 7");
      line("<p>Images lie close where the model finds them alike; the axes have no meaning.</p>");
      line("<div class=\"figures\">");
      figures.scatters().values().forEach(svg -> line("<figure>" + svg + "</figure>"));
      line("</div>");
    }
  }

  /// Ours beside the published numbers, where the grid or a model is the paper's.
  private void paper() {
    PaperComparison paper = PaperComparison.of(result);
    if (paper.rows().stream().allMatch(r -> Double.isNaN(r.ours()))) {
      return;
    }
    heading("Beside the published numbers", "Figure 3, Tables 1 and 2");
    paper.notes().forEach(n -> box("quiet", n));
    line("<p>Ours, and in brackets the paper's.</p>");
    paper.rows().stream()
        .filter(r -> !Double.isNaN(r.ours()))
        .map(PaperComparison.Row::where)
        .distinct()
        .forEach(
            where -> {
              line("<details><summary>" + escape(where) + "</summary>");
              line(
                  ReportTables.published(
                          paper.rows().stream().filter(r -> r.where().equals(where)).toList())
                      + "</details>");
            });
  }

  private void heading(String title, String figure) {
    line("<h2>" + title + " <span class=\"quiet\">" + figure + " of fruit-SALAD</span></h2>");
  }

  private void origin(String version) {
    SaladOptions o = result.options();
    line("<h2>How this was made</h2>");
    line(
        "<p class=\"quiet\">semblance "
            + escape(version)
            + "; metric "
            + o.metric()
            + ", covariance "
            + o.covariance()
            + ", MDS with "
            + o.inits()
            + " starts, seed "
            + o.seed()
            + ", at most "
            + o.scatterPoints()
            + " points. All numbers: <code>results.json</code> and <code>csv/</code>; figures as"
            + " SVG and PNG: <code>figures/</code>. Hashes of the tables (ids, labels and"
            + " vectors):</p>");
    line(ReportTables.hashes(result.models()));
  }

  private void box(String kind, String text) {
    line("<p class=\"" + kind + "\">" + escape(text) + "</p>");
  }

  private static String count(int n, String noun) {
    return n + " " + noun + (n == 1 ? "" : "s");
  }

  private void line(String text) {
    html.append(text).append('\n');
  }
}

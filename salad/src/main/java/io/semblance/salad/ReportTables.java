package io.semblance.salad;

import static io.semblance.salad.figure.Svg.escape;

import java.util.List;
import java.util.Locale;

/// The tables of the page as HTML.
final class ReportTables {

  private static final List<Quantity> IN_TABLE =
      List.of(
          Quantity.W_CATEGORY,
          Quantity.W_STYLE,
          Quantity.R2,
          Quantity.SPEARMAN_STYLE_BLIND,
          Quantity.SPEARMAN_CATEGORY_BLIND,
          Quantity.NN1_CATEGORY,
          Quantity.NN1_STYLE,
          Quantity.NNK_CATEGORY,
          Quantity.NNK_STYLE);

  private ReportTables() {}

  private static void estimate(StringBuilder out, Estimate estimate) {
    cell(out, (number("%.2f", estimate.value()) + " " + estimate.interval()).strip());
  }

  static String models(List<ModelResult> models) {
    var out =
        new StringBuilder("<div class=\"wide\"><table class=\"sortable\">\n<tr><th>model</th>");
    for (String head :
        List.of(
            "n",
            "d",
            "covariance",
            "directions kept",
            "self-recognition, mean percent",
            "same category, other style",
            "same style, other category",
            "both differ",
            "w category",
            "w style",
            "R²",
            "rho categories",
            "rho styles",
            "1-NN category",
            "1-NN style",
            "k-NN category",
            "k-NN style")) {
      out.append("<th>").append(head).append("</th>");
    }
    out.append("</tr>\n");
    for (ModelResult m : models) {
      Heatmap h = m.heatmap();
      out.append("<tr><td>").append(escape(m.name())).append("</td>");
      cell(out, Integer.toString(m.images()));
      cell(out, Integer.toString(m.dimension()));
      cell(out, covariance(m.space()));
      cell(out, Integer.toString(m.space().rank()));
      estimate(out, m.measures().of(Quantity.SELF_RECOGNITION));
      cell(out, number("%.3f", h.meanWhere(true, false)));
      cell(out, number("%.3f", h.meanWhere(false, true)));
      cell(out, number("%.3f", h.meanWhere(false, false)));
      for (Quantity quantity : IN_TABLE) {
        estimate(out, m.measures().of(quantity));
      }
      out.append("</tr>\n");
    }
    return out.append("</table></div>").toString();
  }

  static String correlation(ModelComparison comparison) {
    var out = new StringBuilder("<div class=\"wide\"><table class=\"sortable\">\n<tr><th></th>");
    comparison.models().forEach(m -> out.append("<th>").append(escape(m)).append("</th>"));
    out.append("</tr>\n");
    for (int a = 0; a < comparison.models().size(); a++) {
      out.append("<tr><td>").append(escape(comparison.models().get(a))).append("</td>");
      for (double r : comparison.correlation().row(a)) {
        cell(out, number("%.2f", r));
      }
      out.append("</tr>\n");
    }
    return out.append("</table></div>").toString();
  }

  /// @param percent from 0 to 100 for each cell; 100 is left blank, as in the paper
  /// @param bound cells below it are marked
  static String cells(SaladAxes axes, double[] percent, double bound) {
    var out = new StringBuilder("<div class=\"wide\"><table>\n<tr><th></th>");
    axes.categories().forEach(c -> out.append("<th>").append(escape(c)).append("</th>"));
    out.append("</tr>\n");
    for (int s = 0; s < axes.styles().size(); s++) {
      out.append("<tr><td>").append(escape(axes.styles().get(s))).append("</td>");
      for (int c = 0; c < axes.categories().size(); c++) {
        double p = percent[axes.cell(c, s)];
        out.append(p < bound ? "<td class=\"low\">" : "<td>");
        out.append(p >= 100 ? "" : number("%.2f", p)).append("</td>");
      }
      out.append("</tr>\n");
    }
    return out.append("</table></div>").toString();
  }

  /// @param rows of one table or figure of the paper: of figure 3 style by style, ten fruits each
  static String published(List<PaperComparison.Row> rows) {
    var out = new StringBuilder("<div class=\"wide\"><table>\n");
    if (!rows.getFirst().unit().equals("percent")) {
      out.append("<tr><th>model</th><th>dimensions</th></tr>\n");
      rows.stream()
          .filter(r -> !Double.isNaN(r.ours()))
          .forEach(
              r -> {
                out.append("<tr><td>").append(escape(r.what())).append("</td>");
                cell(out, number("%.0f", r.ours()) + number(" (%.0f)", r.published()));
                out.append("</tr>\n");
              });
      return out.append("</table></div>").toString();
    }
    out.append("<tr><th></th>");
    rows.subList(0, 10)
        .forEach(r -> out.append("<th>").append(escape(label(r, 0))).append("</th>"));
    for (int k = 0; k < rows.size(); k++) {
      PaperComparison.Row row = rows.get(k);
      if (k % 10 == 0) {
        out.append("</tr>\n<tr><td>").append(escape(label(row, 1))).append("</td>");
      }
      cell(out, number("%.1f", row.ours()) + number(" (%.1f)", row.published()));
    }
    return out.append("</tr>\n</table></div>").toString();
  }

  private static String label(PaperComparison.Row row, int part) {
    return row.what().split(" / ", 2)[part];
  }

  static String hashes(List<ModelResult> models) {
    var out = new StringBuilder("<div class=\"wide\"><table>\n");
    for (ModelResult m : models) {
      out.append("<tr><td>").append(escape(m.name())).append("</td>");
      cell(out, m.provenance().kind().toString().toLowerCase(Locale.ROOT));
      cell(out, escape(m.provenance().preprocessing()));
      cell(out, m.precision().toString().toLowerCase(Locale.ROOT));
      cell(out, "<code>" + m.vectorsSha256() + "</code>");
      out.append("</tr>\n");
    }
    return out.append("</table></div>").toString();
  }

  private static String covariance(SpaceFacts space) {
    if (space.covariance() == null) {
      return "";
    }
    return space.shrinkage() > 0
        ? space.covariance() + number(" (shrinkage %.3f)", space.shrinkage())
        : space.covariance();
  }

  private static String number(String format, double value) {
    if (Double.isNaN(value)) {
      return "–";
    }
    String text = String.format(Locale.ROOT, format, value);
    return text.matches("-0\\.0+") ? text.substring(1) : text;
  }

  private static void cell(StringBuilder out, String text) {
    out.append("<td>").append(text).append("</td>");
  }
}

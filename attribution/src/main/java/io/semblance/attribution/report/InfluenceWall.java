package io.semblance.attribution.report;

import io.semblance.attribution.Ranking;
import io.semblance.attribution.influence.Influence;
import io.semblance.attribution.influence.Influence.GroupShare;
import io.semblance.attribution.influence.Influence.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;

/// A wall of images whose sides go with the square root of their influence, so that areas go with
/// influence: rows of equal width, the sum of each row's shares beside it.
final class InfluenceWall {

  /// Sides of a row, in units of the side of an image with all influence.
  private static final double ROW = 1.25;

  private InfluenceWall() {}

  /// @param picture HTML of the image of a hit, by its place among the hits
  static String of(Ranking ranking, Influence influence, IntFunction<String> picture) {
    var out = new StringBuilder("<div class=\"influence\">\n");
    for (List<Integer> row : rows(influence.shares())) {
      double sum = 0;
      out.append("<ol class=\"row\">\n");
      for (int i : row) {
        sum += influence.shares().get(i);
        out.append(tile(ranking.hits().get(i), influence, i, picture.apply(i)));
      }
      out.append("<li class=\"sum\">").append(percent(sum)).append("</li>\n</ol>\n");
    }
    out.append("<p>")
        .append(percent(influence.remaining()))
        .append(" remain with all other images of the collection.</p>\n");
    if (Boolean.FALSE.equals(influence.enough())) {
      out.append(
          "<p><b>Not enough evidence:</b> images whose exemplars are not in the collection reach"
              + " such a score too.</p>\n");
    }
    groups(influence.groups(), out);
    return out.append("</div>\n").toString();
  }

  /// Hits in rows: a row is full when its sides exceed [#ROW].
  private static List<List<Integer>> rows(List<Double> shares) {
    var out = new ArrayList<List<Integer>>();
    var row = new ArrayList<Integer>();
    double width = 0;
    for (int i = 0; i < shares.size(); i++) {
      double side = side(shares.get(i));
      if (!row.isEmpty() && (width + side > ROW || row.size() == 8)) {
        out.add(List.copyOf(row));
        row.clear();
        width = 0;
      }
      row.add(i);
      width += side;
    }
    if (!row.isEmpty()) {
      out.add(List.copyOf(row));
    }
    return out;
  }

  private static double side(double share) {
    return Math.sqrt(Math.max(share, 0.004));
  }

  private static String tile(Ranking.Hit hit, Influence influence, int i, String picture) {
    String interval = "";
    if (!influence.intervals().isEmpty()) {
      Interval range = influence.intervals().get(i);
      interval = " <small>" + percent(range.low()) + " to " + percent(range.high()) + "</small>";
    }
    return String.format(
        Locale.ROOT,
        "<li style=\"flex-grow:%.4f\">%s<p><b>%d</b> %s%s</p><p class=\"id\">cosine %.3f,"
            + " %s</p></li>%n",
        side(influence.shares().get(i)),
        picture,
        hit.rank(),
        percent(influence.shares().get(i)),
        interval,
        hit.score(),
        Html.breakable(hit.image().id()));
  }

  private static void groups(List<GroupShare> groups, StringBuilder out) {
    if (groups.isEmpty()) {
      return;
    }
    out.append("<table><tr><th>group</th><th>influence</th><th>images</th></tr>\n");
    groups.stream()
        .limit(20)
        .forEach(
            g ->
                out.append(
                    "<tr><td>%s</td><td>%s</td><td>%d</td></tr>%n"
                        .formatted(Html.escape(g.group()), percent(g.share()), g.images())));
    out.append("</table>\n");
  }

  static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }
}

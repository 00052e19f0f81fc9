package io.semblance.attribution.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A plot of points and lines on two axes, as one SVG document. Text stays text.
///
/// @param title above the plot
/// @param x label of the horizontal axis
/// @param y label of the vertical axis
/// @param series drawn in order
/// @param diagonal whether x = y is drawn
public record Plot(String title, String x, String y, List<Series> series, boolean diagonal) {

  private static final int WIDTH = 560;
  private static final int HEIGHT = 400;
  private static final int LEFT = 64;
  private static final int RIGHT = 150;
  private static final int TOP = 36;
  private static final int BOTTOM = 52;
  private static final List<String> COLOURS =
      List.of("#1b6ca8", "#c8553d", "#3a7d44", "#7b4b94", "#b8860b", "#4d4d4d", "#2a9d8f");

  /// Copies the list.
  public Plot {
    series = List.copyOf(series);
  }

  /// Points of one colour.
  ///
  /// @param name in the legend
  /// @param points with finite coordinates
  /// @param line whether they are joined in order
  /// @param colour as CSS writes it, or null for the next of the plot's own
  public record Series(String name, List<Point> points, boolean line, String colour) {

    /// A series in the next colour.
    ///
    /// @param name in the legend
    /// @param points with finite coordinates
    /// @param line whether they are joined in order
    public Series(String name, List<Point> points, boolean line) {
      this(name, points, line, null);
    }
  }

  /// One point.
  ///
  /// @param x horizontal
  /// @param y vertical
  /// @param label beside it, or empty
  public record Point(double x, double y, String label) {}

  /// A straight scale.
  private record Scale(double from, double to, double low, double high) {
    double at(double value) {
      return low + (value - from) / (to - from) * (high - low);
    }

    static Scale of(List<Double> values, double low, double high) {
      double least = values.stream().mapToDouble(v -> v).min().orElse(0);
      double most = values.stream().mapToDouble(v -> v).max().orElse(1);
      double margin = most > least ? 0.06 * (most - least) : Math.max(0.01, 0.1 * Math.abs(most));
      return new Scale(least - margin, most + margin, low, high);
    }

    List<Double> ticks() {
      double step = Math.pow(10, Math.floor(Math.log10(to - from)));
      while ((to - from) / step < 4) {
        step /= (to - from) / step < 2 ? 4 : 2;
      }
      var out = new ArrayList<Double>();
      for (double t = Math.ceil(from / step) * step; t <= to; t += step) {
        out.add(Math.abs(t) < step / 1e6 ? 0 : t);
      }
      return out;
    }
  }

  /// @return the document
  public String svg() {
    var points = series.stream().flatMap(s -> s.points().stream()).toList();
    Scale across = Scale.of(points.stream().map(Point::x).toList(), LEFT, (double) WIDTH - RIGHT);
    Scale up = Scale.of(points.stream().map(Point::y).toList(), (double) HEIGHT - BOTTOM, TOP);
    var out = new StringBuilder();
    out.append(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" font-family=\"Helvetica, Arial, sans-serif\" font-size=\"11\">%n<rect width=\"100%%\" height=\"100%%\" fill=\"#ffffff\"/>%n"
            .formatted(WIDTH, HEIGHT, WIDTH, HEIGHT));
    text(out, WIDTH / 2.0 - 40, 20, "middle", title);
    axes(out, across, up);
    if (diagonal) {
      double from = Math.max(across.from, up.from);
      double to = Math.min(across.to, up.to);
      if (to > from) {
        line(out, across.at(from), up.at(from), across.at(to), up.at(to), "#bbbbbb");
      }
    }
    for (int s = 0; s < series.size(); s++) {
      series(out, series.get(s), s, across, up);
    }
    return out.append("</svg>\n").toString();
  }

  private void axes(StringBuilder out, Scale across, Scale up) {
    for (double t : across.ticks()) {
      line(out, across.at(t), TOP, across.at(t), (double) HEIGHT - BOTTOM, "#eeeeee");
      text(out, across.at(t), HEIGHT - BOTTOM + 16.0, "middle", number(t));
    }
    for (double t : up.ticks()) {
      line(out, LEFT, up.at(t), (double) WIDTH - RIGHT, up.at(t), "#eeeeee");
      text(out, LEFT - 6.0, up.at(t) + 4, "end", number(t));
    }
    line(out, LEFT, TOP, LEFT, (double) HEIGHT - BOTTOM, "#333333");
    line(
        out,
        LEFT,
        (double) HEIGHT - BOTTOM,
        (double) WIDTH - RIGHT,
        (double) HEIGHT - BOTTOM,
        "#333333");
    text(out, (LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 14.0, "middle", x);
    out.append(
        "<text x=\"16\" y=\"%d\" text-anchor=\"middle\" transform=\"rotate(-90 16 %d)\">%s</text>%n"
            .formatted((TOP + HEIGHT - BOTTOM) / 2, (TOP + HEIGHT - BOTTOM) / 2, escape(y)));
  }

  private static void series(StringBuilder out, Series s, int number, Scale across, Scale up) {
    String colour = s.colour() == null ? COLOURS.get(number % COLOURS.size()) : s.colour();
    if (s.line() && s.points().size() > 1) {
      out.append(
          "<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"1.5\" points=\"".formatted(colour));
      s.points().forEach(p -> out.append(xy(across.at(p.x()), up.at(p.y()))).append(' '));
      out.append("\"/>\n");
    } else {
      for (Point p : s.points()) {
        out.append(
            String.format(
                Locale.ROOT,
                "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4\" fill=\"%s\" fill-opacity=\"0.85\"/>%n",
                across.at(p.x()),
                up.at(p.y()),
                colour));
        if (!p.label().isEmpty()) {
          text(out, across.at(p.x()) + 6, up.at(p.y()) + 4, "start", p.label());
        }
      }
    }
    double at = TOP + 12 + 16.0 * number;
    out.append(
        String.format(
            Locale.ROOT,
            "<rect x=\"%d\" y=\"%.1f\" width=\"10\" height=\"10\" fill=\"%s\"/>%n",
            WIDTH - RIGHT + 14,
            at - 9,
            colour));
    text(out, WIDTH - RIGHT + 30.0, at, "start", s.name());
  }

  private static void line(
      StringBuilder out, double x1, double y1, double x2, double y2, String colour) {
    out.append(
        String.format(
            Locale.ROOT,
            "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\"/>%n",
            x1,
            y1,
            x2,
            y2,
            colour));
  }

  private static void text(StringBuilder out, double x, double y, String anchor, String text) {
    out.append(
        String.format(
            Locale.ROOT,
            "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n",
            x,
            y,
            anchor,
            escape(text)));
  }

  private static String xy(double x, double y) {
    return String.format(Locale.ROOT, "%.1f,%.1f", x, y);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4g", value).replaceFirst("\\.?0+$", "");
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}

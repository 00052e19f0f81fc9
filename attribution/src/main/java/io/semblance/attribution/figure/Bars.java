package io.semblance.attribution.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Bars in panels side by side, as one SVG document: a panel for each question, in it a group for
/// each feature space, in it a bar for each answer. All panels have one scale, from 0.
///
/// @param title above
/// @param y label of the axis
/// @param panels drawn from left to right, at least one
public record Bars(String title, String y, List<Panel> panels) {

  private static final int HEIGHT = 340;
  private static final int TOP = 64;
  private static final int BOTTOM = 84;
  private static final int LEFT = 100;
  private static final int BAR = 16;
  private static final int GAP = 18;
  private static final int BETWEEN = 36;
  private static final int LEAST = 210;
  private static final List<String> COLOURS = List.of("#1b6ca8", "#c8553d", "#b8860b");

  /// Copies the list.
  public Bars {
    panels = List.copyOf(panels);
  }

  /// One question.
  ///
  /// @param title above the panel
  /// @param answers names of the bars of each group, at most three
  /// @param groups drawn from left to right, at least one
  public record Panel(String title, List<String> answers, List<Group> groups) {

    private int width() {
      return Math.max(LEAST, groups.size() * (answers.size() * BAR + GAP) + GAP);
    }
  }

  /// One feature space.
  ///
  /// @param name below its bars
  /// @param values at least 0, one for each answer, NaN where there is none
  public record Group(String name, List<Double> values) {}

  /// @return the document
  public String svg() {
    int width = LEFT + panels.stream().mapToInt(p -> p.width() + BETWEEN).sum();
    double most =
        panels.stream()
            .flatMap(p -> p.groups().stream())
            .flatMap(g -> g.values().stream())
            .filter(Double::isFinite)
            .mapToDouble(v -> v)
            .max()
            .orElse(1);
    var out = new StringBuilder();
    out.append(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" font-family=\"Helvetica, Arial, sans-serif\" font-size=\"11\">%n<rect width=\"100%%\" height=\"100%%\" fill=\"#ffffff\"/>%n"
            .formatted(width, HEIGHT, width, HEIGHT));
    text(out, width / 2.0, 18, "middle", title);
    out.append(
        "<text x=\"46\" y=\"%d\" text-anchor=\"middle\" transform=\"rotate(-90 46 %d)\">%s</text>%n"
            .formatted((TOP + HEIGHT - BOTTOM) / 2, (TOP + HEIGHT - BOTTOM) / 2, escape(y)));
    int left = LEFT;
    for (Panel panel : panels) {
      panel(out, panel, left, 1.05 * most);
      left += panel.width() + BETWEEN;
    }
    return out.append("</svg>\n").toString();
  }

  private static void panel(StringBuilder out, Panel panel, int left, double most) {
    text(out, left + panel.width() / 2.0, 38, "middle", panel.title());
    for (double t : ticks(most)) {
      out.append(
          String.format(
              Locale.ROOT,
              "<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"#e5e5e5\"/>%n",
              left,
              left + panel.width(),
              up(t, most),
              up(t, most)));
      text(out, left - 5.0, up(t, most) + 4, "end", String.format(Locale.ROOT, "%.2f", t));
    }
    double x = left + GAP;
    for (Group group : panel.groups()) {
      for (int i = 0; i < group.values().size(); i++) {
        double value = group.values().get(i);
        if (Double.isFinite(value)) {
          bar(out, x + (double) i * BAR, up(value, most), COLOURS.get(i), value);
        }
      }
      double middle = x + panel.answers().size() * BAR / 2.0;
      out.append(
          String.format(
              Locale.ROOT,
              "<text x=\"%.1f\" y=\"%d\" text-anchor=\"end\" transform=\"rotate(-25 %.1f"
                  + " %d)\">%s</text>%n",
              middle + 6,
              HEIGHT - BOTTOM + 16,
              middle + 6,
              HEIGHT - BOTTOM + 16,
              escape(group.name())));
      x += panel.answers().size() * BAR + GAP;
    }
    double at = left;
    for (int i = 0; i < panel.answers().size(); i++) {
      String colour = COLOURS.get(i);
      out.append(
          String.format(
              Locale.ROOT,
              "<rect x=\"%.1f\" y=\"46\" width=\"9\" height=\"9\" fill=\"%s\"/>%n",
              at,
              colour));
      text(out, at + 13, 54, "start", panel.answers().get(i));
      at += 24 + 6.2 * panel.answers().get(i).length();
    }
  }

  private static void bar(StringBuilder out, double x, double top, String colour, double value) {
    out.append(
        String.format(
            Locale.ROOT,
            "<rect x=\"%.1f\" y=\"%.1f\" width=\"%d\" height=\"%.1f\""
                + " fill=\"%s\"><title>%.3f</title></rect>%n",
            x,
            top,
            BAR - 2,
            HEIGHT - BOTTOM - top,
            colour,
            value));
  }

  private static double up(double value, double most) {
    return HEIGHT - BOTTOM - value / most * (HEIGHT - BOTTOM - TOP);
  }

  private static List<Double> ticks(double most) {
    double step = Math.pow(10, Math.floor(Math.log10(most)));
    while (most / step < 4) {
      step /= 2;
    }
    var out = new ArrayList<Double>();
    for (int i = 0; i * step <= most; i++) {
      out.add(i * step);
    }
    return out;
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

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}

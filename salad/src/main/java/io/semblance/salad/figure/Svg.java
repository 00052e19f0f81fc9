package io.semblance.salad.figure;

import java.util.Locale;

/// Writes a drawing as SVG. Text stays text, in whatever sans-serif font the reader has.
public final class Svg {

  private Svg() {}

  /// @param drawing any
  /// @return a document of its own, to be put into a file or into a page
  public static String of(Drawing drawing) {
    var out = new StringBuilder();
    out.append("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"")
        .append(number(drawing.width()))
        .append("\" height=\"")
        .append(number(drawing.height()))
        .append("\" viewBox=\"0 0 ")
        .append(number(drawing.width()))
        .append(' ')
        .append(number(drawing.height()))
        .append("\" font-family=\"Helvetica, Arial, sans-serif\">\n")
        .append("<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n");
    for (Mark mark : drawing.marks()) {
      append(out, mark);
    }
    return out.append("</svg>\n").toString();
  }

  /// @param text any
  /// @return the text with the characters that XML reserves replaced
  public static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  private static void append(StringBuilder out, Mark mark) {
    switch (mark) {
      case Mark.Box b -> {
        out.append("<rect");
        attribute(out, "x", b.x());
        attribute(out, "y", b.y());
        attribute(out, "width", b.width());
        attribute(out, "height", b.height());
        out.append(" fill=\"").append(color(b.color()));
        out.append("\" shape-rendering=\"crispEdges\"/>\n");
      }
      case Mark.Line l -> {
        out.append("<line");
        attribute(out, "x1", l.x1());
        attribute(out, "y1", l.y1());
        attribute(out, "x2", l.x2());
        attribute(out, "y2", l.y2());
        attribute(out, "stroke-width", l.width());
        out.append(" stroke=\"").append(color(l.color())).append("\"/>\n");
      }
      case Mark.Dot d -> dot(out, d);
      case Mark.Text t -> text(out, t);
    }
  }

  private static void dot(StringBuilder out, Mark.Dot dot) {
    if (dot.shape() == Shape.CIRCLE) {
      out.append("<circle");
      attribute(out, "cx", dot.x());
      attribute(out, "cy", dot.y());
      attribute(out, "r", dot.radius());
    } else {
      out.append("<polygon points=\"").append(corners(dot)).append('"');
    }
    out.append(" fill=\"").append(color(dot.color()));
    out.append("\" fill-opacity=\"0.85\" stroke=\"#ffffff\" stroke-width=\"0.6\"/>\n");
  }

  private static String corners(Mark.Dot dot) {
    var out = new StringBuilder();
    double[] outline = dot.shape().outline();
    for (int i = 0; i < outline.length; i += 2) {
      out.append(i == 0 ? "" : " ")
          .append(number(dot.x() + dot.radius() * outline[i]))
          .append(',')
          .append(number(dot.y() + dot.radius() * outline[i + 1]));
    }
    return out.toString();
  }

  private static void text(StringBuilder out, Mark.Text text) {
    out.append("<text");
    attribute(out, "x", text.x());
    attribute(out, "y", text.y());
    attribute(out, "font-size", text.size());
    switch (text.anchor()) {
      case START -> {}
      case MIDDLE -> out.append(" text-anchor=\"middle\"");
      case END -> out.append(" text-anchor=\"end\"");
    }
    if (text.upwards()) {
      out.append(" transform=\"rotate(-90 ")
          .append(number(text.x()))
          .append(' ')
          .append(number(text.y()))
          .append(")\"");
    }
    out.append(" fill=\"").append(color(text.color())).append("\">");
    out.append(escape(text.text())).append("</text>\n");
  }

  private static void attribute(StringBuilder out, String name, double value) {
    out.append(' ').append(name).append("=\"").append(number(value)).append('"');
  }

  private static String color(int color) {
    return String.format(Locale.ROOT, "#%06x", color);
  }

  private static String number(double value) {
    String text = String.format(Locale.ROOT, "%.2f", value);
    return text.endsWith(".00") ? text.substring(0, text.length() - 3) : text;
  }
}

package io.semblance.attribution.report;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Queries with rankings beside them, thumbnail by thumbnail, as one SVG document that holds its
/// pictures.
///
/// @param title above all
/// @param strips one a query
record Strips(String title, List<Strip> strips) {

  private static final int TILE = 92;
  private static final int STEP = 104;
  private static final int ROW = 124;
  private static final int LEFT = 200;
  private static final int NAME = 70;
  private static final int TOP = 34;

  /// What the exemplars are boxed in.
  static final String RED = "#d62828";

  /// A query and its rankings.
  ///
  /// @param query its picture
  /// @param name below it
  /// @param rows one a ranking
  record Strip(Optional<Thumbnail> query, String name, List<Row> rows) {}

  /// One ranking.
  ///
  /// @param name before it
  /// @param tiles nearest first
  record Row(String name, List<Tile> tiles) {}

  /// One image.
  ///
  /// @param picture nothing for a grey tile
  /// @param caption below it
  /// @param colour of the caption
  /// @param boxed whether it has a red frame
  /// @param apart whether images between the one before and this one are left out
  record Tile(
      Optional<Thumbnail> picture, String caption, String colour, boolean boxed, boolean apart) {}

  /// @return the document
  String svg() {
    int columns =
        strips.stream()
            .flatMap(s -> s.rows().stream())
            .mapToInt(r -> r.tiles().size())
            .max()
            .orElse(0);
    int width = LEFT + columns * STEP + 40;
    int height = TOP + strips.stream().mapToInt(Strips::height).sum();
    var out = new StringBuilder();
    out.append(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" font-family=\"Helvetica, Arial, sans-serif\" font-size=\"11\">%n<rect width=\"100%%\" height=\"100%%\" fill=\"#ffffff\"/>%n"
            .formatted(width, height, width, height));
    text(out, width / 2.0, 18, "middle", "#000000", title);
    int top = TOP;
    for (Strip strip : strips) {
      strip(out, strip, top);
      top += height(strip);
    }
    return out.append("</svg>\n").toString();
  }

  private static int height(Strip strip) {
    return strip.rows().size() * ROW + 14;
  }

  private static void strip(StringBuilder out, Strip strip, int top) {
    int middle = top + (strip.rows().size() * ROW - ROW) / 2;
    picture(out, strip.query(), 12, middle);
    text(out, 12 + TILE / 2.0, middle + TILE + 13, "middle", "#000000", cut(strip.name(), 20));
    for (int r = 0; r < strip.rows().size(); r++) {
      Row row = strip.rows().get(r);
      int y = top + r * ROW;
      text(out, LEFT - NAME - 2.0, y + TILE / 2.0, "start", "#000000", row.name());
      for (int i = 0; i < row.tiles().size(); i++) {
        tile(out, row.tiles().get(i), LEFT + i * STEP, y);
      }
    }
  }

  private static void tile(StringBuilder out, Tile tile, int left, int top) {
    int x = left + (tile.apart() ? 22 : 0);
    if (tile.apart()) {
      text(out, left + 6.0, top + TILE / 2.0, "middle", "#666666", "\u2026");
    }
    picture(out, tile.picture(), x, top);
    if (tile.boxed()) {
      out.append(
          "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"none\" stroke=\"%s\" stroke-width=\"4\"/>%n"
              .formatted(x, top, TILE, TILE, RED));
    }
    text(out, x + TILE / 2.0, top + TILE + 14, "middle", tile.colour(), tile.caption());
  }

  private static void picture(StringBuilder out, Optional<Thumbnail> thumbnail, int x, int y) {
    out.append(
        thumbnail
            .map(
                t ->
                    "<image x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" preserveAspectRatio=\"xMidYMid slice\" href=\"%s\"/>%n"
                        .formatted(x, y, TILE, TILE, t.dataUri()))
            .orElseGet(
                () ->
                    "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"#cccccc\"/>%n"
                        .formatted(x, y, TILE, TILE)));
  }

  private static void text(
      StringBuilder out, double x, double y, String anchor, String colour, String text) {
    out.append(
        String.format(
            Locale.ROOT,
            "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" fill=\"%s\">%s</text>%n",
            x,
            y,
            anchor,
            colour,
            Html.escape(text)));
  }

  /// The end of a long name tells more than its beginning.
  private static String cut(String text, int most) {
    return text.length() <= most ? text : "\u2026" + text.substring(text.length() - most + 1);
  }
}

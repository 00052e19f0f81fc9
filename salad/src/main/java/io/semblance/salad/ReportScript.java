package io.semblance.salad;

import io.semblance.core.file.Json;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// What the page does when it is touched: tables sort, and heatmaps show the two cells pointed at.
/// Script and numbers are part of the page, so that it opens from disk.
final class ReportScript {

  private ReportScript() {}

  /// @param result on the page, its heatmaps in the same order
  /// @param thumbnails images of cells as `data:` addresses, by the cell's number
  /// @return two `script` elements
  static String of(SaladResult result, Map<Integer, String> thumbnails) {
    var data = new LinkedHashMap<String, Object>();
    data.put("categories", result.axes().categories());
    data.put("styles", result.axes().styles());
    if (!result.models().isEmpty()) {
      HeatmapFigure.Place place = HeatmapFigure.place(result.models().getFirst().heatmap());
      data.put("left", place.left());
      data.put("top", place.top());
      data.put("cell", place.cell());
      data.put("width", place.width());
    }
    data.put(
        "images",
        IntStream.range(0, result.axes().cells())
            .mapToObj(c -> thumbnails.getOrDefault(c, ""))
            .toList());
    data.put("means", result.models().stream().map(m -> rounded(m.heatmap())).toList());
    // No text of a label may end the element.
    String json = Json.of(data).replaceAll("\\s*\\R\\s*", "").replace("<", "\\u003c");
    return "<script type=\"application/json\" id=\"salad\">"
        + json
        + "</script>\n<script>\n"
        + script()
        + "</script>";
  }

  private static List<Number> rounded(Heatmap heatmap) {
    var out = new ArrayList<Number>();
    for (double mean : heatmap.offDiagonal()) {
      out.add(
          Double.isNaN(mean) ? null : new BigDecimal(mean).round(new MathContext(4)).doubleValue());
    }
    return out;
  }

  private static String script() {
    try (InputStream in = ReportScript.class.getResourceAsStream("report.js")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("the script shipped with the program cannot be read", e);
    }
  }
}

package io.semblance.app;

import io.semblance.salad.PaperComparison;
import io.semblance.salad.PaperComparison.Row;
import java.util.ArrayList;
import java.util.List;

/// The published numbers beside ours, for a terminal.
final class PaperText {

  private PaperText() {}

  /// @param paper the comparison
  /// @return a line for each published number, under the figure or table it stands in
  static String of(PaperComparison paper) {
    var lines = new ArrayList<String>(List.of("Published in fruit-SALAD, and ours:"));
    String where = "";
    for (Row row : paper.rows()) {
      if (!row.where().equals(where)) {
        where = row.where();
        lines.add("%-34s  %10s  %10s".formatted(where + ", " + row.unit(), "published", "ours"));
      }
      lines.add(
          "  %-32s  %10s  %10s"
              .formatted(row.what(), number(row, row.published()), number(row, row.ours())));
    }
    paper.notes().forEach(lines::add);
    return String.join("\n", lines);
  }

  private static String number(Row row, double value) {
    if (Double.isNaN(value)) {
      return "-";
    }
    return row.unit().equals("percent") ? "%.2f".formatted(value) : "%.0f".formatted(value);
  }
}

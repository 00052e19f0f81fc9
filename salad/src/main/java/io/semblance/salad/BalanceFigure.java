package io.semblance.salad;

import io.semblance.salad.figure.Drawing;
import io.semblance.salad.figure.Lettering;
import io.semblance.salad.figure.Mark;
import io.semblance.salad.figure.Mark.Anchor;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// Draws for each model how much further a change of style moves an image than a change of
/// category: the difference of the two mean distances, as a share of the distance where both
/// differ. Bars to the left: category weighs more; to the right: style does.
final class BalanceFigure {

  private static final double SIZE = 12;
  private static final double ROW = 22;
  private static final double TOP = 34;
  private static final double HALF = 220;

  private BalanceFigure() {}

  private record Bar(String name, double share) {}

  /// @param models any; those without both distances are left out
  /// @return the drawing, or null if no computational model has both
  static Drawing of(List<ModelResult> models) {
    List<Bar> bars =
        models.stream()
            .filter(m -> m.provenance().computational())
            .map(m -> new Bar(m.name(), share(m.heatmap())))
            .filter(b -> Double.isFinite(b.share()))
            .sorted(Comparator.comparingDouble(Bar::share))
            .toList();
    if (bars.isEmpty()) {
      return null;
    }
    double names =
        bars.stream().mapToDouble(b -> Lettering.width(b.name(), SIZE)).max().orElseThrow();
    double longest = bars.stream().mapToDouble(b -> Math.abs(b.share())).max().orElseThrow();
    double middle = names + 24 + HALF + 50;
    var drawing = new Drawing(middle + HALF + 60, TOP + ROW * bars.size() + 10);
    drawing.text("category weighs more", middle - 10, 18, SIZE, Anchor.END);
    drawing.text("style weighs more", middle + 10, 18, SIZE, Anchor.START);
    for (int k = 0; k < bars.size(); k++) {
      bar(drawing, bars.get(k), middle, TOP + k * ROW, longest);
    }
    drawing.line(middle, TOP - 6, middle, TOP + ROW * bars.size(), Drawing.QUIET);
    return drawing;
  }

  private static void bar(Drawing drawing, Bar bar, double middle, double y, double longest) {
    double length = longest == 0 ? 0 : HALF * Math.abs(bar.share()) / longest;
    boolean style = bar.share() > 0;
    int color = style ? 0xd08a2e : 0x4e79a7;
    drawing.add(new Mark.Box(style ? middle : middle - length, y + 3, length, ROW - 8, color));
    drawing.text(bar.name(), 12, y + 14, SIZE, Anchor.START);
    drawing.add(
        new Mark.Text(
            String.format(Locale.ROOT, "%.1f %%", 100 * Math.abs(bar.share())),
            style ? middle + length + 6 : middle - length - 6,
            y + 14,
            11,
            style ? Anchor.START : Anchor.END,
            false,
            Drawing.QUIET));
  }

  /// @return above 0 where style weighs more; NaN if not defined
  private static double share(Heatmap heatmap) {
    double difference = heatmap.meanWhere(true, false) - heatmap.meanWhere(false, true);
    return difference / heatmap.meanWhere(false, false);
  }
}

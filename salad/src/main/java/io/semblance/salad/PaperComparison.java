package io.semblance.salad;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The numbers that fruit-SALAD prints, beside ours where the grid and the model are the paper's.
///
/// @param rows every published number
/// @param notes why numbers of ours are missing, in sentences
public record PaperComparison(List<Row> rows, List<String> notes) {

  /// The example of figure 3 (right), under its name in table 1.
  private static final String EXAMPLE = "ResNet50_IN1k";

  private static final int INSTANCES = 100;
  private static final int COMPUTATIONAL = 20;

  /// One published number.
  ///
  /// @param where in the paper, e.g. `figure 3, left`
  /// @param what it is of: a model, or a category and style
  /// @param unit of both numbers
  /// @param published the paper's number; a blank cell of figure 3 is 100
  /// @param ours our number; NaN if there is none to compare
  public record Row(String where, String what, String unit, double published, double ours) {}

  /// @param result of any tables
  /// @return all 223 published numbers: 200 of figure 3, 23 of the tables
  public static PaperComparison of(SaladResult result) {
    var rows = new ArrayList<Row>();
    var notes = new ArrayList<String>();
    int[] cells = cells(result.axes());
    if (!isPaperGrid(result, cells)) {
      notes.add(
          "The grid is not that of the paper, 10 fruits x 10 styles x 100 instances, so its"
              + " percentages stand alone.");
      cells = new int[0];
    }
    Optional<ModelResult> example = find(result, EXAMPLE);
    if (example.isEmpty()) {
      notes.add("No table is of " + EXAMPLE + ", the example of figure 3 (right).");
    }
    int computational = result.verdict().models();
    if (cells.length > 0 && computational < COMPUTATIONAL) {
      notes.add(
          "Our maximum in figure 3 (left) is over "
              + computational
              + " computational models, the"
              + " paper's over "
              + COMPUTATIONAL
              + ".");
    }
    double[] none = new double[100];
    Arrays.fill(none, Double.NaN);
    double[] best = none.clone();
    double[] single = none.clone();
    for (int k = 0; k < cells.length; k++) {
      best[k] = result.verdict().percent()[cells[k]];
      single[k] = example.isPresent() ? example.get().recognition().percent(cells[k]) : Double.NaN;
    }
    figure("figure 3, left", "figure3-max.csv", best, rows);
    figure("figure 3, right (" + EXAMPLE + ")", "figure3-resnet50.csv", single, rows);
    PaperModels.DIMENSIONS.forEach(
        (name, d) ->
            rows.add(
                new Row(
                    "tables 1 and 2",
                    name,
                    "dimensions",
                    d,
                    find(result, name).map(m -> (double) m.dimension()).orElse(Double.NaN))));
    return new PaperComparison(List.copyOf(rows), List.copyOf(notes));
  }

  private static void figure(String where, String file, double[] ours, List<Row> rows) {
    List<String> lines = PaperModels.lines(file);
    for (int k = 0; k < lines.size(); k++) {
      String[] cells = lines.get(k).split(",", -1);
      double published = cells[2].isEmpty() ? 100 : Double.parseDouble(cells[2]);
      rows.add(new Row(where, cells[0] + " / " + cells[1], "percent", published, ours[k]));
    }
  }

  private static Optional<ModelResult> find(SaladResult result, String name) {
    return result.models().stream()
        .filter(m -> PaperModels.find(m.name()).filter(name::equals).isPresent())
        .findFirst();
  }

  /// Our cell for each of the paper's, style by style as figure 3 is printed; empty if the labels
  /// are not the paper's.
  private static int[] cells(SaladAxes axes) {
    if (axes.categories().size() != 10 || axes.styles().size() != 10) {
      return new int[0];
    }
    int[] out = new int[100];
    for (int style = 0; style < 10; style++) {
      for (int category = 0; category < 10; category++) {
        int c = index(axes.categories(), LabelOrder.FRUITS, category);
        int s = index(axes.styles(), LabelOrder.STYLES, style);
        if (c < 0 || s < 0) {
          return new int[0];
        }
        out[10 * style + category] = axes.cell(c, s);
      }
    }
    return out;
  }

  private static int index(List<String> labels, List<String> paper, int at) {
    for (int k = 0; k < labels.size(); k++) {
      String label = labels.get(k);
      if (label.equals(Integer.toString(at)) || LabelOrder.word(label).equals(paper.get(at))) {
        return k;
      }
    }
    return -1;
  }

  private static boolean isPaperGrid(SaladResult result, int[] cells) {
    return cells.length == 100
        && !result.models().isEmpty()
        && Arrays.stream(result.models().getFirst().recognition().images())
            .allMatch(images -> images == INSTANCES);
  }
}

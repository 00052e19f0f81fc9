package io.semblance.salad;

import io.semblance.core.table.Precision;
import io.semblance.core.table.Provenance;
import java.util.List;
import java.util.Locale;

/// What the benchmark says of one model.
///
/// @param name the model's id, made distinct among the models compared
/// @param provenance which model made the vectors
/// @param precision how they were stored
/// @param images n, images on the grid
/// @param dimension d
/// @param vectorsSha256 hash of ids, labels and float32 vectors of the table, in its order; 64
///   hexadecimal characters
/// @param space how distances were made
/// @param recognition share of the own cell among the nearest
/// @param heatmap mean distances of cells
/// @param weights regression on category and style
/// @param scatter layout of some images; null if fewer than three were chosen or d is 1
/// @param warnings sentences, empty if all is well
public record ModelResult(
    String name,
    Provenance provenance,
    Precision precision,
    int images,
    int dimension,
    String vectorsSha256,
    SpaceFacts space,
    SelfRecognition recognition,
    Heatmap heatmap,
    Weights weights,
    Scatter scatter,
    List<String> warnings) {

  /// What the model weighs more, in one sentence for a reader who knows no statistics.
  ///
  /// @return a sentence with both mean distances
  public String reading() {
    Leaning leaning = Leaning.of(heatmap);
    if (leaning == Leaning.UNDEFINED) {
      return leaning.sentence() + ".";
    }
    return String.format(
        Locale.ROOT,
        "%s (mean distance, same category in another style: %.3g; same style, another category:"
            + " %.3g).",
        leaning.sentence(),
        heatmap.meanWhere(true, false),
        heatmap.meanWhere(false, true));
  }
}

package io.semblance.salad;

import io.semblance.core.table.Precision;
import io.semblance.core.table.Provenance;
import java.util.List;

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
/// @param measures every quantity with its interval
/// @param scatter layout of some images; null if none was asked for, fewer than three were chosen
///   or d is 1
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
    Measures measures,
    Scatter scatter,
    List<String> warnings) {

  /// @return what the model weighs, in words that follow from the weights and their intervals
  public Verdict verdict() {
    return Verdict.of(measures.of(Quantity.W_CATEGORY), measures.of(Quantity.W_STYLE));
  }

  /// @return whether the vectors are computed from images; a file that does not say so is believed
  ///   by the model's name in the paper
  public boolean computational() {
    return provenance.computational() && !PaperModels.conceptual(name);
  }
}

package io.semblance.app;

import io.semblance.core.Progress;
import io.semblance.core.SemblanceException;
import io.semblance.core.search.Agreement;
import io.semblance.core.table.EmbeddingTable;
import io.semblance.salad.SaladAnalysis;
import io.semblance.salad.SaladOptions;
import io.semblance.salad.SaladResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a reduced precision costs, in the terms of the two questions that tables are for: how
/// vectors and nearest images change, and how the heatmap of the benchmark does.
///
/// @param agreement of vectors and of nearest images
/// @param heatmap Pearson correlation of the off-diagonal cells of both heatmaps, in [-1, 1],
///   higher is closer; null where there is none
/// @param why there is no heatmap, in a sentence, or null
record TableAgreement(Agreement agreement, Double heatmap, String why) {

  /// @param reference what is taken as right
  /// @param other a table of the same images
  /// @return how far they agree
  /// @throws SemblanceException if they cannot be compared
  static TableAgreement of(EmbeddingTable reference, EmbeddingTable other)
      throws SemblanceException {
    var pair = Agreement.Pair.of(reference, other);
    Agreement agreement = Agreement.of(pair.reference(), pair.other());
    boolean labelled =
        pair.reference().rows().stream()
            .anyMatch(r -> r.labels().category() != null && r.labels().style() != null);
    if (!labelled) {
      return new TableAgreement(agreement, null, "the images have no category and style");
    }
    SaladResult salad =
        SaladAnalysis.of(
            List.of(pair.reference(), pair.other()), SaladOptions.defaults(), Progress.none());
    if (!salad.refusals().isEmpty()) {
      return new TableAgreement(agreement, null, salad.refusals().getFirst().reason());
    }
    if (salad.comparison().models().size() < 2) {
      return new TableAgreement(agreement, null, String.join(" ", salad.comparison().notes()));
    }
    return new TableAgreement(agreement, salad.comparison().correlation().get(0, 1), null);
  }

  /// @return for JSON; what is not defined is null
  Map<String, Object> document() {
    var out = new LinkedHashMap<String, Object>();
    out.put("images", agreement.images());
    out.put("meanCosine", agreement.meanCosine());
    out.put("leastCosine", agreement.leastCosine());
    out.put("topTen", Double.isNaN(agreement.topTen()) ? null : agreement.topTen());
    out.put("heatmapCorrelation", heatmap);
    out.put("noHeatmap", why);
    return out;
  }

  /// @return one line
  String text() {
    return "on %d images, mean-centred cosine %.5f (least %.5f), %s, %s"
        .formatted(
            agreement.images(),
            agreement.meanCosine(),
            agreement.leastCosine(),
            Double.isNaN(agreement.topTen())
                ? "too few images for a top 10"
                : "top 10 the same by %.1f %%".formatted(100 * agreement.topTen()),
            heatmap == null ? "no heatmap" : "heatmaps correlate by %.4f".formatted(heatmap));
  }
}

package io.semblance.salad;

import io.semblance.core.linalg.Matrix;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// A result as `results.json`, schema version 1. Undefined numbers are null.
final class ResultJson {

  static final int SCHEMA = 1;

  private ResultJson() {}

  /// @param result to write
  /// @param version of the program
  /// @return maps, lists, strings and numbers in the order in which they are to be written
  static Map<String, Object> of(SaladResult result, String version) {
    var out = new LinkedHashMap<String, Object>();
    out.put("schema", SCHEMA);
    out.put("program", "semblance " + version);
    out.put("options", options(result.options()));
    out.put("categories", result.axes().categories());
    out.put("styles", result.axes().styles());
    out.put("replicates", result.replicates());
    out.put("notes", result.notes());
    out.put("refused", result.refusals());
    out.put("models", result.models().stream().map(ResultJson::model).toList());
    out.put("verdict", verdict(result.verdict()));
    out.put("comparison", comparison(result.comparison()));
    out.put("tests", result.tests().stream().map(ResultJson::test).toList());
    return out;
  }

  private static Map<String, Object> options(SaladOptions options) {
    var out = new LinkedHashMap<String, Object>();
    out.put("metric", options.metric().toString());
    out.put("covariance", options.covariance().toString());
    out.put("scatter_axis", options.scatter().axis().toString());
    out.put("scatter_labels", options.scatter().labels());
    out.put("scatter_points", options.scatterPoints());
    out.put("inits", options.inits());
    out.put("seed", options.seed());
    out.put("recognized_percent", options.recognizedPercent());
    out.put("neighbours", options.neighbours());
    out.put("replicates", options.replicates());
    out.put("resample_axes", options.resampleAxes());
    out.put("strict", options.images().strict());
    out.put("only_categories", options.images().categories());
    out.put("only_styles", options.images().styles());
    out.put("only_instances", options.images().instances());
    return out;
  }

  private static Map<String, Object> model(ModelResult m) {
    var out = new LinkedHashMap<String, Object>();
    out.put("name", m.name());
    out.put("provenance", m.provenance());
    out.put("precision", m.precision().toString());
    out.put("images", m.images());
    out.put("dimensions", m.dimension());
    out.put("table_sha256", m.vectorsSha256());
    out.put("covariance", m.space().covariance());
    out.put("shrinkage", m.space().shrinkage());
    out.put("rank", m.space().rank());
    out.put("dropped", m.space().dropped());
    out.put("condition", m.space().condition());
    out.put("warnings", m.warnings());
    out.put("reading", m.verdict().sentence());
    out.put("distance_same_category_other_style", number(m.heatmap().meanWhere(true, false)));
    out.put("distance_same_style_other_category", number(m.heatmap().meanWhere(false, true)));
    out.put("distance_both_differ", number(m.heatmap().meanWhere(false, false)));
    out.put("weights", weights(m.weights()));
    out.put("verdict", verdict(m.verdict()));
    out.put("measures", measures(m.measures()));
    out.put("self_recognition", recognition(m.recognition()));
    out.put("heatmap", matrix(m.heatmap().means()));
    out.put("scatter", m.scatter() == null ? null : scatter(m.scatter()));
    return out;
  }

  private static Map<String, Object> weights(Weights w) {
    var out = new LinkedHashMap<String, Object>();
    out.put("category", number(w.category()));
    out.put("style", number(w.style()));
    out.put("intercept", number(w.intercept()));
    out.put("r2", number(w.r2()));
    out.put("spearman_style_blind", number(w.spearmanStyleBlind()));
    out.put("spearman_category_blind", number(w.spearmanCategoryBlind()));
    out.put("spearman_balanced", number(w.spearmanBalanced()));
    return out;
  }

  private static Map<String, Object> verdict(Verdict verdict) {
    var out = new LinkedHashMap<String, Object>();
    out.put("kind", verdict.kind().name().toLowerCase(Locale.ROOT));
    out.put("ratio", number(verdict.ratio()));
    out.put("low", number(verdict.interval().low()));
    out.put("high", number(verdict.interval().high()));
    out.put("sentence", verdict.sentence());
    return out;
  }

  private static Map<String, Object> measures(Measures measures) {
    var out = new LinkedHashMap<String, Object>();
    for (Quantity quantity : Quantity.values()) {
      Estimate estimate = measures.of(quantity);
      var numbers = new LinkedHashMap<String, Object>();
      numbers.put("value", number(estimate.value()));
      numbers.put("low", number(estimate.interval().low()));
      numbers.put("high", number(estimate.interval().high()));
      out.put(quantity.key(), numbers);
    }
    return out;
  }

  private static Map<String, Object> test(PairedTest test) {
    var out = new LinkedHashMap<String, Object>();
    out.put("first", test.first());
    out.put("second", test.second());
    out.put("quantity", test.quantity().key());
    out.put("difference", number(test.difference()));
    out.put("low", number(test.interval().low()));
    out.put("high", number(test.interval().high()));
    out.put("p", number(test.p()));
    out.put("p_holm", number(test.adjusted()));
    return out;
  }

  private static Map<String, Object> recognition(SelfRecognition recognition) {
    var out = new LinkedHashMap<String, Object>();
    out.put("note", recognition.defined() ? null : SelfRecognition.UNDEFINED);
    out.put("mean_percent", number(recognition.meanPercent()));
    out.put("images", recognition.images());
    out.put("mean_count", numbers(recognition.counts()));
    return out;
  }

  private static Map<String, Object> scatter(Scatter scatter) {
    var out = new LinkedHashMap<String, Object>();
    out.put("method", scatter.method().toString());
    out.put("stress_1", number(scatter.stress1()));
    out.put("explained", number(scatter.explained()));
    out.put("shown", scatter.cells().length);
    out.put("chosen", scatter.chosen());
    return out;
  }

  private static Map<String, Object> verdict(RecognitionVerdict verdict) {
    var out = new LinkedHashMap<String, Object>();
    out.put("defined", verdict.defined());
    out.put("passed", verdict.passed());
    out.put("computational_models", verdict.models());
    out.put("bound_percent", verdict.bound());
    out.put("failed_cells", verdict.failed().stream().map(verdict.axes()::name).toList());
    out.put("best_percent", numbers(verdict.percent()));
    return out;
  }

  private static Map<String, Object> comparison(ModelComparison comparison) {
    var out = new LinkedHashMap<String, Object>();
    out.put("notes", comparison.notes());
    out.put("models", comparison.models());
    out.put("explained_variance_ratio", numbers(comparison.explained()));
    out.put("scores", matrix(comparison.scores()));
    out.put("correlation", matrix(comparison.correlation()));
    return out;
  }

  private static Double number(double value) {
    return Double.isFinite(value) ? value : null;
  }

  private static List<Double> numbers(double[] values) {
    List<Double> out = new ArrayList<>();
    for (double v : values) {
      out.add(number(v));
    }
    return out;
  }

  private static List<List<Double>> matrix(Matrix matrix) {
    List<List<Double>> out = new ArrayList<>();
    for (int i = 0; i < matrix.rows(); i++) {
      out.add(numbers(matrix.row(i)));
    }
    return out;
  }
}

package io.semblance.salad;

import io.semblance.core.linalg.Matrix;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// The tables of a result as CSV.
final class ResultTables {

  private ResultTables() {}

  static String models(SaladResult result) {
    List<String> header =
        new ArrayList<>(
            List.of(
                "model",
                "kind",
                "images",
                "dimensions",
                "metric",
                "covariance",
                "shrinkage",
                "rank",
                "condition",
                "distance_same_category_other_style",
                "distance_same_style_other_category",
                "distance_both_differ",
                "intercept"));
    for (Quantity quantity : Quantity.values()) {
      header.addAll(List.of(quantity.key(), quantity.key() + "_low", quantity.key() + "_high"));
    }
    header.add("verdict");
    var csv = new CsvText(header);
    for (ModelResult m : result.models()) {
      List<Object> row = new ArrayList<>();
      row.addAll(List.of(m.name(), m.provenance().kind(), m.images(), m.dimension()));
      row.addAll(List.of(m.space().metric(), covariance(m), m.space().shrinkage()));
      row.addAll(List.of(m.space().rank(), m.space().condition()));
      row.add(m.heatmap().meanWhere(true, false));
      row.add(m.heatmap().meanWhere(false, true));
      row.add(m.heatmap().meanWhere(false, false));
      row.add(m.weights().intercept());
      for (Quantity quantity : Quantity.values()) {
        Estimate e = m.measures().of(quantity);
        row.addAll(List.of(e.value(), e.interval().low(), e.interval().high()));
      }
      row.add(m.verdict().sentence());
      csv.row(row);
    }
    return csv.finish();
  }

  static String tests(SaladResult result) {
    var csv =
        new CsvText(
            List.of("quantity", "first", "second", "difference", "low", "high", "p", "p_holm"));
    for (PairedTest t : result.tests()) {
      csv.row(
          List.of(
              t.quantity().key(),
              t.first(),
              t.second(),
              t.difference(),
              t.interval().low(),
              t.interval().high(),
              t.p(),
              t.adjusted()));
    }
    return csv.finish();
  }

  static String paper(PaperComparison paper) {
    var csv = new CsvText(List.of("where", "what", "unit", "published", "ours"));
    for (PaperComparison.Row row : paper.rows()) {
      csv.row(List.of(row.where(), row.what(), row.unit(), row.published(), row.ours()));
    }
    return csv.finish();
  }

  static String selfRecognition(SelfRecognition recognition) {
    SaladAxes axes = recognition.axes();
    var csv = new CsvText(List.of("category", "style", "images", "mean_count", "percent"));
    for (int c = 0; c < axes.cells(); c++) {
      csv.row(
          List.of(
              axes.categories().get(axes.categoryOf(c)),
              axes.styles().get(axes.styleOf(c)),
              recognition.images()[c],
              recognition.counts()[c],
              recognition.percent(c)));
    }
    return csv.finish();
  }

  static String best(RecognitionVerdict verdict) {
    SaladAxes axes = verdict.axes();
    var csv = new CsvText(List.of("category", "style", "percent"));
    for (int c = 0; c < axes.cells(); c++) {
      csv.row(
          List.of(
              axes.categories().get(axes.categoryOf(c)),
              axes.styles().get(axes.styleOf(c)),
              verdict.percent()[c]));
    }
    return csv.finish();
  }

  static String heatmap(Heatmap heatmap) {
    List<String> names =
        IntStream.range(0, heatmap.axes().cells()).mapToObj(heatmap.axes()::name).toList();
    return square("cell", names, heatmap.means());
  }

  static String correlation(ModelComparison comparison) {
    return square("model", comparison.models(), comparison.correlation());
  }

  static String components(ModelComparison comparison) {
    List<String> header = new ArrayList<>(List.of("model"));
    List<Object> shares = new ArrayList<>(List.of("explained variance ratio"));
    for (int k = 0; k < comparison.explained().length; k++) {
      header.add("component_" + (k + 1));
      shares.add(comparison.explained()[k]);
    }
    var csv = new CsvText(header);
    for (int m = 0; m < comparison.models().size(); m++) {
      csv.row(named(comparison.models().get(m), comparison.scores().row(m)));
    }
    csv.row(shares);
    return csv.finish();
  }

  static String scatter(SaladAxes axes, Scatter scatter) {
    var csv = new CsvText(List.of("id", "category", "style", "x", "y"));
    for (int i = 0; i < scatter.cells().length; i++) {
      csv.row(
          List.of(
              scatter.ids().get(i),
              axes.categories().get(axes.categoryOf(scatter.cells()[i])),
              axes.styles().get(axes.styleOf(scatter.cells()[i])),
              scatter.points().get(i, 0),
              scatter.points().get(i, 1)));
    }
    return csv.finish();
  }

  private static String covariance(ModelResult model) {
    return model.space().covariance() == null ? "" : model.space().covariance();
  }

  private static String square(String corner, List<String> names, Matrix matrix) {
    List<String> header = new ArrayList<>(List.of(corner));
    header.addAll(names);
    var csv = new CsvText(header);
    for (int i = 0; i < names.size(); i++) {
      csv.row(named(names.get(i), matrix.row(i)));
    }
    return csv.finish();
  }

  private static List<Object> named(String name, double[] numbers) {
    List<Object> row = new ArrayList<>(List.of(name));
    for (double v : numbers) {
      row.add(v);
    }
    return row;
  }
}

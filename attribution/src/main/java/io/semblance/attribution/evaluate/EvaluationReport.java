package io.semblance.attribution.evaluate;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.semblance.attribution.evaluate.CaseResult.Measured;
import io.semblance.attribution.feature.TestSet;
import io.semblance.core.file.AtomicFile;
import io.semblance.core.file.Json;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Writes an evaluation into a folder: `evaluation.json`, `testcases.csv`, `categories.csv` (by the
/// exemplars' category, where the dataset file names one) and `queries.csv`.
public final class EvaluationReport {

  private EvaluationReport() {}

  /// @param document what was found
  /// @param results one a test case
  /// @param sets the test sets, by name
  /// @param out the folder; made if missing
  /// @throws IOException if a file cannot be written
  public static void write(
      Evaluation document, List<CaseResult> results, Map<String, TestSet> sets, Path out)
      throws IOException {
    Json.write(document, out.resolve("evaluation.json"));
    cases(results, out.resolve("testcases.csv"));
    categories(results, sets, out.resolve("categories.csv"));
    queries(results, out.resolve("queries.csv"));
  }

  private static void cases(List<CaseResult> results, Path file) throws IOException {
    var rows = new ArrayList<List<String>>();
    rows.add(
        List.of(
            "testcase",
            "scheme",
            "queries",
            "tied",
            "metric",
            "value",
            "standard_error",
            "ceiling",
            "chance"));
    for (CaseResult r : results) {
      for (Measured m : r.metrics()) {
        rows.add(
            List.of(
                r.name(),
                r.scheme(),
                Integer.toString(r.queries().size()),
                Integer.toString(r.tied()),
                m.name(),
                text(m.estimate().value()),
                text(m.estimate().error()),
                text(m.ceiling()),
                text(m.chance())));
      }
    }
    write(rows, file);
  }

  private static void categories(List<CaseResult> results, Map<String, TestSet> sets, Path file)
      throws IOException {
    var rows = new ArrayList<List<String>>();
    rows.add(
        List.of("testcase", "scheme", "category", "queries", "metric", "value", "standard_error"));
    for (CaseResult r : results) {
      Map<String, List<QueryResult>> groups = new TreeMap<>();
      for (QueryResult q : r.queries()) {
        String category = category(sets.get(r.name()), q.model());
        if (category != null) {
          groups.computeIfAbsent(category, _ -> new ArrayList<>()).add(q);
        }
      }
      groups.forEach(
          (category, queries) -> {
            for (Measured m : r.metrics()) {
              Estimate e = estimate(queries, m.name());
              rows.add(
                  List.of(
                      r.name(),
                      r.scheme(),
                      category,
                      Integer.toString(queries.size()),
                      m.name(),
                      text(e.value()),
                      text(e.error())));
            }
          });
    }
    write(rows, file);
  }

  private static String category(TestSet set, int model) {
    TestSet.Model m = set.models().get(model);
    return m.category() == null ? m.classId() : m.category();
  }

  private static Estimate estimate(List<QueryResult> queries, String metric) {
    return metric.equals("mAP")
        ? Estimate.of(queries, QueryResult::averagePrecision)
        : Estimate.of(queries, q -> q.recall(Integer.parseInt(metric.substring(2))));
  }

  private static void queries(List<CaseResult> results, Path file) throws IOException {
    var rows = new ArrayList<List<String>>();
    var header = new ArrayList<>(List.of("testcase", "scheme", "query", "model", "exemplars"));
    List<String> metrics = results.getFirst().metrics().stream().map(Measured::name).toList();
    header.addAll(metrics);
    header.addAll(List.of("best_cosine", "tied", "ranks"));
    rows.add(header);
    for (CaseResult r : results) {
      for (QueryResult q : r.queries()) {
        var row =
            new ArrayList<>(
                List.of(
                    r.name(),
                    r.scheme(),
                    q.query(),
                    Integer.toString(q.model()),
                    Integer.toString(q.ranks().length)));
        metrics.forEach(m -> row.add(text(estimate(List.of(q), m).value())));
        row.add(text(q.best()));
        row.add(q.tied() ? "1" : "0");
        row.add(Arrays.stream(q.ranks()).mapToObj(Long::toString).collect(Collectors.joining(" ")));
        rows.add(row);
      }
    }
    write(rows, file);
  }

  private static String text(double value) {
    return Double.isNaN(value) ? "" : Double.toString(value);
  }

  private static void write(List<List<String>> rows, Path file) throws IOException {
    AtomicFile.write(
        file,
        out -> {
          var writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
          CsvWriter csv = CsvWriter.builder().build(writer);
          rows.forEach(csv::writeRecord);
          csv.flush();
          writer.flush();
        });
  }
}

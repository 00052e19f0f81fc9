package io.semblance.attribution.figure;

import io.semblance.attribution.evaluate.Evaluation;
import io.semblance.attribution.evaluate.Evaluation.Case;
import io.semblance.attribution.evaluate.Evaluation.Metric;
import io.semblance.attribution.evaluate.PaperTables;
import io.semblance.attribution.figure.Plot.Point;
import io.semblance.attribution.figure.Plot.Series;
import io.semblance.core.file.AtomicFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/// Results of several feature spaces side by side, as the paper draws them: style against object
/// with the Pareto front (Fig. 5, 16), out of domain against in domain (Fig. 6), and what the parts
/// of a mapper do (Fig. 7). Only test cases that a result has are drawn.
public final class ResultFigures {

  private static final List<String> METRICS = List.of("R@5", "R@10", "R@100", "mAP");

  private ResultFigures() {}

  /// Values of one result.
  ///
  /// @param series which colour
  /// @param label beside its points
  /// @param values by `source prompts`, then by metric
  private record Entry(String series, String label, Map<String, Map<String, Double>> values) {

    /// Mean over the test cases of a kind (`object`, `style`), or all.
    OptionalDouble mean(String kind, String metric) {
      return values.entrySet().stream()
          .filter(e -> kind.equals("all") || PaperTables.kind(source(e.getKey())).equals(kind))
          .filter(e -> e.getValue().containsKey(metric))
          .mapToDouble(e -> e.getValue().get(metric))
          .average();
    }

    private static String source(String testCase) {
      return testCase.substring(0, testCase.indexOf(' '));
    }
  }

  /// @param results evaluations by what to call them
  /// @param paper whether the published results are drawn too
  /// @param out the folder
  /// @return names of the files written; empty if no result has a test case of the paper
  /// @throws IOException if a file cannot be written
  public static List<String> write(Map<String, Evaluation> results, boolean paper, Path out)
      throws IOException {
    var entries = new ArrayList<Entry>();
    if (paper) {
      published(entries);
    }
    results.forEach((name, e) -> entries.add(new Entry("ours", name, values(e))));
    var written = new ArrayList<String>();
    for (String metric : METRICS) {
      String name = "style-object-" + metric.replace("@", "") + ".svg";
      List<Series> series =
          across(entries, e -> e.mean("object", metric), e -> e.mean("style", metric));
      add(series, pareto(series));
      draw(
          new Plot(
              "Style against object, " + metric, "object-centric", "style-centric", series, false),
          out,
          name,
          written);
    }
    domains(entries, "imagenet-seen", "imagenet-unseen", List.of("gpt", "media"), out, written);
    domains(entries, "bam-fg", "artchive", List.of("gpt", "object"), out, written);
    Optional<Bars> ablations = AblationFigure.of(results.values(), paper);
    if (ablations.isPresent()) {
      AtomicFile.write(out.resolve("ablations.svg"), ablations.get().svg());
      written.add("ablations.svg");
    }
    return written;
  }

  private static void published(List<Entry> entries) throws IOException {
    var byName = new LinkedHashMap<String, Entry>();
    for (PaperTables.Row r : PaperTables.all()) {
      String label = r.features() + " " + r.training();
      Entry e =
          byName.computeIfAbsent(
              label, l -> new Entry(r.features() + " (paper)", l, new LinkedHashMap<>()));
      Map<String, Double> metrics = new LinkedHashMap<>();
      METRICS.forEach(m -> metrics.put(m, r.metric(m).orElseThrow()));
      e.values.put(r.source() + " " + r.prompts(), metrics);
    }
    byName.values().stream()
        .filter(e -> !e.label.contains("("))
        .map(e -> new Entry(e.series, e.label.substring(e.label.indexOf(' ') + 1), e.values))
        .forEach(entries::add);
  }

  private static Map<String, Map<String, Double>> values(Evaluation result) {
    Map<String, Map<String, Double>> out = new LinkedHashMap<>();
    for (Case c : result.cases()) {
      PaperTables.testCase(c.name(), c.scheme())
          .ifPresent(
              name -> {
                Map<String, Double> metrics = new LinkedHashMap<>();
                for (Metric m : c.metrics()) {
                  metrics.put(m.name(), m.value());
                }
                out.put(name, metrics);
              });
    }
    return out;
  }

  /// Where a result stands on an axis.
  private interface Axis {
    OptionalDouble of(Entry entry);
  }

  private static List<Series> across(List<Entry> entries, Axis x, Axis y) {
    Map<String, List<Point>> points = new LinkedHashMap<>();
    for (Entry e : entries) {
      OptionalDouble along = x.of(e);
      OptionalDouble up = y.of(e);
      if (along.isPresent() && up.isPresent()) {
        points
            .computeIfAbsent(e.series, _ -> new ArrayList<>())
            .add(new Point(along.getAsDouble(), up.getAsDouble(), e.label));
      }
    }
    var out = new ArrayList<Series>();
    points.forEach((name, all) -> out.add(new Series(name, all, false)));
    return out;
  }

  private static void domains(
      List<Entry> entries,
      String in,
      String outside,
      List<String> prompts,
      Path folder,
      List<String> written)
      throws IOException {
    Axis x = e -> mean(e, in, prompts);
    Axis y = e -> mean(e, outside, prompts);
    draw(
        new Plot("Out of domain against in domain, R@10", in, outside, across(entries, x, y), true),
        folder,
        in + "-" + outside + ".svg",
        written);
  }

  private static OptionalDouble mean(Entry e, String source, List<String> prompts) {
    return prompts.stream()
        .map(p -> e.values.get(source + " " + p))
        .filter(v -> v != null && v.containsKey("R@10"))
        .mapToDouble(v -> v.get("R@10"))
        .average();
  }

  /// The points that no other beats on both axes, joined.
  static Series pareto(List<Series> series) {
    List<Point> all =
        series.stream()
            .flatMap(s -> s.points().stream())
            .sorted(Comparator.comparingDouble(Point::x).reversed())
            .toList();
    var front = new ArrayList<Point>();
    double highest = Double.NEGATIVE_INFINITY;
    for (Point p : all) {
      if (p.y() > highest) {
        highest = p.y();
        front.add(p);
      }
    }
    return new Series("Pareto front", front, true);
  }

  private static void add(List<Series> series, Series front) {
    if (front.points().size() > 1) {
      series.add(front);
    }
  }

  private static void draw(Plot plot, Path folder, String name, List<String> written)
      throws IOException {
    if (!plot.series().isEmpty()) {
      AtomicFile.write(folder.resolve(name), plot.svg());
      written.add(name);
    }
  }
}

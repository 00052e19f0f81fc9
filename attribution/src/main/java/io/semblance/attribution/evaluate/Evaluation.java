package io.semblance.attribution.evaluate;

import io.semblance.attribution.evaluate.CaseResult.Measured;
import io.semblance.core.table.Provenance;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The result of `evaluate`, as `evaluation.json` holds it.
///
/// @param schema version of this document, [#SCHEMA] today
/// @param cases one a test case
/// @param kinds averages over test cases of one kind (object, style, all), where there are several
/// @param pool distractors, N
/// @param model which model made the vectors
/// @param mapper hash of the mapper's file, or null without one
/// @param correction of the feature space, `none`, `centre`, `whiten` or `csls:K`, fitted to the
///   pool
/// @param inputs hashes of the files read, by what they are
/// @param program name and version of the program
/// @param variant how the mapper departs from the paper's, see [io.semblance.attribution.mapper
///   .Mapper#variant]; null without a mapper
public record Evaluation(
    int schema,
    List<Case> cases,
    List<Kind> kinds,
    long pool,
    Provenance model,
    String mapper,
    String correction,
    Map<String, String> inputs,
    String program,
    String variant) {

  /// The version this program writes.
  public static final int SCHEMA = 1;

  /// One test case.
  ///
  /// @param name of the split
  /// @param scheme of the prompts
  /// @param models customised models with a query
  /// @param queries synthesised images
  /// @param tied queries in which a distractor scores exactly as much as an exemplar
  /// @param metrics R@K and mAP
  public record Case(
      String name, String scheme, int models, int queries, int tied, List<Metric> metrics) {}

  /// The average over the test cases of a kind; standard errors as of independent cases.
  ///
  /// @param name `object`, `style` or `all`
  /// @param cases how many
  /// @param metrics R@K and mAP
  public record Kind(String name, int cases, List<Metric> metrics) {}

  /// One metric.
  ///
  /// @param name `R@10`, `mAP`
  /// @param value mean over queries (of a kind: over its test cases)
  /// @param error clustered standard error, or null with a single model
  /// @param ceiling the most there can be
  /// @param chance what a random ranking gives
  public record Metric(String name, double value, Double error, double ceiling, double chance) {

    static Metric of(Measured m) {
      return of(m.name(), m.estimate(), m.ceiling(), m.chance());
    }

    private static Metric of(String name, Estimate e, double ceiling, double chance) {
      return new Metric(
          name, e.value(), Double.isNaN(e.error()) ? null : e.error(), ceiling, chance);
    }
  }

  /// @param results one a test case
  /// @param model which model made the vectors
  /// @param mapper hash of the mapper's file, or null
  /// @param variant of the mapper, or null
  /// @param correction of the feature space
  /// @param inputs hashes by what they are
  /// @param program name and version of the program
  /// @return the document
  public static Evaluation of(
      List<CaseResult> results,
      Provenance model,
      String mapper,
      String variant,
      String correction,
      Map<String, String> inputs,
      String program) {
    var cases = new ArrayList<Case>();
    Map<String, List<CaseResult>> kinds = new LinkedHashMap<>();
    for (CaseResult r : results) {
      int models = (int) r.queries().stream().mapToInt(QueryResult::model).distinct().count();
      cases.add(
          new Case(
              r.name(),
              r.scheme(),
              models,
              r.queries().size(),
              r.tied(),
              r.metrics().stream().map(Metric::of).toList()));
      PaperTables.source(r.name())
          .ifPresent(
              s -> kinds.computeIfAbsent(PaperTables.kind(s), _ -> new ArrayList<>()).add(r));
      kinds.computeIfAbsent("all", _ -> new ArrayList<>()).add(r);
    }
    var averages = new ArrayList<Kind>();
    kinds.forEach(
        (name, members) -> {
          if (members.size() > 1) {
            averages.add(average(name, members));
          }
        });
    return new Evaluation(
        SCHEMA,
        cases,
        averages,
        results.getFirst().pool(),
        model,
        mapper,
        correction,
        inputs,
        program,
        variant);
  }

  private static Kind average(String name, List<CaseResult> members) {
    var metrics = new ArrayList<Metric>();
    for (Measured first : members.getFirst().metrics()) {
      List<Measured> all = members.stream().map(r -> r.metric(first.name())).toList();
      metrics.add(
          Metric.of(
              first.name(),
              Estimate.mean(all.stream().map(Measured::estimate).toList()),
              all.stream().mapToDouble(Measured::ceiling).average().orElseThrow(),
              all.stream().mapToDouble(Measured::chance).average().orElseThrow()));
    }
    return new Kind(name, members.size(), metrics);
  }
}

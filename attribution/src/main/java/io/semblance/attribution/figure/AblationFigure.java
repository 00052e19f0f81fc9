package io.semblance.attribution.figure;

import io.semblance.attribution.evaluate.Evaluation;
import io.semblance.attribution.evaluate.Evaluation.Case;
import io.semblance.attribution.evaluate.Evaluation.Metric;
import io.semblance.attribution.evaluate.PaperTables;
import io.semblance.attribution.figure.Bars.Group;
import io.semblance.attribution.figure.Bars.Panel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What regularisation, the kind of map and the augmentation do: mean R@10 of mappers that differ
/// in one of them. Source: AbC (arXiv 2306.09345), Fig. 7.
///
/// The mean is over the test cases of the paper that all our results have, of the published numbers
/// as of ours; over all eight where none of ours can be drawn.
final class AblationFigure {

  private static final String METRIC = "R@10";

  /// A question, with what each answer is called in results; the paper's mapper first.
  private record Question(String title, List<String> answers, List<String> variants) {}

  private static final List<Question> QUESTIONS =
      List.of(
          new Question("Regularisation", List.of("with", "without"), List.of("", "no reg.")),
          new Question("Map", List.of("affine", "channel", "mlp"), List.of("", "channel", "mlp")),
          new Question("Augmentation", List.of("mild", "strong"), List.of("", "strong aug.")));

  /// R@10 by test case, by variant, by feature space.
  private final Map<String, Map<String, Map<String, Double>>> spaces = new LinkedHashMap<>();

  private final Set<String> cases = new TreeSet<>();

  private AblationFigure() {}

  /// @param results evaluations, those with a mapper are drawn
  /// @param paper whether the published results are drawn, too
  /// @return the figure; nothing where no question has two answers
  static Optional<Bars> of(Collection<Evaluation> results, boolean paper) throws IOException {
    var figure = new AblationFigure();
    results.stream().filter(r -> r.variant() != null).forEach(figure::add);
    if (paper) {
      figure.published();
    }
    List<Panel> panels =
        QUESTIONS.stream().map(figure::panel).filter(p -> !p.groups().isEmpty()).toList();
    String title =
        "Mean %s over %d test case%s"
            .formatted(METRIC, figure.cases.size(), figure.cases.size() == 1 ? "" : "s");
    return panels.isEmpty() ? Optional.empty() : Optional.of(new Bars(title, METRIC, panels));
  }

  private void add(Evaluation result) {
    Map<String, Double> found = new LinkedHashMap<>();
    for (Case c : result.cases()) {
      for (Metric m : c.metrics()) {
        if (m.name().equals(METRIC)) {
          PaperTables.testCase(c.name(), c.scheme()).ifPresent(name -> found.put(name, m.value()));
        }
      }
    }
    if (found.isEmpty()) {
      return;
    }
    if (cases.isEmpty()) {
      cases.addAll(found.keySet());
    } else {
      cases.retainAll(found.keySet());
    }
    spaces
        .computeIfAbsent(result.model().modelId() + " (ours)", _ -> new LinkedHashMap<>())
        .put(result.variant(), found);
  }

  private void published() throws IOException {
    boolean all = cases.isEmpty();
    for (PaperTables.Row r : PaperTables.all()) {
      if (!r.training().startsWith("both")) {
        continue;
      }
      String name = r.source() + " " + r.prompts();
      if (all) {
        cases.add(name);
      }
      String variant = r.training().replaceFirst("^both ?", "").replaceAll("[()]", "");
      spaces
          .computeIfAbsent(r.features(), _ -> new LinkedHashMap<>())
          .computeIfAbsent(variant, _ -> new LinkedHashMap<>())
          .put(name, r.recall10());
    }
  }

  private Panel panel(Question question) {
    var groups = new ArrayList<Group>();
    spaces.forEach(
        (name, variants) -> {
          List<Double> values =
              question.variants().stream().map(v -> mean(variants.get(v))).toList();
          if (values.stream().filter(Double::isFinite).count() > 1) {
            groups.add(new Group(name, values));
          }
        });
    return new Panel(question.title(), question.answers(), groups);
  }

  private double mean(Map<String, Double> values) {
    if (values == null || cases.isEmpty() || !values.keySet().containsAll(cases)) {
      return Double.NaN;
    }
    return cases.stream().mapToDouble(values::get).average().orElse(Double.NaN);
  }
}

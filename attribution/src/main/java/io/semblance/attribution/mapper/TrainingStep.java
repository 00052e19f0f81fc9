package io.semblance.attribution.mapper;

import io.semblance.core.linalg.Dense;
import java.util.ArrayList;
import java.util.List;

/// Both sides of a mapper with their optimiser. One step: map, contrast, regularise, move. Source:
/// AbC (arXiv 2306.09345), eq. 4.
final class TrainingStep {

  private final Head training;
  private final Head synthesized;
  private final double regularisation;
  private final Adam adam;

  TrainingStep(Head training, Head synthesized, double regularisation) {
    this.training = training;
    this.synthesized = synthesized;
    this.regularisation = regularisation;
    var all = new ArrayList<>(training.parameters());
    all.addAll(synthesized.parameters());
    this.adam = new Adam(all);
  }

  /// Loss and gradients at the parameters as they are.
  ///
  /// @param value contrastive loss plus regularisation * 1/2 (||W'W - I|| + ||W~'W~ - I||)
  /// @param gradients of the training side's parameters, then of the other's
  record Evaluated(double value, List<Dense> gradients) {}

  Evaluated evaluate(Dense exemplars, Dense made) {
    ContrastiveLoss loss =
        ContrastiveLoss.of(training.forward(exemplars), synthesized.forward(made));
    List<Dense> one = training.backward(loss.training());
    List<Dense> other = synthesized.backward(loss.synthesized());
    double half = regularisation / 2;
    double norms = training.regularise(one, half) + synthesized.regularise(other, half);
    var all = new ArrayList<>(one);
    all.addAll(other);
    return new Evaluated(loss.value() + half * norms, all);
  }

  /// @return the loss before the step
  double step(Dense exemplars, Dense made, double rate) {
    Evaluated at = evaluate(exemplars, made);
    adam.step(at.gradients(), rate);
    return at.value();
  }

  Head training() {
    return training;
  }

  Head synthesized() {
    return synthesized;
  }

  Adam adam() {
    return adam;
  }
}

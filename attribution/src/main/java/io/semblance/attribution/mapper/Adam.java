package io.semblance.attribution.mapper;

import io.semblance.core.linalg.Dense;
import java.util.ArrayList;
import java.util.List;

/// Adam with beta 0.9 and 0.999, epsilon 1e-8, without weight decay, as `torch.optim.Adam`. Source:
/// Kingma and Ba 2015, algorithm 1.
final class Adam {

  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.999;
  private static final double EPSILON = 1e-8;

  private final List<Dense> parameters;
  private final List<Dense> first = new ArrayList<>();
  private final List<Dense> second = new ArrayList<>();
  private long steps;

  /// @param parameters changed in place by [#step]
  Adam(List<Dense> parameters) {
    this.parameters = List.copyOf(parameters);
    for (Dense p : parameters) {
      first.add(p.zerosAlike());
      second.add(p.zerosAlike());
    }
  }

  /// @param gradients one a parameter
  /// @param rate learning rate
  void step(List<Dense> gradients, double rate) {
    steps++;
    double correction1 = 1 - Math.pow(BETA1, (double) steps);
    double correction2 = Math.sqrt(1 - Math.pow(BETA2, (double) steps));
    for (int i = 0; i < parameters.size(); i++) {
      Dense g = gradients.get(i);
      first.get(i).scale(BETA1).add(g, 1 - BETA1);
      second.get(i).scale(BETA2).addProducts(g, g, 1 - BETA2);
      Dense root = second.get(i).sqrt().scale(1 / correction2).plus(EPSILON);
      parameters.get(i).addQuotients(first.get(i), root, -rate / correction1);
    }
  }

  List<Dense> first() {
    return first;
  }

  List<Dense> second() {
    return second;
  }

  long steps() {
    return steps;
  }

  /// Goes on as an earlier optimiser that had taken so many steps; its moments are set by the
  /// caller.
  void steps(long taken) {
    steps = taken;
  }
}

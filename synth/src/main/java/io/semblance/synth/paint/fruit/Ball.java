package io.semblance.synth.paint.fruit;

import io.semblance.synth.paint.scene.Placement;
import io.semblance.synth.paint.scene.Profile;
import io.semblance.synth.paint.scene.Sweep;

/// Spheres, as bodies whose axis runs from pole to pole.
final class Ball {
  private static final Profile ROUND = round();

  private Ball() {}

  private static Profile round() {
    int n = 13;
    double[] points = new double[2 * n];
    for (int i = 0; i < n; i++) {
      double angle = Math.PI * i / (n - 1);
      points[2 * i] = 0.5 - 0.5 * StrictMath.cos(angle);
      points[2 * i + 1] = i == 0 || i == n - 1 ? 0 : 0.5 * StrictMath.sin(angle);
    }
    return Profile.through(points);
  }

  /// A ball around the origin of `at`, its axis along +v.
  static Sweep of(Placement at, double radius) {
    return new Sweep(at.child(0, -radius, 0, 1), 2 * radius, 0, ROUND, 2 * radius);
  }

  /// A ball stretched along its axis.
  static Sweep oval(Placement at, double radius, double halfLength) {
    return new Sweep(at.child(0, -halfLength, 0, 1), 2 * halfLength, 0, ROUND, 2 * radius);
  }
}

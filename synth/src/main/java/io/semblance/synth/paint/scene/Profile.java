package io.semblance.synth.paint.scene;

/// Half-width of a body along its axis: the outline that a lathe would cut. Immutable.
///
/// Layout: `outline` holds m pairs (s, w), s rising from 0 to 1; `width` is w resampled at 257 even
/// steps of s.
public final class Profile {
  private static final int STEPS = 256;
  private static final int PER_SPAN = 8;
  private final double[] outline;
  private final double[] width = new double[STEPS + 1];

  private Profile(double[] outline) {
    this.outline = outline;
    int k = 0;
    for (int i = 0; i <= STEPS; i++) {
      double s = (double) i / STEPS;
      while (k + 4 < outline.length && outline[k + 2] < s) {
        k += 2;
      }
      double span = outline[k + 2] - outline[k];
      double t = span <= 0 ? 0 : Curve.clamp((s - outline[k]) / span);
      width[i] = outline[k + 1] + (outline[k + 3] - outline[k + 1]) * t;
    }
  }

  /// A smooth outline through the given points, rounded where it meets the axis.
  ///
  /// @param points pairs (s, w), s rising from 0 to 1 along the axis, w >= 0 the half-width there;
  ///   at least 3 pairs
  /// @return the profile
  public static Profile through(double... points) {
    int n = points.length / 2;
    double[] dense = new double[2 * ((n - 1) * PER_SPAN + 1)];
    int at = 0;
    double last = 0;
    for (int i = 0; i + 1 < n; i++) {
      for (int j = 0; j < PER_SPAN; j++) {
        double t = (double) j / PER_SPAN;
        last = Math.max(last, spline(points, n, i, 0, t));
        dense[at++] = last;
        dense[at++] = Math.max(0, spline(points, n, i, 1, t));
      }
    }
    dense[at++] = 1;
    dense[at] = points[2 * n - 1];
    return new Profile(dense);
  }

  private static double spline(double[] p, int n, int i, int axis, double t) {
    double a = i == 0 ? mirrored(p, 1, axis) : p[2 * (i - 1) + axis];
    double b = p[2 * i + axis];
    double c = p[2 * (i + 1) + axis];
    double d = i + 2 >= n ? mirrored(p, n - 2, axis) : p[2 * (i + 2) + axis];
    return b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
  }

  private static double mirrored(double[] p, int i, int axis) {
    return axis == 0 ? p[2 * i] : -p[2 * i + 1];
  }

  /// {@return half-width there}
  ///
  /// @param s place along the axis, held to [0, 1]
  public double width(double s) {
    double x = Curve.clamp(s) * STEPS;
    int i = Math.min(STEPS - 1, (int) x);
    return width[i] + (width[i + 1] - width[i]) * (x - i);
  }

  /// {@return change of half-width per unit of s}
  ///
  /// @param s place along the axis, held to [0, 1]
  public double slope(double s) {
    double x = Curve.clamp(s) * (STEPS - 2) + 1;
    int i = Math.min(STEPS - 2, (int) x);
    double here = width[i + 1] - width[i - 1];
    double next = width[Math.min(STEPS, i + 2)] - width[i];
    return (here + (next - here) * (x - i)) * (STEPS / 2.0);
  }

  /// {@return number of points of the half outline}
  int points() {
    return outline.length / 2;
  }

  double s(int i) {
    return outline[2 * i];
  }

  double w(int i) {
    return outline[2 * i + 1];
  }
}

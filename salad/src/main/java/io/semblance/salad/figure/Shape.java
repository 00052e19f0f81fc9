package io.semblance.salad.figure;

/// Forms of a symbol, told apart at a few pixels.
@SuppressWarnings("ImmutableEnumChecker") // outlines are handed out as copies
public enum Shape {
  /// A disc.
  CIRCLE(regular(24, 0)),
  /// A square.
  SQUARE(new double[] {-.85, -.85, .85, -.85, .85, .85, -.85, .85}),
  /// Pointing up.
  TRIANGLE(new double[] {0, -1.1, 1.05, .8, -1.05, .8}),
  /// On its point.
  DIAMOND(new double[] {0, -1.2, 1, 0, 0, 1.2, -1, 0}),
  /// An upright cross.
  PLUS(cross()),
  /// Five points.
  STAR(star()),
  /// Pointing down.
  TRIANGLE_DOWN(new double[] {0, 1.1, 1.05, -.8, -1.05, -.8}),
  /// A diagonal cross.
  CROSS(turned(cross())),
  /// A flat bar.
  BAR(new double[] {-1.2, -.45, 1.2, -.45, 1.2, .45, -1.2, .45}),
  /// A standing bar.
  PILLAR(new double[] {-.45, -1.2, .45, -1.2, .45, 1.2, -.45, 1.2});

  private final double[] outline;

  Shape(double[] outline) {
    this.outline = outline;
  }

  /// @param index any, from 0
  /// @return a form, the same again after all have been used
  public static Shape cycle(int index) {
    return values()[index % values().length];
  }

  /// @return corners x, y, x, y ... about the origin, for radius 1
  double[] outline() {
    return outline.clone();
  }

  private static double[] regular(int corners, double turn) {
    double[] out = new double[2 * corners];
    for (int i = 0; i < corners; i++) {
      double angle = turn + 2 * Math.PI * i / corners;
      out[2 * i] = Math.sin(angle);
      out[2 * i + 1] = -Math.cos(angle);
    }
    return out;
  }

  private static double[] cross() {
    double a = .38;
    double b = 1.15;
    return new double[] {
      -a, -b, a, -b, a, -a, b, -a, b, a, a, a, a, b, -a, b, -a, a, -b, a, -b, -a, -a, -a
    };
  }

  private static double[] star() {
    double[] out = regular(10, 0);
    for (int i = 0; i < 10; i++) {
      double radius = i % 2 == 0 ? 1.3 : .55;
      out[2 * i] *= radius;
      out[2 * i + 1] *= radius;
    }
    return out;
  }

  private static double[] turned(double[] outline) {
    double[] out = new double[outline.length];
    for (int i = 0; i < out.length; i += 2) {
      out[i] = (outline[i] - outline[i + 1]) * Math.sqrt(.5);
      out[i + 1] = (outline[i] + outline[i + 1]) * Math.sqrt(.5);
    }
    return out;
  }
}

package io.semblance.synth.paint.scene;

/// Where a fruit or a part sits: local (u, v) maps to scene (x + a u - b v, y + b u + a v). Turns
/// and sizes, never shears. Scene units: the picture is the unit square, x to the right, y down.
///
/// @param x scene position of the local origin
/// @param y scene position of the local origin
/// @param a size times the cosine of the turn
/// @param b size times the sine of the turn
public record Placement(double x, double y, double a, double b) {
  /// {@return the placement}
  ///
  /// @param x scene position of the local origin
  /// @param y scene position of the local origin
  /// @param turn clockwise, in radians
  /// @param scale scene length of one local unit
  public static Placement at(double x, double y, double turn, double scale) {
    return new Placement(x, y, scale * StrictMath.cos(turn), scale * StrictMath.sin(turn));
  }

  /// A placement given relative to this one.
  ///
  /// @param u its origin, in this one's units
  /// @param v its origin, in this one's units
  /// @param turn clockwise, in radians, on top of this one's
  /// @param scale size of its unit in this one's units
  /// @return the combined placement
  public Placement child(double u, double v, double turn, double scale) {
    double c = scale * StrictMath.cos(turn);
    double s = scale * StrictMath.sin(turn);
    return new Placement(sceneX(u, v), sceneY(u, v), a * c - b * s, a * s + b * c);
  }

  /// {@return scene x}
  ///
  /// @param u local
  /// @param v local
  public double sceneX(double u, double v) {
    return x + a * u - b * v;
  }

  /// {@return scene y}
  ///
  /// @param u local
  /// @param v local
  public double sceneY(double u, double v) {
    return y + b * u + a * v;
  }

  /// {@return local u}
  ///
  /// @param sx scene x
  /// @param sy scene y
  public double localU(double sx, double sy) {
    return (a * (sx - x) + b * (sy - y)) / (a * a + b * b);
  }

  /// {@return local v}
  ///
  /// @param sx scene x
  /// @param sy scene y
  public double localV(double sx, double sy) {
    return (a * (sy - y) - b * (sx - x)) / (a * a + b * b);
  }

  /// {@return scene length of one local unit, above 0}
  public double scale() {
    return Math.sqrt(a * a + b * b);
  }
}

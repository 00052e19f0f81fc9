package io.semblance.synth.paint.scene;

/// A body of round cross-section along an axis that is straight or an arc: pear, banana, leaf,
/// stem. The axis starts at the placement's origin and heads along local +v.
///
/// @param at where it sits
/// @param length of the axis, in local units, above 0
/// @param curve radians that the axis turns per local unit, to local +u; 0 = straight
/// @param profile half-width along the axis
/// @param girth factor on the profile
/// @param dent depth of the hollow at the start of the axis, in local units, 0 = none
public record Sweep(
    Placement at, double length, double curve, Profile profile, double girth, double dent)
    implements Geometry {
  private static final double STRAIGHT = 1e-3;

  /// A body without a hollow.
  ///
  /// @param at where it sits
  /// @param length of the axis, in local units, above 0
  /// @param curve radians that the axis turns per local unit
  /// @param profile half-width along the axis
  /// @param girth factor on the profile
  public Sweep(Placement at, double length, double curve, Profile profile, double girth) {
    this(at, length, curve, profile, girth, 0);
  }

  @Override
  public double[] outline() {
    int n = profile.points();
    double[] xy = new double[4 * n];
    for (int i = 0; i < n; i++) {
      double w = girth * profile.w(i);
      double v = length * profile.s(i) + hollow(w, profile.s(i));
      put(xy, i, -w, v);
      put(xy, 2 * n - 1 - i, w, v);
    }
    return xy;
  }

  private void put(double[] xy, int i, double u, double v) {
    xy[2 * i] = sceneX(u, v);
    xy[2 * i + 1] = sceneY(u, v);
  }

  private double hollow(double u, double s) {
    if (dent == 0) {
      return 0;
    }
    double far = Math.max(0, 1 - s * 2.2);
    double near = 1 / (1 + 14 * u * u);
    return dent * near * near * far;
  }

  /// {@return scene x of that point of the bent body}
  ///
  /// @param u across the axis, in local units
  /// @param v along the axis, in local units
  public double sceneX(double u, double v) {
    return at.sceneX(bentU(u, v), bentV(u, v));
  }

  /// {@return scene y of that point of the bent body}
  ///
  /// @param u across the axis, in local units
  /// @param v along the axis, in local units
  public double sceneY(double u, double v) {
    return at.sceneY(bentU(u, v), bentV(u, v));
  }

  private double bentU(double u, double v) {
    return straight() ? u : 1 / curve - (1 / curve - u) * StrictMath.cos(v * curve);
  }

  private double bentV(double u, double v) {
    return straight() ? v : (1 / curve - u) * StrictMath.sin(v * curve);
  }

  private boolean straight() {
    return Math.abs(curve) < STRAIGHT;
  }

  @Override
  public void locate(double sx, double sy, Spot spot) {
    double u = at.localU(sx, sy);
    double v = at.localV(sx, sy);
    double cos = 1;
    double sin = 0;
    if (!straight()) {
      double radius = 1 / curve;
      double turn = curve > 0 ? 1 : -1;
      double du = (radius - u) * turn;
      double far = Math.max(1e-9, Math.sqrt(du * du + v * v));
      cos = du / far;
      sin = v * turn / far;
      v = Curve.atan2(v, du) * Math.abs(radius);
      u = radius - turn * far;
    }
    double s = Curve.clamp((v - hollow(u, v / length)) / length);
    double w = Math.max(1e-6, girth * profile.width(s));
    spot.s = s;
    spot.t = Math.max(-1, Math.min(1, u / w));
    spot.x = u;
    spot.y = v;
    normal(spot, cos, sin);
  }

  private void normal(Spot spot, double cos, double sin) {
    double along = -girth * profile.slope(spot.s) / length;
    double k = 1 / (Math.sqrt(1 + along * along) * at.scale());
    double nu = spot.t * k;
    double nv = along * k;
    double bu = nu * cos + nv * sin;
    double bv = nv * cos - nu * sin;
    spot.nx = at.a() * bu - at.b() * bv;
    spot.ny = at.b() * bu + at.a() * bv;
    spot.hold();
  }
}

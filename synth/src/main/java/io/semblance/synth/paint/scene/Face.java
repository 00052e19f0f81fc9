package io.semblance.synth.paint.scene;

/// A flat face around the placement's origin: a cut fruit, a star-shaped crown, a scar.
///
/// Layout: `rim` holds the radius at even steps of the angle, in local units, starting at local +u.
///
/// @param at where it sits
/// @param rim radius by angle, at least 8 values, each above 0
/// @param squash height over width as seen, in (0, 1]; below 1 the face leans away
public record Face(Placement at, double[] rim, double squash) implements Geometry {
  private static final double TAU = 6.283185307179586;

  /// {@return a round face}
  ///
  /// @param at where it sits
  /// @param radius in local units
  /// @param squash height over width as seen, in (0, 1]
  public static Face round(Placement at, double radius, double squash) {
    double[] rim = new double[64];
    java.util.Arrays.fill(rim, radius);
    return new Face(at, rim, squash);
  }

  /// A face with the outline of a body cut along its axis; the origin is a point of the axis.
  ///
  /// @param at where the face's origin sits
  /// @param profile half-width along the axis
  /// @param length of the axis, in local units
  /// @param girth factor on the profile
  /// @param centre place of the origin along the axis, in (0, 1)
  /// @return the face, seen straight on
  public static Face cut(
      Placement at, Profile profile, double length, double girth, double centre) {
    double[] rim = new double[128];
    for (int i = 0; i < rim.length; i++) {
      double cos = Math.abs(StrictMath.cos(TAU * i / rim.length));
      double sin = StrictMath.sin(TAU * i / rim.length);
      double low = 0;
      double high = length;
      for (int step = 0; step < 24; step++) {
        double mid = (low + high) / 2;
        double s = centre + mid * sin / length;
        boolean inside = s > 0 && s < 1 && mid * cos < girth * profile.width(s);
        low = inside ? mid : low;
        high = inside ? high : mid;
      }
      rim[i] = low;
    }
    return new Face(at, rim, 1);
  }

  /// {@return radius there, in local units}
  ///
  /// @param angle in radians
  public double radius(double angle) {
    double turn = angle / TAU;
    double x = (turn - Math.floor(turn)) * rim.length;
    int i = (int) x % rim.length;
    return rim[i] + (rim[(i + 1) % rim.length] - rim[i]) * (x - Math.floor(x));
  }

  /// {@return scene x}
  ///
  /// @param s from centre (0) to rim (1)
  /// @param angle in radians
  public double sceneX(double s, double angle) {
    double r = s * radius(angle);
    return at.sceneX(r * StrictMath.cos(angle), r * StrictMath.sin(angle) * squash);
  }

  /// {@return scene y}
  ///
  /// @param s from centre (0) to rim (1)
  /// @param angle in radians
  public double sceneY(double s, double angle) {
    double r = s * radius(angle);
    return at.sceneY(r * StrictMath.cos(angle), r * StrictMath.sin(angle) * squash);
  }

  @Override
  public double[] outline() {
    int n = Math.max(64, rim.length);
    double[] xy = new double[2 * n];
    for (int i = 0; i < n; i++) {
      xy[2 * i] = sceneX(1, TAU * i / n);
      xy[2 * i + 1] = sceneY(1, TAU * i / n);
    }
    return xy;
  }

  @Override
  public void locate(double sx, double sy, Spot spot) {
    spot.x = at.localU(sx, sy);
    spot.y = at.localV(sx, sy) / squash;
    double r = Math.sqrt(spot.x * spot.x + spot.y * spot.y);
    spot.t = Curve.atan2(spot.y, spot.x);
    spot.s = Math.min(1, r / radius(spot.t));
    double bend = Math.max(0, spot.s - 0.9) * 6 / Math.max(1e-9, r * at.scale());
    double lean = Math.sqrt(1 - squash * squash) * 0.6 / at.scale();
    double v = spot.y * bend - lean;
    double u = spot.x * bend;
    spot.nx = at.a() * u - at.b() * v;
    spot.ny = at.b() * u + at.a() * v;
    spot.hold();
  }
}

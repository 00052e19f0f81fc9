package io.semblance.synth.paint.scene;

/// Small seeded-geometry functions in plain arithmetic, so that every machine agrees to the last
/// bit.
public final class Curve {
  private Curve() {}

  /// {@return 0 before the step, 1 after it, eased in between}
  ///
  /// @param low where the step begins
  /// @param high where it ends; may lie below `low` for a falling step
  /// @param x the position
  public static double step(double low, double high, double x) {
    double t = clamp((x - low) / (high - low));
    return t * t * (3 - 2 * t);
  }

  /// {@return x held to [0, 1]}
  ///
  /// @param x a value
  public static double clamp(double x) {
    return x < 0 ? 0 : x > 1 ? 1 : x;
  }

  /// Arc sine to within 7e-5. Source: Abramowitz and Stegun, 4.4.45.
  ///
  /// @param t a sine, held to [-1, 1]
  /// @return the angle in radians, [-pi/2, pi/2]
  public static double asin(double t) {
    double a = Math.min(1, Math.abs(t));
    double poly = 1.5707288 + a * (-0.2121144 + a * (0.0742610 - a * 0.0187293));
    double angle = 1.5707963 - Math.sqrt(1 - a) * poly;
    return t < 0 ? -angle : angle;
  }

  /// Angle of a vector to within 1e-4. Source: Abramowitz and Stegun, 4.4.49.
  ///
  /// @param y down
  /// @param x across
  /// @return the angle in radians, [-pi, pi], 0 to the right and growing downwards
  public static double atan2(double y, double x) {
    double ax = Math.abs(x);
    double ay = Math.abs(y);
    double q = Math.min(ax, ay) / Math.max(1e-12, Math.max(ax, ay));
    double z = q * q;
    double angle =
        q * (0.9998660 + z * (-0.3302995 + z * (0.1801410 + z * (-0.0851330 + z * 0.0208351))));
    angle = ay > ax ? 1.5707963 - angle : angle;
    angle = x < 0 ? 3.1415927 - angle : angle;
    return y < 0 ? -angle : angle;
  }

  /// Triangle wave of period 1.
  ///
  /// @param x the position
  /// @return 0 at whole numbers, 1 half-way between
  public static double zigzag(double x) {
    return 1 - Math.abs(2 * (x - Math.floor(x)) - 1);
  }
}

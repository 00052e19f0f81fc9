package io.semblance.synth.paint.scene;

/// One distant light: the unit vector that points to it, x right, y down, z to the viewer.
///
/// @param x in [-1, 1]
/// @param y in [-1, 1], negative = from above
/// @param z in (0, 1]
public record Light(double x, double y, double z) {
  /// {@return a light from above, 25 to 60 degrees to one side}
  ///
  /// @param dice chooses left or right and how high
  public static Light fromAbove(Dice dice) {
    double side = dice.range(0.42, 0.82) * dice.sign();
    double up = dice.range(0.55, 0.95);
    double front = dice.range(0.75, 1.1);
    double length = Math.sqrt(side * side + up * up + front * front);
    return new Light(side / length, -up / length, front / length);
  }

  /// {@return cosine to the light, in [-1, 1]}
  ///
  /// @param nx normal
  /// @param ny normal
  /// @param nz normal
  public double facing(double nx, double ny, double nz) {
    return nx * x + ny * y + nz * z;
  }

  /// Highlight after Blinn: cosine between normal and half-way vector, raised to 2^sharpness.
  ///
  /// @param nx normal
  /// @param ny normal
  /// @param nz normal
  /// @param sharpness doublings, 3 = broad, 7 = a point
  /// @return in [0, 1]
  public double glint(double nx, double ny, double nz, int sharpness) {
    double hz = z + 1;
    double length = Math.sqrt(x * x + y * y + hz * hz);
    double c = (nx * x + ny * y + nz * hz) / length;
    c = Math.max(0, c);
    for (int i = 0; i < sharpness; i++) {
      c *= c;
    }
    return c;
  }
}

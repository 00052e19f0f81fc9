package io.semblance.synth.paint.scene;

/// One visible point of a part: where it lies on the part, and what it looks like there. A scratch
/// object, filled by [Geometry#locate], coloured by a [Skin], then read; reused for every pixel, so
/// never keep one.
public final class Spot {
  /// Along the axis of a sweep, or from centre to rim of a face, in [0, 1].
  public double s;

  /// Across a sweep in [-1, 1] (sine of the longitude), or the angle on a face in radians.
  public double t;

  /// Local position across, in units of the part.
  public double x;

  /// Local position along, in units of the part.
  public double y;

  /// Scene x of the outward normal, in [-1, 1]; the normal's z is what is missing to length 1.
  public double nx;

  /// Scene y of the outward normal, in [-1, 1].
  public double ny;

  /// Red in [0, 1].
  public float r;

  /// Green in [0, 1].
  public float g;

  /// Blue in [0, 1].
  public float b;

  /// How mirror-like the surface is, 0 = chalk, 1 = wet.
  public float gloss;

  /// Paints the spot.
  ///
  /// @param colour replaces what was there
  /// @param shine the gloss, in [0, 1]
  public void set(Rgb colour, double shine) {
    r = colour.r();
    g = colour.g();
    b = colour.b();
    gloss = (float) shine;
  }

  /// Paints over the spot.
  ///
  /// @param colour painted over what was there
  /// @param share its opacity, held to [0, 1]
  public void mix(Rgb colour, double share) {
    float t1 = (float) Curve.clamp(share);
    r += (colour.r() - r) * t1;
    g += (colour.g() - g) * t1;
    b += (colour.b() - b) * t1;
  }

  /// Brightens or darkens the spot.
  ///
  /// @param factor brightness, 1 = unchanged
  public void times(double factor) {
    r *= (float) factor;
    g *= (float) factor;
    b *= (float) factor;
  }

  /// Bends the normal, as a small bump would.
  ///
  /// @param dx change of its scene x
  /// @param dy change of its scene y
  public void tilt(double dx, double dy) {
    nx += dx;
    ny += dy;
    hold();
  }

  /// {@return the longitude in radians on a sweep, 0 = facing the viewer}
  public double longitude() {
    return Curve.asin(t);
  }

  /// {@return z of the normal, towards the viewer, in [0, 1]}
  public double nz() {
    return Math.sqrt(Math.max(0, 1 - nx * nx - ny * ny));
  }

  void hold() {
    double length = nx * nx + ny * ny;
    if (length > 0.999) {
      double k = Math.sqrt(0.999 / length);
      nx *= k;
      ny *= k;
    }
  }
}

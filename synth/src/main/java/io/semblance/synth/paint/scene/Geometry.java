package io.semblance.synth.paint.scene;

/// The form of a part: an outline to fill, and for each point inside it, the place on the surface.
public sealed interface Geometry permits Sweep, Face {
  /// {@return the closed outline in scene units, pairs (x, y)}
  double[] outline();

  /// Finds the surface point seen at a scene position; positions a little outside the outline give
  /// the nearest rim.
  ///
  /// @param sx scene x
  /// @param sy scene y
  /// @param spot receives s, t, x, y and the normal
  void locate(double sx, double sy, Spot spot);
}

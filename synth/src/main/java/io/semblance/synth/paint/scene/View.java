package io.semblance.synth.paint.scene;

/// How scene units become pixels of a square picture.
///
/// @param size width and height in pixels
/// @param zoom 1 = the unit square fills the picture, 2 = its half
/// @param cx scene x of the picture's centre
/// @param cy scene y of the picture's centre
public record View(int size, double zoom, double cx, double cy) {
  /// {@return the whole unit square}
  ///
  /// @param size width and height in pixels
  public static View whole(int size) {
    return new View(size, 1, 0.5, 0.5);
  }

  /// {@return pixels per scene unit}
  public double scale() {
    return size * zoom;
  }

  /// {@return pixel x, 0 = left edge of the picture}
  ///
  /// @param sceneX scene x
  public double pixelX(double sceneX) {
    return (sceneX - cx) * scale() + size * 0.5;
  }

  /// {@return pixel y, 0 = top edge of the picture}
  ///
  /// @param sceneY scene y
  public double pixelY(double sceneY) {
    return (sceneY - cy) * scale() + size * 0.5;
  }

  /// {@return scene x}
  ///
  /// @param pixelX pixel x
  public double sceneX(double pixelX) {
    return (pixelX - size * 0.5) / scale() + cx;
  }

  /// {@return scene y}
  ///
  /// @param pixelY pixel y
  public double sceneY(double pixelY) {
    return (pixelY - size * 0.5) / scale() + cy;
  }
}

package io.semblance.synth.paint.style;

import io.semblance.synth.paint.scene.Curve;
import io.semblance.synth.paint.scene.Item;
import io.semblance.synth.paint.scene.Scene;
import io.semblance.synth.paint.scene.View;

/// Shadows of the fruits on the table: one flat ellipse under each, pushed away from the light.
final class TableShadow {
  private TableShadow() {}

  /// Darkness per pixel in [0, 1], size x size; `softness` 0.2 = crisp, 1 = diffuse.
  static float[] of(Scene scene, View view, double softness) {
    int size = view.size();
    float[] plane = new float[size * size];
    for (Item item : scene.items()) {
      lay(plane, item, scene, view, softness);
    }
    return plane;
  }

  private static void lay(float[] plane, Item item, Scene scene, View view, double softness) {
    double rx = item.reach() * 1.45 * view.scale();
    double ry = (item.reach() * 0.3 + 0.008) * view.scale();
    double cx = view.pixelX(item.footX() - scene.light().x() * item.reach() * 0.9);
    double cy = view.pixelY(item.footY()) - ry * 0.25;
    double edge = 1 + softness;
    int size = view.size();
    int top = (int) Math.max(0, cy - ry * edge);
    int bottom = (int) Math.min(size - 1, cy + ry * edge);
    int left = (int) Math.max(0, cx - rx * edge);
    int right = (int) Math.min(size - 1, cx + rx * edge);
    for (int y = top; y <= bottom; y++) {
      for (int x = left; x <= right; x++) {
        double dx = (x + 0.5 - cx) / rx;
        double dy = (y + 0.5 - cy) / ry;
        double d = Math.sqrt(dx * dx + dy * dy);
        float dark = (float) Curve.step(edge, 1 - softness, d);
        plane[y * size + x] = Math.max(plane[y * size + x], dark);
      }
    }
  }
}

package io.semblance.synth.paint.scene;

/// Soft shadow of one part on whatever lies behind it: its coverage, blurred and moved away from
/// the light.
final class ShadowCaster {
  private static final double REACH = 0.022;
  private final int size;
  private final int radius;
  private final int dx;
  private final int dy;
  private float[] from = new float[0];
  private float[] to = new float[0];

  ShadowCaster(View view, Light light) {
    size = view.size();
    radius = (int) Math.max(1, view.scale() * REACH);
    dx = (int) Math.floor(-light.x() * view.scale() * REACH + 0.5);
    dy = (int) Math.floor(-light.y() * view.scale() * REACH + 0.5);
  }

  /// Adds the shadow of the shape in the stencil to the plane.
  void cast(Stencil shape, float[] shadow) {
    int w = shape.right - shape.left + 4 * radius;
    int h = shape.bottom - shape.top + 4 * radius;
    if (from.length < w * h) {
      from = new float[w * h];
      to = new float[w * h];
    } else {
      java.util.Arrays.fill(from, 0, w * h, 0);
    }
    for (int y = shape.top; y < shape.bottom; y++) {
      int row = (y - shape.top + 2 * radius) * w + 2 * radius - shape.left;
      for (int x = shape.left; x < shape.right; x++) {
        from[row + x] = (shape.cover[y * size + x] & 255) / 255f;
      }
    }
    for (int pass = 0; pass < 2; pass++) {
      Blur.line(from, to, h, w, w, 1, radius);
      Blur.line(to, from, w, h, 1, w, radius);
    }
    add(shape, shadow, w, h);
  }

  private void add(Stencil shape, float[] shadow, int w, int h) {
    int left = shape.left - 2 * radius + dx;
    int top = shape.top - 2 * radius + dy;
    for (int y = Math.max(0, -top); y < Math.min(h, size - top); y++) {
      for (int x = Math.max(0, -left); x < Math.min(w, size - left); x++) {
        float s = from[y * w + x];
        if (s > 0) {
          int i = (top + y) * size + left + x;
          shadow[i] = 1 - (1 - shadow[i]) * (1 - 0.8f * s);
        }
      }
    }
  }
}

package io.semblance.synth.paint.scene;

import java.util.List;

/// The details of one part, drawn with smooth edges into their own layer.
final class MarkLayer {
  final float[] alpha;
  private final float[] r;
  private final float[] g;
  private final float[] b;
  private final View view;
  private final double detail;
  private final int size;
  private boolean used;

  MarkLayer(View view, double detail) {
    this.view = view;
    this.detail = detail;
    this.size = view.size();
    alpha = new float[size * size];
    r = new float[size * size];
    g = new float[size * size];
    b = new float[size * size];
  }

  void draw(List<Mark> marks, Stencil box) {
    for (Mark mark : marks) {
      draw(mark, box);
      used = true;
    }
  }

  private void draw(Mark mark, Stencil box) {
    double x0 = view.pixelX(mark.x0());
    double y0 = view.pixelY(mark.y0());
    double dx = view.pixelX(mark.x1()) - x0;
    double dy = view.pixelY(mark.y1()) - y0;
    double half = mark.width() * detail * view.scale() * 0.5;
    double reach = half + 1;
    int left = (int) Math.max(box.left, Math.floor(Math.min(x0, x0 + dx) - reach));
    int right = (int) Math.min(box.right - 1, Math.ceil(Math.max(x0, x0 + dx) + reach));
    int top = (int) Math.max(box.top, Math.floor(Math.min(y0, y0 + dy) - reach));
    int bottom = (int) Math.min(box.bottom - 1, Math.ceil(Math.max(y0, y0 + dy) + reach));
    double squared = Math.max(1e-9, dx * dx + dy * dy);
    for (int y = top; y <= bottom; y++) {
      for (int x = left; x <= right; x++) {
        double px = x + 0.5 - x0;
        double py = y + 0.5 - y0;
        double t = Curve.clamp((px * dx + py * dy) / squared);
        double ex = px - t * dx;
        double ey = py - t * dy;
        double share = Math.min(Curve.clamp(half - Math.sqrt(ex * ex + ey * ey) + 0.5), 2 * half);
        if (share > 0) {
          lay(y * size + x, (float) share, mark.colour());
        }
      }
    }
  }

  private void lay(int i, float share, Rgb colour) {
    float keep = 1 - share;
    r[i] = r[i] * keep + colour.r() * share;
    g[i] = g[i] * keep + colour.g() * share;
    b[i] = b[i] * keep + colour.b() * share;
    alpha[i] = alpha[i] * keep + share;
  }

  void over(Spot spot, int i) {
    float keep = 1 - alpha[i];
    spot.r = spot.r * keep + r[i];
    spot.g = spot.g * keep + g[i];
    spot.b = spot.b * keep + b[i];
  }

  void clear(Stencil box) {
    if (!used) {
      return;
    }
    for (int y = box.top; y < box.bottom; y++) {
      int from = y * size + box.left;
      int to = y * size + box.right;
      java.util.Arrays.fill(alpha, from, to, 0);
      java.util.Arrays.fill(r, from, to, 0);
      java.util.Arrays.fill(g, from, to, 0);
      java.util.Arrays.fill(b, from, to, 0);
    }
    used = false;
  }
}

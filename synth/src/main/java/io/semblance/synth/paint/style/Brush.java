package io.semblance.synth.paint.style;

import io.semblance.synth.paint.scene.Curve;
import io.semblance.synth.paint.scene.Light;
import io.semblance.synth.paint.scene.Noise;
import io.semblance.synth.paint.scene.Picture;
import io.semblance.synth.paint.scene.Rgb;

/// A bristle brush: each stroke leaves colour and a relief of ridges, which light picks out at the
/// end.
final class Brush {
  private final Picture canvas;
  private final float[] relief;
  private final Noise noise;
  private final double unit;
  private int strokes;

  /// Paints onto `canvas`, which it keeps.
  Brush(Picture canvas, Noise noise, double unit) {
    this.canvas = canvas;
    this.noise = noise;
    this.unit = unit;
    this.relief = new float[canvas.r.length];
  }

  /// One straight stroke around (cx, cy), `width` and `length` in pixels.
  void stroke(double cx, double cy, double angle, Rgb colour, double width, double length) {
    double cos = StrictMath.cos(angle);
    double sin = StrictMath.sin(angle);
    double half = length / 2;
    double rx = Math.abs(cos) * half + Math.abs(sin) * width / 2 + 1;
    double ry = Math.abs(sin) * half + Math.abs(cos) * width / 2 + 1;
    int size = canvas.size;
    strokes++;
    Rgb own = colour.times(1 + 0.07 * noise.lattice(strokes, 5));
    for (int y = (int) Math.max(0, cy - ry); y <= Math.min(size - 1, cy + ry); y++) {
      for (int x = (int) Math.max(0, cx - rx); x <= Math.min(size - 1, cx + rx); x++) {
        double along = ((x - cx) * cos + (y - cy) * sin) / half;
        double across = ((y - cy) * cos - (x - cx) * sin) * 2 / width;
        if (Math.abs(along) < 1 && Math.abs(across) < 1) {
          dab(y * size + x, along, across, own, width);
        }
      }
    }
  }

  private void dab(int i, double along, double across, Rgb own, double width) {
    double bristle = noise.at(across * width / unit * 0.75 + strokes * 3.7, along * 0.8);
    double body = Curve.clamp((1 - across * across) * 3) * Curve.clamp((1 - along * along) * 2.2);
    double share = Curve.clamp(body * (0.85 + 0.5 * bristle));
    canvas.mix(i, own.times(1 + 0.05 * bristle), share);
    relief[i] += (float) ((0.55 * (1 - across * across) + 0.5 * bristle - relief[i]) * share);
  }

  /// The canvas with its relief lit.
  Picture finish(Light light) {
    int size = canvas.size;
    for (int y = 1; y < size - 1; y++) {
      for (int x = 1; x < size - 1; x++) {
        int i = y * size + x;
        double dx = relief[i + 1] - relief[i - 1];
        double dy = relief[i + size] - relief[i - size];
        canvas.times(i, 1 - 0.2 * (dx * light.x() + dy * light.y()));
      }
    }
    return canvas;
  }
}

package io.semblance.synth.paint.scene;

import java.awt.geom.Path2D;

/// Draws a scene front to back, so that hidden points cost nothing: each pixel keeps how much light
/// still passes.
final class Rasterizer {
  private static final float OPAQUE = 0.004f;
  private final Scene scene;
  private final View view;
  private final double outline;
  private final Plate plate;
  private final float[] open;
  private final float[] openToInk;
  private final float[] strongest;
  private final Stencil stencil;
  private final MarkLayer marks;
  private final ShadowCaster caster;
  private final Spot spot = new Spot();

  Rasterizer(Scene scene, View view, double outline, double detail) {
    this.scene = scene;
    this.view = view;
    this.outline = outline;
    int n = view.size() * view.size();
    plate = new Plate(view.size());
    open = new float[n];
    strongest = new float[n];
    openToInk = new float[outline > 0 ? n : 0];
    java.util.Arrays.fill(open, 1);
    java.util.Arrays.fill(openToInk, 1);
    stencil = new Stencil(view.size());
    marks = new MarkLayer(view, detail);
    caster = new ShadowCaster(view, scene.light());
  }

  Plate draw() {
    for (int i = scene.items().size() - 1; i >= 0; i--) {
      var parts = scene.items().get(i).parts();
      for (int j = parts.size() - 1; j >= 0; j--) {
        draw(parts.get(j), i);
      }
    }
    plate.settle();
    return plate;
  }

  private void draw(Part part, int item) {
    Path2D path = Stencil.path(part.form().outline(), view);
    if (outline > 0) {
      ink(path, part.role());
    }
    if (!stencil.fill(path)) {
      return;
    }
    int id = plate.parts.size();
    plate.parts.add(part);
    marks.draw(part.marks(), stencil);
    for (int y = stencil.top; y < stencil.bottom; y++) {
      row(part, y, id, item);
    }
    marks.clear(stencil);
    if (stencil.right - stencil.left > view.size() / 64) {
      caster.cast(stencil, plate.shadow);
    }
    stencil.clear();
  }

  private void ink(Path2D path, Role role) {
    double width = role == Role.BODY ? outline : outline * (role == Role.LEAF ? 0.6 : 0.75);
    if (!stencil.trace(path, width)) {
      return;
    }
    for (int y = stencil.top; y < stencil.bottom; y++) {
      for (int x = stencil.left; x < stencil.right; x++) {
        int i = y * plate.size + x;
        float c = (stencil.cover[i] & 255) / 255f;
        plate.ink[i] += openToInk[i] * c;
        openToInk[i] *= 1 - c;
      }
    }
    stencil.clear();
  }

  private void row(Part part, int y, int id, int item) {
    for (int x = stencil.left; x < stencil.right; x++) {
      int i = y * plate.size + x;
      float c = (stencil.cover[i] & 255) / 255f;
      if (c == 0 || open[i] < OPAQUE) {
        continue;
      }
      part.form().locate(view.sceneX(x + 0.5), view.sceneY(y + 0.5), spot);
      part.skin().paint(spot);
      if (marks.alpha[i] > 0) {
        marks.over(spot, i);
      }
      lay(i, c, id, item);
    }
  }

  private void lay(int i, float c, int id, int item) {
    float w = open[i] * c;
    float lit = 1 - 0.55f * plate.shadow[i];
    plate.r[i] += w * spot.r * lit;
    plate.g[i] += w * spot.g * lit;
    plate.b[i] += w * spot.b * lit;
    plate.nx[i] += w * (float) spot.nx;
    plate.ny[i] += w * (float) spot.ny;
    plate.nz[i] += w * (float) spot.nz();
    plate.gloss[i] += w * spot.gloss * lit;
    plate.cover[i] += w;
    if (w > strongest[i]) {
      strongest[i] = w;
      plate.part[i] = id;
      plate.item[i] = item;
    }
    open[i] *= 1 - c;
    if (openToInk.length > 0) {
      openToInk[i] *= 1 - c;
    }
  }
}

package io.semblance.synth.paint.scene;

import java.util.ArrayList;
import java.util.List;

/// A scene seen from the front, one value per pixel and plane: what every style is rendered from.
///
/// Layout: each plane is size x size, row by row; index = y * size + x. Colours are bare surface
/// colours without light and hold only where `cover` is above 0; part and item are those seen most.
/// Planes are not to be changed.
public final class Plate {
  /// Width and height in pixels.
  public final int size;

  /// Bare red, green and blue, in [0, 1].
  public final float[] r;

  /// See [#r].
  public final float[] g;

  /// See [#r].
  public final float[] b;

  /// Scene x of the normal, in [-1, 1].
  public final float[] nx;

  /// Scene y of the normal, in [-1, 1].
  public final float[] ny;

  /// Towards the viewer, z of the normal, in [0, 1]; at edges the mean of the surfaces that meet,
  /// so its length may be below 1 there.
  public final float[] nz;

  /// How mirror-like, in [0, 1].
  public final float[] gloss;

  /// Share of the pixel covered by fruit, in [0, 1].
  public final float[] cover;

  /// Shadow that nearer parts throw on what lies behind, the background included: 0 = none, 1 =
  /// full.
  public final float[] shadow;

  /// Outlines of the parts, hidden ones removed, in [0, 1]; all 0 where no outline was asked for.
  public final float[] ink;

  /// Index into [#parts] of the part seen, -1 = background.
  public final int[] part;

  /// Index into the scene's items of the item seen, -1 = background.
  public final int[] item;

  /// The parts that are seen, front to back.
  public final List<Part> parts = new ArrayList<>();

  Plate(int size) {
    this.size = size;
    int n = size * size;
    r = new float[n];
    g = new float[n];
    b = new float[n];
    nx = new float[n];
    ny = new float[n];
    nz = new float[n];
    gloss = new float[n];
    cover = new float[n];
    shadow = new float[n];
    ink = new float[n];
    part = new int[n];
    item = new int[n];
    java.util.Arrays.fill(part, -1);
    java.util.Arrays.fill(item, -1);
  }

  /// Draws a scene without outlines.
  ///
  /// @param scene what
  /// @param view from where
  /// @return a new plate
  public static Plate of(Scene scene, View view) {
    return of(scene, view, 0, 1);
  }

  /// Draws a scene.
  ///
  /// @param scene what
  /// @param view from where
  /// @param outline width of the outlines in pixels, 0 = none
  /// @param detail factor on the width of marks, above 1 where a coarse technique would lose them
  /// @return a new plate
  public static Plate of(Scene scene, View view, double outline, double detail) {
    return new Rasterizer(scene, view, outline, detail).draw();
  }

  /// {@return the index of that pixel}
  ///
  /// @param x column, held to the plate
  /// @param y row, held to the plate
  public int index(int x, int y) {
    int cx = x < 0 ? 0 : Math.min(x, size - 1);
    int cy = y < 0 ? 0 : Math.min(y, size - 1);
    return cy * size + cx;
  }

  /// {@return its bare colour}
  ///
  /// @param i a pixel
  public Rgb colour(int i) {
    return new Rgb(r[i], g[i], b[i]);
  }

  void settle() {
    for (int i = 0; i < r.length; i++) {
      float c = cover[i];
      if (c > 0) {
        float k = 1 / c;
        r[i] *= k;
        g[i] *= k;
        b[i] *= k;
        nx[i] *= k;
        ny[i] *= k;
        nz[i] *= k;
        gloss[i] *= k;
      }
    }
  }
}

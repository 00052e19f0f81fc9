package io.semblance.synth.paint.style;

import io.semblance.synth.paint.scene.Curve;
import io.semblance.synth.paint.scene.Dice;
import io.semblance.synth.paint.scene.Noise;

/// A plane cut into facets by straight lines. The sides of the lines on which a pixel lies name its
/// facet.
///
/// Layout: line i has the unit normal (nx(i), ny(i)) and distance d(i) from the picture's corner,
/// in pixels.
record Facets(double[] nx, double[] ny, double[] d, Noise noise, int size) {
  /// Facet keys run from 0 to KEYS - 1.
  static final int KEYS = 4096;

  /// `count` lines through points within `spread` of the middle, as a share of the picture.
  static Facets of(Dice dice, int count, double spread, int size) {
    double[] nx = new double[count];
    double[] ny = new double[count];
    double[] d = new double[count];
    double turn = dice.range(0, 3.1416);
    for (int i = 0; i < count; i++) {
      double angle = turn + i * 2.39996 + dice.around(0.2);
      double px = (0.5 + dice.around(spread)) * size;
      double py = (0.5 + dice.around(spread)) * size;
      nx[i] = StrictMath.cos(angle);
      ny[i] = StrictMath.sin(angle);
      d[i] = nx[i] * px + ny[i] * py;
    }
    return new Facets(nx, ny, d, new Noise(dice), size);
  }

  int key(double x, double y) {
    int key = 0;
    for (int i = 0; i < d.length; i++) {
      key = key << 1 | (nx[i] * x + ny[i] * y > d[i] ? 1 : 0);
    }
    return key & KEYS - 1;
  }

  /// A fixed number in [-1, 1] of a facet; `use` tells independent ones apart.
  double chance(int key, int use) {
    return noise.lattice(key, use);
  }

  /// A gradient across the facet, in [-1, 1].
  double grade(int key, double x, double y) {
    int line = Math.floorMod(key * 7, d.length);
    double side = noise.lattice(key, 9) > 0 ? 1 : -1;
    double far = (nx[line] * x + ny[line] * y - d[line]) / size;
    return side * Math.max(-1, Math.min(1, far * 3));
  }

  /// Closeness to the nearest cut: 1 on it, 0 beyond `width` pixels.
  double crack(double x, double y, double width) {
    double least = Double.MAX_VALUE;
    for (int i = 0; i < d.length; i++) {
      least = Math.min(least, Math.abs(nx[i] * x + ny[i] * y - d[i]));
    }
    return Curve.clamp(width - least + 0.5);
  }
}

package io.semblance.synth.paint.scene;

/// Smooth value noise over the plane, from a seed: random heights on a unit lattice, eased in
/// between. Immutable.
public final class Noise {
  private final int seed;

  /// Noise of a random seed.
  ///
  /// @param dice where the seed comes from; one throw is used
  public Noise(Dice dice) {
    this.seed = (int) dice.bits();
  }

  /// {@return a height in [-1, 1]}
  ///
  /// @param x across, in lattice steps
  /// @param y down, in lattice steps
  public double at(double x, double y) {
    double fx = Math.floor(x);
    double fy = Math.floor(y);
    int ix = (int) fx;
    int iy = (int) fy;
    double u = ease(x - fx);
    double v = ease(y - fy);
    double top = mix(lattice(ix, iy), lattice(ix + 1, iy), u);
    double bottom = mix(lattice(ix, iy + 1), lattice(ix + 1, iy + 1), u);
    return mix(top, bottom, v);
  }

  /// Several layers of noise, each twice as fine, half as strong and turned, so that no lattice
  /// shows.
  ///
  /// @param x across, in steps of the coarsest lattice
  /// @param y down, in steps of the coarsest lattice
  /// @param octaves layers, 1 or more
  /// @return a height in (-1, 1), mostly within 0.6 of 0
  public double cloud(double x, double y, int octaves) {
    double sum = 0;
    double strength = 0.5;
    double u = x * 0.92 + y * 0.39;
    double v = y * 0.92 - x * 0.39;
    for (int octave = 0; octave < octaves; octave++) {
      sum += strength * at(u, v);
      strength *= 0.5;
      double turned = 1.62 * u + 1.22 * v + 17.3;
      v = 1.62 * v - 1.22 * u - 9.1;
      u = turned;
    }
    return sum;
  }

  /// White noise: one independent value per cell.
  ///
  /// @param x column
  /// @param y row
  /// @return a value in [-1, 1]
  public double lattice(int x, int y) {
    int h = seed + x * 0x27D4EB2F + y * 0x165667B1;
    h = (h ^ (h >>> 15)) * 0x85EBCA6B;
    h = (h ^ (h >>> 13)) * 0xC2B2AE35;
    h ^= h >>> 16;
    return h * (1.0 / 0x80000000L);
  }

  private static double ease(double t) {
    return t * t * (3 - 2 * t);
  }

  private static double mix(double a, double b, double t) {
    return a + (b - a) * t;
  }
}

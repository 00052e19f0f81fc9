package io.semblance.synth.paint.style;

import io.semblance.synth.paint.scene.Rgb;

/// A few colours that stand for many, found by k-means from an even start.
record Palette(Rgb[] colours) {
  static Palette of(Rgb[] all, boolean[] use, int count) {
    int[] order =
        java.util.stream.IntStream.range(0, all.length)
            .filter(i -> use[i])
            .boxed()
            .sorted(
                java.util.Comparator.comparingDouble((Integer i) -> all[i].luma())
                    .thenComparingInt(i -> i))
            .mapToInt(i -> i)
            .toArray();
    Rgb[] centres = new Rgb[Math.max(1, Math.min(count, order.length))];
    for (int c = 0; c < centres.length; c++) {
      centres[c] =
          order.length == 0
              ? Rgb.BLACK
              : all[order[(int) ((c + 0.5) / centres.length * order.length)]];
    }
    Palette palette = new Palette(centres);
    for (int round = 0; round < 4; round++) {
      palette = palette.refined(all, order);
    }
    return palette;
  }

  private Palette refined(Rgb[] all, int[] order) {
    double[][] sums = new double[colours.length][4];
    for (int i : order) {
      double[] sum = sums[index(all[i])];
      sum[0] += all[i].r();
      sum[1] += all[i].g();
      sum[2] += all[i].b();
      sum[3]++;
    }
    Rgb[] next = colours.clone();
    for (int c = 0; c < next.length; c++) {
      double n = sums[c][3];
      next[c] =
          n == 0
              ? next[c]
              : new Rgb(
                  (float) (sums[c][0] / n), (float) (sums[c][1] / n), (float) (sums[c][2] / n));
    }
    return new Palette(next);
  }

  private int index(Rgb colour) {
    int best = 0;
    double least = Double.MAX_VALUE;
    for (int c = 0; c < colours.length; c++) {
      double dr = colour.r() - colours[c].r();
      double dg = colour.g() - colours[c].g();
      double db = colour.b() - colours[c].b();
      double d = 2 * dr * dr + 3 * dg * dg + db * db;
      if (d < least) {
        least = d;
        best = c;
      }
    }
    return best;
  }

  Rgb nearest(Rgb colour) {
    return colours[index(colour)];
  }
}

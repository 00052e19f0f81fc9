package io.semblance.extract.codec;

import java.util.Arrays;

/// A palette of means, and the entry nearest to a colour by Euclidean distance in RGB. Reused for
/// many palettes by one thread.
///
/// The search begins with a guess and visits the others by their distance to it, as far as that is
/// at most twice the colour's; of equally near entries the first visited wins.
final class NearestColours {

  private static final int MAX = 256;

  private final int[] palette = new int[MAX];
  // for each entry, distance to another << 8 | the other, ascending
  private final int[][] neighbours = new int[MAX][MAX];
  private int entries;

  /// Takes the mean colour of each entry, rounded half up.
  ///
  /// @param counts colours with their pixels
  /// @param entry of each colour; each of `entries` occurs
  /// @param entries how many
  void palette(ColourCounts counts, int[] entry, int entries) {
    long[] sums = new long[3 * entries];
    long[] pixels = new long[entries];
    for (int i = 0; i < counts.distinct(); i++) {
      int e = entry[i];
      int colour = counts.colour(i);
      long n = counts.pixels(i);
      pixels[e] += n;
      sums[3 * e] += n * (colour >> 16);
      sums[3 * e + 1] += n * (colour >> 8 & 0xFF);
      sums[3 * e + 2] += n * (colour & 0xFF);
    }
    for (int e = 0; e < entries; e++) {
      palette[e] = 0;
      for (int c = 0; c < 3; c++) {
        palette[e] = palette[e] << 8 | (int) (0.5 + sums[3 * e + c] / (double) pixels[e]);
      }
    }
    this.entries = entries;
    for (int e = 0; e < entries; e++) {
      for (int other = 0; other < entries; other++) {
        neighbours[e][other] = distance(palette[e], palette[other]) << 8 | other;
      }
      Arrays.sort(neighbours[e], 0, entries);
    }
  }

  /// @param colour `0xRRGGBB`
  /// @param guess an entry
  /// @return the nearest entry
  int to(int colour, int guess) {
    int best = guess;
    int least = distance(palette[guess], colour);
    int[] row = neighbours[guess];
    int reach = 4 * least;
    for (int i = 0; i < entries && row[i] >> 8 <= reach; i++) {
      int other = row[i] & 0xFF;
      int distance = distance(palette[other], colour);
      if (distance < least) {
        least = distance;
        best = other;
      }
    }
    return best;
  }

  private static int distance(int a, int b) {
    int red = (a >> 16) - (b >> 16);
    int green = (a >> 8 & 0xFF) - (b >> 8 & 0xFF);
    int blue = (a & 0xFF) - (b & 0xFF);
    return red * red + green * green + blue * blue;
  }
}

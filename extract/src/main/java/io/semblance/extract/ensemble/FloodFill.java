package io.semblance.extract.ensemble;

/// Fills regions with white, as OpenCV's floodFill does with a tolerance of 1 to the neighbour:
/// neighbours (left, right, above, below) belong together where no channel differs by more than 1.
///
/// Many seeds are filled one after another, so a seed whose fill is known to change nothing costs
/// nothing: the region of a white seed that changed nothing stays as it is until a pixel changes.
final class FloodFill {

  private static final int WHITE = 0xFFFFFF;

  private final int width;
  private final int height;
  private final int[] colours;
  private final int[] queue;
  // the fill that last reached a pixel
  private final int[] reached;
  // the state in which filling from this pixel was seen to change nothing
  private final int[] still;
  private int fills;
  private int states = 1;

  FloodFill(Raster image) {
    width = image.width();
    height = image.height();
    colours = new int[width * height];
    byte[] s = image.samples();
    for (int i = 0; i < colours.length; i++) {
      colours[i] = (s[3 * i] & 0xFF) << 16 | (s[3 * i + 1] & 0xFF) << 8 | (s[3 * i + 2] & 0xFF);
    }
    queue = new int[colours.length];
    reached = new int[colours.length];
    still = new int[colours.length];
  }

  /// Fills from a single pixel at these parts of the width and height.
  ///
  /// @param image what is filled
  /// @param x seed's column
  /// @param y seed's row
  /// @return the filled image
  static Raster seed(Raster image, int x, int y) {
    var fill = new FloodFill(image);
    fill.at(y * fill.width + x);
    return fill.raster();
  }

  /// Fills from the pixels of a row one after another, without a twelfth at both ends.
  static Raster row(Raster image, int y) {
    var fill = new FloodFill(image);
    int gap = fill.width / 12;
    for (int x = gap; x < fill.width - gap; x++) {
      fill.at(y * fill.width + x);
    }
    return fill.raster();
  }

  /// Fills from the pixels of a column one after another, without a twelfth at both ends.
  static Raster column(Raster image, int x) {
    var fill = new FloodFill(image);
    int gap = fill.height / 12;
    for (int y = gap; y < fill.height - gap; y++) {
      fill.at(y * fill.width + x);
    }
    return fill.raster();
  }

  private void at(int seed) {
    if (still[seed] == states) {
      return;
    }
    fills++;
    int found = 0;
    queue[found++] = seed;
    reached[seed] = fills;
    boolean changes = false;
    for (int i = 0; i < found; i++) {
      int p = queue[i];
      changes |= colours[p] != WHITE;
      int x = p % width;
      if (x > 0) {
        found = reach(p, p - 1, found);
      }
      if (x < width - 1) {
        found = reach(p, p + 1, found);
      }
      if (p >= width) {
        found = reach(p, p - width, found);
      }
      if (p < width * (height - 1)) {
        found = reach(p, p + width, found);
      }
    }
    if (changes) {
      states++;
    }
    int[] mark = changes ? colours : still;
    int value = changes ? WHITE : states;
    for (int i = 0; i < found; i++) {
      mark[queue[i]] = value;
    }
  }

  private int reach(int from, int to, int found) {
    if (reached[to] == fills || !near(colours[from], colours[to])) {
      return found;
    }
    reached[to] = fills;
    queue[found] = to;
    return found + 1;
  }

  private static boolean near(int a, int b) {
    return Math.abs((a >> 16) - (b >> 16)) <= 1
        && Math.abs((a >> 8 & 0xFF) - (b >> 8 & 0xFF)) <= 1
        && Math.abs((a & 0xFF) - (b & 0xFF)) <= 1;
  }

  private Raster raster() {
    byte[] samples = new byte[3 * colours.length];
    for (int i = 0; i < colours.length; i++) {
      samples[3 * i] = (byte) (colours[i] >> 16);
      samples[3 * i + 1] = (byte) (colours[i] >> 8);
      samples[3 * i + 2] = (byte) colours[i];
    }
    return new Raster(width, height, 3, samples);
  }
}

package io.semblance.extract.codec;

import java.util.Arrays;

/// Colour reduction by median cut. Source: Heckbert, "Color image quantization for frame buffer
/// display", SIGGRAPH 1982.
///
/// Colours are counted in 128 x 128 x 128 bins (7 bits a channel). The box with most pixels is cut
/// across its longest side, where half its pixels lie on either side; ties go to the older box, and
/// to red before green before blue. A pixel gets the colour of its box, which is the mean of the
/// true colours in it. No dithering.
///
/// An instance keeps about 9 MB between uses and serves one thread at a time.
final class MedianCut {

  private static final int BITS = 7;
  private static final int SIDE = 1 << BITS;
  private static final int[] SHIFT = {2 * BITS, BITS, 0};

  // pixels of each bin, then its box; all zero between uses
  private final int[] table = new int[SIDE * SIDE * SIDE];
  private final int[] slices = new int[SIDE];
  private int[] bins = new int[1 << 12];
  private int[] weights = new int[1 << 12];
  private int[] rightBins = new int[0];
  private int[] rightWeights = new int[0];
  private Box[] boxes;
  private int count;

  /// The bins from index `from` to `to - 1` of [#bins].
  private record Box(int from, int to, int pixels, int axis, int low, int extent) {}

  /// Assigns every pixel to a box.
  ///
  /// @param pixels RGB, interleaved, length 3n, n at least 1
  /// @param maxColors 1 to 256
  /// @param indices receives the box of each pixel, unsigned, length at least n
  /// @return how many boxes there are
  int reduce(byte[] pixels, int maxColors, byte[] indices) {
    int distinct = count(pixels);
    boxes = new Box[maxColors];
    boxes[0] = box(0, distinct, pixels.length / 3);
    count = 1;
    while (count < maxColors && divide()) {}
    for (int b = 0; b < count; b++) {
      for (int i = boxes[b].from; i < boxes[b].to; i++) {
        table[bins[i]] = b;
      }
    }
    for (int i = 0; i < pixels.length / 3; i++) {
      indices[i] = (byte) table[bin(pixels, 3 * i)];
    }
    for (int i = 0; i < distinct; i++) {
      table[bins[i]] = 0;
    }
    return count;
  }

  private int count(byte[] pixels) {
    int distinct = 0;
    for (int i = 0; i < pixels.length; i += 3) {
      int bin = bin(pixels, i);
      if (table[bin]++ == 0) {
        if (distinct == bins.length) {
          bins = Arrays.copyOf(bins, 2 * distinct);
        }
        bins[distinct++] = bin;
      }
    }
    if (rightBins.length < bins.length) {
      weights = new int[bins.length];
      rightBins = new int[bins.length];
      rightWeights = new int[bins.length];
    }
    for (int i = 0; i < distinct; i++) {
      weights[i] = table[bins[i]];
    }
    return distinct;
  }

  private boolean divide() {
    int largest = -1;
    for (int b = 0; b < count; b++) {
      boolean larger = largest < 0 || boxes[b].pixels > boxes[largest].pixels;
      if (boxes[b].extent > 0 && larger) {
        largest = b;
      }
    }
    if (largest < 0) {
      return false;
    }
    Box box = boxes[largest];
    int last = lastOfFirstHalf(box);
    int pixels = 0;
    for (int at = box.low; at <= last; at++) {
      pixels += slices[at];
    }
    int middle = partition(box, last);
    boxes[largest] = box(box.from, middle, pixels);
    boxes[count++] = box(middle, box.to, box.pixels - pixels);
    return true;
  }

  private int lastOfFirstHalf(Box box) {
    Arrays.fill(slices, 0);
    int shift = SHIFT[box.axis];
    for (int i = box.from; i < box.to; i++) {
      slices[(bins[i] >> shift) & (SIDE - 1)] += weights[i];
    }
    int most = box.low + box.extent;
    long half = 0;
    for (int at = box.low; at < most; at++) {
      half += slices[at];
      if (2 * half >= box.pixels) {
        return at;
      }
    }
    return most - 1;
  }

  // Bins up to the given value of the box's axis first; returns where the others begin. Every bin
  // is
  // written to both sides and one of them steps on: half the bins go either way, and a branch would
  // be mispredicted.
  private int partition(Box box, int last) {
    int shift = SHIFT[box.axis];
    int left = box.from;
    int right = 0;
    for (int i = box.from; i < box.to; i++) {
      int bin = bins[i];
      int weight = weights[i];
      int toRight = (last - ((bin >> shift) & (SIDE - 1))) >>> 31;
      bins[left] = bin;
      weights[left] = weight;
      rightBins[right] = bin;
      rightWeights[right] = weight;
      left += 1 - toRight;
      right += toRight;
    }
    System.arraycopy(rightBins, 0, bins, left, right);
    System.arraycopy(rightWeights, 0, weights, left, right);
    return left;
  }

  private Box box(int from, int to, int pixels) {
    int red = SIDE;
    int green = SIDE;
    int blue = SIDE;
    int redTo = 0;
    int greenTo = 0;
    int blueTo = 0;
    for (int i = from; i < to; i++) {
      int bin = bins[i];
      int r = bin >> 2 * BITS;
      int g = (bin >> BITS) & (SIDE - 1);
      int b = bin & (SIDE - 1);
      red = Math.min(red, r);
      redTo = Math.max(redTo, r);
      green = Math.min(green, g);
      greenTo = Math.max(greenTo, g);
      blue = Math.min(blue, b);
      blueTo = Math.max(blueTo, b);
    }
    redTo -= red;
    greenTo -= green;
    blueTo -= blue;
    if (redTo >= greenTo && redTo >= blueTo) {
      return new Box(from, to, pixels, 0, red, redTo);
    }
    return greenTo >= blueTo
        ? new Box(from, to, pixels, 1, green, greenTo)
        : new Box(from, to, pixels, 2, blue, blueTo);
  }

  private static int bin(byte[] pixels, int at) {
    int drop = 8 - BITS;
    return ((pixels[at] & 0xFF) >> drop) << SHIFT[0]
        | ((pixels[at + 1] & 0xFF) >> drop) << SHIFT[1]
        | ((pixels[at + 2] & 0xFF) >> drop);
  }
}

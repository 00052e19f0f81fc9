package io.semblance.extract.codec;

import java.util.Arrays;

/// Colour reduction with the results of Pillow's adaptive palette: median cut with the channels
/// weighted by luminance, then every colour takes the nearest of the palette. No dithering.
///
/// Colours are counted exactly, or, where more than 65,536 differ, with the fewest low bits dropped
/// that leave so many. The box with most pixels is cut across the channel whose range times 77
/// (red), 150 (green) or 29 (blue) is greatest, from its high end, behind the value that takes more
/// than half its pixels; boxes of one colour stay whole. The palette has the mean of each box,
/// rounded.
///
/// An instance keeps its tables between uses and serves one thread at a time.
final class WeightedMedianCut {

  private static final int MAX_COLORS = 256;
  private static final int MAX_COUNTED = 65_536;
  private static final int[] WEIGHT = {77, 150, 29};
  private static final int[] SHIFT = {16, 8, 0};

  private final ColourCounts exact = new ColourCounts();
  private final ColourCounts coarse = new ColourCounts();
  private final NearestColours nearest = new NearestColours();
  private final BoxHeap heap = new BoxHeap(MAX_COLORS);
  private final int[] slices = new int[MAX_COLORS];
  private int[] order = new int[0];
  private int[] right = new int[0];
  private int[] boxOf = new int[0];

  /// Colours `from` to `to - 1` of [#order]; either whole, or cut into two.
  private static final class Box implements BoxHeap.Weighted {
    final int from;
    final int to;
    final int pixels;
    Box high;
    Box low;

    Box(int from, int to, int pixels) {
      this.from = from;
      this.to = to;
      this.pixels = pixels;
    }

    @Override
    public int weight() {
      return pixels;
    }
  }

  /// Assigns a palette entry to every pixel.
  ///
  /// @param pixels RGB, interleaved, length 3n, n at least 1
  /// @param indices receives the entry of each pixel, unsigned, length at least n
  /// @return how many entries the palette has, 1 to 256
  int reduce(byte[] pixels, byte[] indices) {
    int n = pixels.length / 3;
    exact.count(pixels);
    int drop = 0;
    ColourCounts counted = exact;
    while (counted.distinct() > MAX_COUNTED) {
      coarse.count(exact, ++drop);
      counted = coarse;
    }
    Box root = cut(counted, n);
    int entries = number(root, 0);
    int[] box = new int[exact.distinct()];
    for (int i = 0; i < box.length; i++) {
      box[i] = boxOf[drop == 0 ? i : coarse.place(exact.colour(i), drop)];
    }
    nearest.palette(exact, box, entries);
    byte[] entryOf = new byte[exact.distinct()];
    for (int i = 0; i < box.length; i++) {
      entryOf[i] = (byte) nearest.to(exact.colour(i), box[i]);
    }
    for (int i = 0; i < n; i++) {
      indices[i] = entryOf[exact.placeOfPixel(i)];
    }
    return entries;
  }

  private Box cut(ColourCounts counted, int n) {
    int distinct = counted.distinct();
    if (order.length < distinct) {
      order = new int[distinct];
      right = new int[distinct];
      boxOf = new int[distinct];
    }
    for (int i = 0; i < distinct; i++) {
      order[i] = i;
    }
    var root = new Box(0, distinct, n);
    heap.clear();
    heap.add(root);
    for (int boxes = 1; boxes < MAX_COLORS; boxes++) {
      Box box = (Box) heap.remove();
      while (box != null && box.to - box.from == 1) {
        box = (Box) heap.remove();
      }
      if (box == null) {
        break;
      }
      divide(box, counted);
      heap.add(box.high);
      heap.add(box.low);
    }
    return root;
  }

  private void divide(Box box, ColourCounts counted) {
    int axis = 0;
    int best = -1;
    for (int c = 0; c < 3; c++) {
      int least = 255;
      int most = 0;
      for (int i = box.from; i < box.to; i++) {
        int v = counted.colour(order[i]) >> SHIFT[c] & 0xFF;
        least = Math.min(least, v);
        most = Math.max(most, v);
      }
      if ((most - least) * WEIGHT[c] > best) {
        best = (most - least) * WEIGHT[c];
        axis = c;
      }
    }
    Arrays.fill(slices, 0);
    for (int i = box.from; i < box.to; i++) {
      slices[counted.colour(order[i]) >> SHIFT[axis] & 0xFF] += counted.pixels(order[i]);
    }
    int value = lastOfHigh(box.pixels);
    int pixels = 0;
    for (int v = 255; v >= value; v--) {
      pixels += slices[v];
    }
    int middle = partition(box, counted, SHIFT[axis], value);
    box.high = new Box(box.from, middle, pixels);
    box.low = new Box(middle, box.to, box.pixels - pixels);
  }

  // The lowest value of the high side: more than half the pixels, but not all of them.
  private int lastOfHigh(int pixels) {
    int least = 0;
    while (slices[least] == 0) {
      least++;
    }
    long high = 0;
    for (int v = 255; v > least; v--) {
      high += slices[v];
      if (2 * high > pixels) {
        return v;
      }
    }
    return least + 1;
  }

  private int partition(Box box, ColourCounts counted, int shift, int value) {
    int high = box.from;
    int low = 0;
    for (int i = box.from; i < box.to; i++) {
      int place = order[i];
      int toLow = ((counted.colour(place) >> shift & 0xFF) - value) >>> 31;
      order[high] = place;
      right[low] = place;
      high += 1 - toLow;
      low += toLow;
    }
    System.arraycopy(right, 0, order, high, low);
    return high;
  }

  // Palette entries go from the high side to the low one.
  private int number(Box box, int entry) {
    if (box.high != null) {
      return number(box.low, number(box.high, entry));
    }
    for (int i = box.from; i < box.to; i++) {
      boxOf[order[i]] = entry;
    }
    return entry + 1;
  }
}

package io.semblance.extract.codec;

import io.semblance.core.image.RgbImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// [MedianCut] as it is described: the twin that keeps the fast one honest.
final class NaiveMedianCut {

  private static final int BITS = 7;
  private static final int SIDE = 1 << BITS;
  private static final int[] SHIFT = {2 * BITS, BITS, 0};

  private final int[] counts = new int[SIDE * SIDE * SIDE];
  private int[] bins = new int[1 << 12];
  private final List<Box> boxes = new ArrayList<>();

  /// The bins from index `from` to `to - 1` of [#bins].
  private record Box(int from, int to, long pixels, int axis, int extent) {}

  private NaiveMedianCut() {}

  static Palette reduce(RgbImage image, int maxColors) {
    var cut = new NaiveMedianCut();
    byte[] pixels = image.pixels();
    cut.count(pixels);
    cut.boxes.add(cut.box(0, cut.bins.length));
    while (cut.boxes.size() < maxColors && cut.divide()) {}
    return cut.map(pixels);
  }

  private void count(byte[] pixels) {
    int distinct = 0;
    for (int i = 0; i < pixels.length; i += 3) {
      int bin = bin(pixels, i);
      if (counts[bin]++ == 0) {
        if (distinct == bins.length) {
          bins = Arrays.copyOf(bins, 2 * distinct);
        }
        bins[distinct++] = bin;
      }
    }
    bins = Arrays.copyOf(bins, distinct);
  }

  private boolean divide() {
    int largest = -1;
    for (int b = 0; b < boxes.size(); b++) {
      boolean larger = largest < 0 || boxes.get(b).pixels > boxes.get(largest).pixels;
      if (boxes.get(b).extent > 0 && larger) {
        largest = b;
      }
    }
    if (largest < 0) {
      return false;
    }
    Box box = boxes.get(largest);
    int middle = partition(box, lastOfFirstHalf(box));
    boxes.set(largest, box(box.from, middle));
    boxes.add(box(middle, box.to));
    return true;
  }

  // Bins up to the given value of the box's axis first; returns where the others begin.
  private int partition(Box box, int last) {
    int to = box.from;
    for (int i = box.from; i < box.to; i++) {
      if (channel(bins[i], box.axis) <= last) {
        int swap = bins[to];
        bins[to++] = bins[i];
        bins[i] = swap;
      }
    }
    return to;
  }

  private int lastOfFirstHalf(Box box) {
    long[] slices = new long[SIDE];
    int most = 0;
    for (int i = box.from; i < box.to; i++) {
      int at = channel(bins[i], box.axis);
      slices[at] += counts[bins[i]];
      most = Math.max(most, at);
    }
    long half = 0;
    for (int at = 0; at < most; at++) {
      half += slices[at];
      if (2 * half >= box.pixels) {
        return at;
      }
    }
    return most - 1;
  }

  private Box box(int from, int to) {
    int[] low = {SIDE, SIDE, SIDE};
    int[] high = new int[3];
    long pixels = 0;
    for (int i = from; i < to; i++) {
      pixels += counts[bins[i]];
      for (int c = 0; c < 3; c++) {
        int at = channel(bins[i], c);
        low[c] = Math.min(low[c], at);
        high[c] = Math.max(high[c], at);
      }
    }
    int axis = 0;
    for (int c = 1; c < 3; c++) {
      if (high[c] - low[c] > high[axis] - low[axis]) {
        axis = c;
      }
    }
    return new Box(from, to, pixels, axis, high[axis] - low[axis]);
  }

  private Palette map(byte[] pixels) {
    byte[] boxOfBin = new byte[counts.length];
    for (int b = 0; b < boxes.size(); b++) {
      for (int i = boxes.get(b).from; i < boxes.get(b).to; i++) {
        boxOfBin[bins[i]] = (byte) b;
      }
    }
    long[] sums = new long[3 * boxes.size()];
    byte[] indices = new byte[pixels.length / 3];
    for (int i = 0; i < indices.length; i++) {
      indices[i] = boxOfBin[bin(pixels, 3 * i)];
      int b = 3 * (indices[i] & 0xFF);
      sums[b] += pixels[3 * i] & 0xFF;
      sums[b + 1] += pixels[3 * i + 1] & 0xFF;
      sums[b + 2] += pixels[3 * i + 2] & 0xFF;
    }
    int[] colors = new int[boxes.size()];
    for (int b = 0; b < colors.length; b++) {
      for (int c = 0; c < 3; c++) {
        long n = boxes.get(b).pixels;
        colors[b] = colors[b] << 8 | (int) ((sums[3 * b + c] + n / 2) / n);
      }
    }
    return new Palette(colors, indices);
  }

  private static int channel(int bin, int c) {
    return (bin >> SHIFT[c]) & (SIDE - 1);
  }

  private static int bin(byte[] pixels, int at) {
    int drop = 8 - BITS;
    return ((pixels[at] & 0xFF) >> drop) << SHIFT[0]
        | ((pixels[at + 1] & 0xFF) >> drop) << SHIFT[1]
        | ((pixels[at + 2] & 0xFF) >> drop);
  }
}

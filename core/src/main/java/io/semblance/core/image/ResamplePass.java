package io.semblance.core.image;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// One direction of a resize: each line of the result is a weighted sum of lines of the source.
/// Lines are rows, or columns; only how pixels are fetched and put differs.
///
/// Works on strips of 128 pixels across the lines, whose samples are kept as planes of `int`: 128
/// of red, of green, of blue. HotSpot turns loops over them into vector instructions, which it does
/// not for loops over bytes. A ring of lines is kept, so that a strip stays in the first-level
/// cache. For one use by one thread.
final class ResamplePass {

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int ACROSS = 128;
  private static final int SAMPLES = 3 * ACROSS;
  // columns fetched together: four pixels lie in one cache line, mostly
  private static final int TOGETHER = 4;

  private final ResampleWeights weights;
  private final byte[] in;
  private final byte[] out;
  private final int lines;
  // bytes from a line to the next and from a pixel to the next across, in source and target
  private final int lineStep;
  private final int acrossStep;
  private final int outLineStep;
  private final int outAcrossStep;
  private final int[][] ring;
  private final int[] sums = new int[SAMPLES];
  private final int[][] fetched = new int[TOGETHER][ACROSS];
  private final int[][] made = new int[TOGETHER][ACROSS];

  private ResamplePass(RgbImage image, ResampleWeights weights, boolean rows) {
    this.weights = weights;
    this.in = image.pixels();
    this.lines = rows ? image.height() : image.width();
    int width = rows ? image.width() : weights.length();
    int height = rows ? weights.length() : image.height();
    this.out = new byte[3 * width * height];
    this.lineStep = rows ? 3 * image.width() : 3;
    this.acrossStep = rows ? 3 : 3 * image.width();
    this.outLineStep = rows ? 3 * width : 3;
    this.outAcrossStep = rows ? 3 : 3 * width;
    this.ring = new int[Integer.highestOneBit(weights.stride() + TOGETHER) * 2][SAMPLES];
  }

  /// Makes each row a sum of rows.
  ///
  /// @param image the source
  /// @param weights of its rows
  /// @return an image of `weights.length()` rows
  static RgbImage overRows(RgbImage image, ResampleWeights weights) {
    var pass = new ResamplePass(image, weights, true);
    pass.run(image.width());
    return new RgbImage(image.width(), weights.length(), pass.out);
  }

  /// Makes each column a sum of columns.
  ///
  /// @param image the source
  /// @param weights of its columns
  /// @return an image of `weights.length()` columns
  static RgbImage overColumns(RgbImage image, ResampleWeights weights) {
    var pass = new ResamplePass(image, weights, false);
    pass.run(image.height());
    return new RgbImage(weights.length(), image.height(), pass.out);
  }

  private void run(int across) {
    for (int strip = 0; strip < across; strip += ACROSS) {
      int count = Math.min(ACROSS, across - strip);
      int next = weights.begin();
      for (int x = 0; x < weights.length(); x++) {
        int needed = weights.first(x) + weights.count(x);
        for (; next < needed; next += TOGETHER) {
          fetch(next, strip, count);
        }
        sum(x);
        int place = x % TOGETHER;
        round(sums);
        pack(sums, made[place]);
        if (place == TOGETHER - 1 || x == weights.length() - 1) {
          put(x - place, place + 1, strip, count);
        }
      }
    }
  }

  private void fetch(int line, int strip, int count) {
    int from = line * lineStep + strip * acrossStep;
    int last = from + (TOGETHER - 1) * lineStep + (count - 1) * acrossStep;
    if (line + TOGETHER <= lines && last + 4 <= in.length) {
      fetchFour(in, from, lineStep, acrossStep, count, fetched);
    } else {
      fetchSome(line, from, count);
    }
    for (int i = 0; i < TOGETHER; i++) {
      unpack(fetched[i], ring[line + i & ring.length - 1]);
    }
  }

  private static void fetchFour(
      byte[] in, int from, int lineStep, int acrossStep, int count, int[][] fetched) {
    int[] a = fetched[0];
    int[] b = fetched[1];
    int[] c = fetched[2];
    int[] d = fetched[3];
    for (int i = 0, at = from; i < count; i++, at += acrossStep) {
      a[i] = (int) INT.get(in, at);
      b[i] = (int) INT.get(in, at + lineStep);
      c[i] = (int) INT.get(in, at + 2 * lineStep);
      d[i] = (int) INT.get(in, at + 3 * lineStep);
    }
  }

  // at the end of the source: fewer lines, and no byte behind the last pixel
  private void fetchSome(int line, int from, int count) {
    for (int l = 0; l < Math.min(TOGETHER, lines - line); l++) {
      for (int i = 0; i < count; i++) {
        int at = from + l * lineStep + i * acrossStep;
        fetched[l][i] = in[at] & 0xFF | (in[at + 1] & 0xFF) << 8 | (in[at + 2] & 0xFF) << 16;
      }
    }
  }

  private static void unpack(int[] pixels, int[] planes) {
    for (int i = 0; i < ACROSS; i++) {
      int pixel = pixels[i];
      planes[i] = pixel & 0xFF;
      planes[i + ACROSS] = pixel >> 8 & 0xFF;
      planes[i + 2 * ACROSS] = pixel >> 16 & 0xFF;
    }
  }

  private void sum(int x) {
    int[] fixed = weights.fixed();
    int mask = ring.length - 1;
    int line = weights.first(x);
    int k = x * weights.stride();
    int end = k + weights.count(x);
    Arrays.fill(sums, ResampleWeights.HALF);
    for (; k + 4 <= end; k += 4, line += 4) {
      int[] a = ring[line & mask];
      int[] b = ring[line + 1 & mask];
      int[] c = ring[line + 2 & mask];
      int[] d = ring[line + 3 & mask];
      addFour(sums, fixed[k], a, fixed[k + 1], b, fixed[k + 2], c, fixed[k + 3], d);
    }
    for (; k < end; k++, line++) {
      addOne(sums, fixed[k], ring[line & mask]);
    }
  }

  private static void addFour(
      int[] sums, int u, int[] a, int v, int[] b, int w, int[] c, int x, int[] d) {
    for (int i = 0; i < SAMPLES; i++) {
      sums[i] += u * a[i] + v * b[i] + w * c[i] + x * d[i];
    }
  }

  private static void addOne(int[] sums, int u, int[] a) {
    for (int i = 0; i < SAMPLES; i++) {
      sums[i] += u * a[i];
    }
  }

  private static void round(int[] sums) {
    for (int i = 0; i < SAMPLES; i++) {
      sums[i] = ResampleWeights.round(sums[i]);
    }
  }

  private static void pack(int[] samples, int[] pixels) {
    for (int i = 0; i < ACROSS; i++) {
      pixels[i] = samples[i] | samples[i + ACROSS] << 8 | samples[i + 2 * ACROSS] << 16;
    }
  }

  private void put(int line, int lines, int strip, int count) {
    int at = line * outLineStep + strip * outAcrossStep;
    if (outLineStep == 3 && lines == TOGETHER) {
      putColumns(made, out, at, outAcrossStep, count);
      return;
    }
    for (int l = 0; l < lines; l++, at += outLineStep) {
      int i = 0;
      int to = at;
      if (outAcrossStep == 3) {
        i = count & ~3;
        to = putRow(made[l], i, out, at);
      }
      for (; i < count; i++, to += outAcrossStep) {
        int pixel = made[l][i];
        out[to] = (byte) pixel;
        out[to + 1] = (byte) (pixel >> 8);
        out[to + 2] = (byte) (pixel >> 16);
      }
    }
  }

  private static int putRow(int[] pixels, int count, byte[] out, int at) {
    int to = at;
    for (int i = 3; i < count; i += 4, to += 12) {
      INT.set(out, to, pixels[i - 3] | pixels[i - 2] << 24);
      INT.set(out, to + 4, pixels[i - 2] >> 8 | pixels[i - 1] << 16);
      INT.set(out, to + 8, pixels[i - 1] >> 16 | pixels[i] << 8);
    }
    return to;
  }

  // four pixels of a row are twelve bytes
  private static void putColumns(int[][] made, byte[] out, int at, int step, int count) {
    int[] a = made[0];
    int[] b = made[1];
    int[] c = made[2];
    int[] d = made[3];
    for (int i = 0, to = at; i < count; i++, to += step) {
      INT.set(out, to, a[i] | b[i] << 24);
      INT.set(out, to + 4, b[i] >> 8 | c[i] << 16);
      INT.set(out, to + 8, c[i] >> 16 | d[i] << 8);
    }
  }
}

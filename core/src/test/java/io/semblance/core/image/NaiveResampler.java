package io.semblance.core.image;

import io.semblance.core.image.Resampler.Box;
import io.semblance.core.image.Resampler.Filter;
import java.util.function.IntUnaryOperator;

/// Resizing as the formula says it, one sample after the other.
final class NaiveResampler {

  private NaiveResampler() {}

  static RgbImage resize(RgbImage image, int width, int height, Filter filter, Box box) {
    boolean rowsFirst = image.height() - height > 2 * Math.max(0, image.width() - width);
    return rowsFirst
        ? columns(rows(image, height, filter, box), width, filter, box)
        : rows(columns(image, width, filter, box), height, filter, box);
  }

  private static RgbImage columns(RgbImage image, int width, Filter filter, Box box) {
    byte[] out = new byte[3 * width * image.height()];
    for (int i = 0; i < out.length; i++) {
      int y = i / 3 / width;
      int c = i % 3;
      IntUnaryOperator source = x -> image.at(x, y, c);
      out[i] = sample(image.width(), box.left(), box.right(), width, i / 3 % width, filter, source);
    }
    return new RgbImage(width, image.height(), out);
  }

  private static RgbImage rows(RgbImage image, int height, Filter filter, Box box) {
    byte[] out = new byte[3 * image.width() * height];
    for (int i = 0; i < out.length; i++) {
      int x = i / 3 % image.width();
      int c = i % 3;
      IntUnaryOperator source = y -> image.at(x, y, c);
      int y = i / 3 / image.width();
      out[i] = sample(image.height(), box.top(), box.bottom(), height, y, filter, source);
    }
    return new RgbImage(image.width(), height, out);
  }

  // Target pixel `at` of `to`, from the part of `size` source pixels between two places.
  private static byte sample(
      int size, float begin, float end, int to, int at, Filter filter, IntUnaryOperator source) {
    double scale = (double) (end - begin) / to;
    if (filter == Filter.NEAREST) {
      double place = begin + scale * 0.5;
      for (int i = 0; i < at; i++) {
        place += scale;
      }
      return (byte) source.applyAsInt((int) place);
    }
    if (size == to && begin == 0 && end == size) {
      return (byte) source.applyAsInt(at);
    }
    double widening = Math.max(1, scale);
    double center = begin + (at + 0.5) * scale;
    int first = (int) Math.max(0, Math.floor(center - filter.radius() * widening + 0.5));
    int last = (int) Math.min(size, Math.floor(center + filter.radius() * widening + 0.5));
    double total = 0;
    for (int s = first; s < last; s++) {
      total += filter.at((s - center + 0.5) * (1 / widening));
    }
    long sum = 1L << 21;
    for (int s = first; s < last; s++) {
      double weight = filter.at((s - center + 0.5) * (1 / widening)) / (total == 0 ? 1 : total);
      long fixed = (long) (weight * (1 << 22) + (weight < 0 ? -0.5 : 0.5));
      sum += fixed * source.applyAsInt(s);
    }
    return (byte) Math.clamp(sum >> 22, 0, 255);
  }
}

package io.semblance.extract.view;

import io.semblance.core.image.RgbImage;
import java.util.SplittableRandom;

/// What a strong view does to the pixels, and the flip of both. Colours are jittered as in
/// torchvision, in the order brightness, contrast, saturation, hue.
final class Tone {

  private static final double BRIGHTNESS = 0.4;
  private static final double CONTRAST = 0.4;
  private static final double SATURATION = 0.2;
  private static final double HUE = 0.1;

  /// Side for which the radius of the blur is meant.
  private static final double SIDE = 224;

  private Tone() {}

  static RgbImage flip(RgbImage image) {
    byte[] in = image.pixels();
    byte[] out = new byte[in.length];
    int w = image.width();
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < w; x++) {
        System.arraycopy(in, 3 * (y * w + x), out, 3 * (y * w + w - 1 - x), 3);
      }
    }
    return new RgbImage(w, image.height(), out);
  }

  static RgbImage strong(RgbImage image, SplittableRandom random) {
    RgbImage out = image;
    if (random.nextDouble() < 0.8) {
      out = jitter(out, random);
    }
    if (random.nextDouble() < 0.5) {
      double sigma = random.nextDouble(0.1, 2) * Math.max(image.width(), image.height()) / SIDE;
      out = blur(out, sigma);
    }
    return random.nextDouble() < 0.2 ? solarise(out) : out;
  }

  private static RgbImage jitter(RgbImage image, SplittableRandom random) {
    double brightness = around(random, BRIGHTNESS);
    double contrast = around(random, CONTRAST);
    double saturation = around(random, SATURATION);
    double hue = 2 * Math.PI * random.nextDouble(-HUE, HUE);
    double mean = meanGrey(image) * brightness;
    double cos = StrictMath.cos(hue);
    double sin = StrictMath.sin(hue);
    byte[] in = image.pixels();
    byte[] out = new byte[in.length];
    for (int i = 0; i < in.length; i += 3) {
      double r = contrast * (brightness * (in[i] & 255) - mean) + mean;
      double g = contrast * (brightness * (in[i + 1] & 255) - mean) + mean;
      double b = contrast * (brightness * (in[i + 2] & 255) - mean) + mean;
      double grey = grey(r, g, b);
      // hue is turned in the plane of the two colour differences of YIQ, which keeps the grey
      double p = saturation * (0.596 * r - 0.274 * g - 0.322 * b);
      double q = saturation * (0.211 * r - 0.523 * g + 0.312 * b);
      double turnedP = cos * p - sin * q;
      double turnedQ = sin * p + cos * q;
      out[i] = (byte) level(grey + 0.956 * turnedP + 0.621 * turnedQ);
      out[i + 1] = (byte) level(grey - 0.272 * turnedP - 0.647 * turnedQ);
      out[i + 2] = (byte) level(grey - 1.106 * turnedP + 1.703 * turnedQ);
    }
    return new RgbImage(image.width(), image.height(), out);
  }

  private static double around(SplittableRandom random, double spread) {
    return random.nextDouble(1 - spread, 1 + spread);
  }

  private static double grey(double r, double g, double b) {
    return 0.299 * r + 0.587 * g + 0.114 * b;
  }

  private static double meanGrey(RgbImage image) {
    byte[] in = image.pixels();
    double sum = 0;
    for (int i = 0; i < in.length; i += 3) {
      sum += grey(in[i] & 255, in[i + 1] & 255, in[i + 2] & 255);
    }
    return sum / (in.length / 3.0);
  }

  private static int level(double value) {
    return (int) Math.clamp(Math.round(value), 0L, 255L);
  }

  /// Inverts what is bright.
  static RgbImage solarise(RgbImage image) {
    byte[] out = image.pixels().clone();
    for (int i = 0; i < out.length; i++) {
      int value = out[i] & 255;
      out[i] = (byte) (value < 128 ? value : 255 - value);
    }
    return new RgbImage(image.width(), image.height(), out);
  }

  /// Gaussian blur; edges are repeated.
  static RgbImage blur(RgbImage image, double sigma) {
    int reach = (int) Math.ceil(3 * sigma);
    double[] weights = new double[2 * reach + 1];
    double sum = 0;
    for (int i = -reach; i <= reach; i++) {
      weights[i + reach] = StrictMath.exp(-0.5 * i * i / (sigma * sigma));
      sum += weights[i + reach];
    }
    for (int i = 0; i < weights.length; i++) {
      weights[i] /= sum;
    }
    return pass(pass(image, weights, 1, 0), weights, 0, 1);
  }

  private static RgbImage pass(RgbImage image, double[] weights, int stepX, int stepY) {
    int w = image.width();
    int h = image.height();
    int reach = weights.length / 2;
    byte[] in = image.pixels();
    byte[] out = new byte[in.length];
    for (int y = 0; y < h; y++) {
      for (int x = 0; x < w; x++) {
        double r = 0;
        double g = 0;
        double b = 0;
        for (int i = -reach; i <= reach; i++) {
          int column = Math.clamp(x + (long) i * stepX, 0, w - 1);
          int row = Math.clamp(y + (long) i * stepY, 0, h - 1);
          int at = 3 * (row * w + column);
          double weight = weights[i + reach];
          r += weight * (in[at] & 255);
          g += weight * (in[at + 1] & 255);
          b += weight * (in[at + 2] & 255);
        }
        int to = 3 * (y * w + x);
        out[to] = (byte) level(r);
        out[to + 1] = (byte) level(g);
        out[to + 2] = (byte) level(b);
      }
    }
    return new RgbImage(w, h, out);
  }
}

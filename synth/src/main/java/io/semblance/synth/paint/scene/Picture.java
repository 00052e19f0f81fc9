package io.semblance.synth.paint.scene;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;

/// A picture in the making: red, green and blue planes of real numbers, nominally in [0, 1].
///
/// Layout: each plane is size x size, row by row. Not thread-safe.
public final class Picture {
  /// Width and height in pixels.
  public final int size;

  /// Red.
  public final float[] r;

  /// Green.
  public final float[] g;

  /// Blue.
  public final float[] b;

  /// A black picture.
  ///
  /// @param size width and height in pixels
  public Picture(int size) {
    this.size = size;
    r = new float[size * size];
    g = new float[size * size];
    b = new float[size * size];
  }

  /// Replaces a pixel.
  ///
  /// @param i a pixel
  /// @param colour replaces what was there
  public void set(int i, Rgb colour) {
    set(i, colour.r(), colour.g(), colour.b());
  }

  /// Replaces a pixel, channel by channel.
  ///
  /// @param i a pixel
  /// @param red red
  /// @param green green
  /// @param blue blue
  public void set(int i, double red, double green, double blue) {
    r[i] = (float) red;
    g[i] = (float) green;
    b[i] = (float) blue;
  }

  /// Paints over a pixel.
  ///
  /// @param i a pixel
  /// @param colour painted over what was there
  /// @param share its opacity in [0, 1]
  public void mix(int i, Rgb colour, double share) {
    float t = (float) share;
    r[i] += (colour.r() - r[i]) * t;
    g[i] += (colour.g() - g[i]) * t;
    b[i] += (colour.b() - b[i]) * t;
  }

  /// Paints a pixel of another picture over a pixel.
  ///
  /// @param i a pixel
  /// @param other a picture of the same size
  /// @param j a pixel of the other, painted over this one
  /// @param share its opacity in [0, 1]
  public void mix(int i, Picture other, int j, double share) {
    float t = (float) share;
    r[i] += (other.r[j] - r[i]) * t;
    g[i] += (other.g[j] - g[i]) * t;
    b[i] += (other.b[j] - b[i]) * t;
  }

  /// Brightens or darkens a pixel.
  ///
  /// @param i a pixel
  /// @param factor brightness, 1 = unchanged
  public void times(int i, double factor) {
    float k = (float) factor;
    r[i] *= k;
    g[i] *= k;
    b[i] *= k;
  }

  /// Lifts or lowers a pixel.
  ///
  /// @param i a pixel
  /// @param amount added to each channel
  public void add(int i, double amount) {
    float k = (float) amount;
    r[i] += k;
    g[i] += k;
    b[i] += k;
  }

  /// {@return its colour}
  ///
  /// @param i a pixel
  public Rgb colour(int i) {
    return new Rgb(r[i], g[i], b[i]);
  }

  /// {@return an independent copy}
  public Picture copy() {
    Picture copy = new Picture(size);
    System.arraycopy(r, 0, copy.r, 0, r.length);
    System.arraycopy(g, 0, copy.g, 0, g.length);
    System.arraycopy(b, 0, copy.b, 0, b.length);
    return copy;
  }

  /// Blurs in place.
  ///
  /// @param radius in pixels; below 1 nothing happens
  public void soften(int radius) {
    Blur.soften(r, size, radius, 2);
    Blur.soften(g, size, radius, 2);
    Blur.soften(b, size, radius, 2);
  }

  /// Paints an image over this picture.
  ///
  /// @param image of the same size, opaque or with alpha; painted over this picture
  public void stamp(BufferedImage image) {
    int[] argb = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
    for (int i = 0; i < argb.length; i++) {
      int a = argb[i] >>> 24;
      if (a > 0) {
        mix(i, Rgb.hex(argb[i] & 0xFFFFFF), a / 255.0);
      }
    }
  }

  /// {@return the picture in 8 bits a channel, opaque}
  public BufferedImage image() {
    BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
    int[] rgb = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = Rgb.clip(r[i]) << 16 | Rgb.clip(g[i]) << 8 | Rgb.clip(b[i]);
    }
    return image;
  }
}

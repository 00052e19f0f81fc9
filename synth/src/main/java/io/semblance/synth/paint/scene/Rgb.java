package io.semblance.synth.paint.scene;

/// A colour: red, green and blue in [0, 1], gamma-encoded as in sRGB. Values slightly outside are
/// clipped on output.
///
/// @param r red
/// @param g green
/// @param b blue
public record Rgb(float r, float g, float b) {
  /// Black.
  public static final Rgb BLACK = new Rgb(0, 0, 0);

  /// White.
  public static final Rgb WHITE = new Rgb(1, 1, 1);

  /// {@return that colour}
  ///
  /// @param code 0xRRGGBB
  public static Rgb hex(int code) {
    return new Rgb((code >> 16 & 255) / 255f, (code >> 8 & 255) / 255f, (code & 255) / 255f);
  }

  /// {@return that colour}
  ///
  /// @param hue turn of the colour wheel, any real number, 0 = red, 1/3 = green
  /// @param saturation in [0, 1]
  /// @param value in [0, 1]
  public static Rgb hsv(double hue, double saturation, double value) {
    return new Rgb(
        channel(hue, 5, saturation, value),
        channel(hue, 3, saturation, value),
        channel(hue, 1, saturation, value));
  }

  private static float channel(double hue, int n, double saturation, double value) {
    double k = n + 6 * (hue - Math.floor(hue));
    k = k >= 6 ? k - 6 : k;
    return (float) (value - value * saturation * Math.max(0, Math.min(1, Math.min(k, 4 - k))));
  }

  /// {@return the mixture}
  ///
  /// @param other the other colour
  /// @param share of the other, 0 = this, 1 = other
  public Rgb mix(Rgb other, double share) {
    float t = (float) share;
    return new Rgb(r + (other.r - r) * t, g + (other.g - g) * t, b + (other.b - b) * t);
  }

  /// {@return a brighter or darker colour of the same hue}
  ///
  /// @param factor brightness, 1 = unchanged
  public Rgb times(double factor) {
    float k = (float) factor;
    return new Rgb(r * k, g * k, b * k);
  }

  /// A natural variation of this colour: hue, saturation and brightness each moved a little.
  ///
  /// @param dice where the variation comes from
  /// @param amount 0 = none, 1 = as much as fruits of one kind differ
  /// @return the varied colour
  public Rgb vary(Dice dice, double amount) {
    double lift = 1 + dice.around(0.09) * amount;
    double turn = dice.around(0.055) * amount;
    double grey = 0.5 + 0.5 * luma() - 0.25;
    double fade = Math.max(0, dice.around(0.14) * amount);
    return new Rgb(
            (float) ((r + turn * 0.4) * lift),
            (float) ((g + turn) * lift),
            (float) ((b - turn * 0.6) * lift))
        .mix(new Rgb((float) grey, (float) grey, (float) grey), fade);
  }

  /// {@return perceived brightness in [0, 1]}
  public double luma() {
    return 0.299 * r + 0.587 * g + 0.114 * b;
  }

  /// {@return 0xRRGGBB, each channel clipped}
  public int code() {
    return clip(r) << 16 | clip(g) << 8 | clip(b);
  }

  /// {@return the nearest of 0..255}
  ///
  /// @param channel a value, nominally in [0, 1]
  public static int clip(double channel) {
    return (int) (Math.max(0, Math.min(1, channel)) * 255 + 0.5);
  }
}

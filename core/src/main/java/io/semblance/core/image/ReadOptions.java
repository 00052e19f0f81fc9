package io.semblance.core.image;

import java.time.Duration;
import java.util.Optional;

/// How [ImageReader] reads an image, and how large and slow an image may be.
///
/// @param orientation whether EXIF orientation turns the pixels
/// @param grey16 how 16-bit grey becomes 8-bit
/// @param maxPixels width x height above which a file is refused, 1 to 715,827,879 (an array of
///   three bytes each cannot be longer)
/// @param maxTime time after which a file is given up, above zero; looked at every few rows
public record ReadOptions(
    Orientation orientation, Grey16 grey16, long maxPixels, Duration maxTime) {

  private static final long ARRAY_LIMIT = (Integer.MAX_VALUE - 8) / 3;
  private static final ReadOptions DEFAULTS =
      new ReadOptions(
          Orientation.IGNORE, Grey16.HIGH_BYTE, ImageReader.MAX_PIXELS, Duration.ofSeconds(60));

  /// Checks the limits.
  ///
  /// @throws IllegalArgumentException if one is out of range; the message gives the value
  public ReadOptions {
    if (maxPixels < 1 || maxPixels > ARRAY_LIMIT) {
      throw new IllegalArgumentException(
          "maxPixels is " + maxPixels + ": give 1 to " + ARRAY_LIMIT);
    }
    if (!maxTime.isPositive()) {
      throw new IllegalArgumentException("maxTime is " + maxTime + ": give more than zero");
    }
  }

  /// @return EXIF orientation ignored, 16-bit grey by its high byte, [ImageReader#MAX_PIXELS], 60
  ///   seconds
  public static ReadOptions defaults() {
    return DEFAULTS;
  }

  /// @param value whether EXIF orientation turns the pixels
  /// @return these options with that one changed
  public ReadOptions withOrientation(Orientation value) {
    return new ReadOptions(value, grey16, maxPixels, maxTime);
  }

  /// @param value how 16-bit grey becomes 8-bit
  /// @return these options with that one changed
  public ReadOptions withGrey16(Grey16 value) {
    return new ReadOptions(orientation, value, maxPixels, maxTime);
  }

  /// @param value width x height above which a file is refused
  /// @return these options with that one changed
  public ReadOptions withMaxPixels(long value) {
    return new ReadOptions(orientation, grey16, value, maxTime);
  }

  /// @param value time after which a file is given up
  /// @return these options with that one changed
  public ReadOptions withMaxTime(Duration value) {
    return new ReadOptions(orientation, grey16, maxPixels, value);
  }

  /// The options whose description a text begins with: the inverse of [#describe].
  ///
  /// @param text such as a description with more behind it
  /// @return the options with the default limits; empty if it begins with no description
  public static Optional<ReadOptions> describedBy(String text) {
    for (Orientation orientation : Orientation.values()) {
      for (Grey16 grey16 : Grey16.values()) {
        ReadOptions options = DEFAULTS.withOrientation(orientation).withGrey16(grey16);
        if (text.startsWith(options.describe())) {
          return Optional.of(options);
        }
      }
    }
    return Optional.empty();
  }

  /// What these options do to pixels, for provenance: equal lines, equal pixels. The limits are
  /// left out, as they change no pixel.
  ///
  /// @return one line, stable from version to version
  public String describe() {
    String turned =
        switch (orientation) {
          case IGNORE -> "EXIF orientation ignored";
          case APPLY -> "EXIF orientation applied";
        };
    return turned
        + switch (grey16) {
          case HIGH_BYTE -> "; 16-bit grey by its high byte";
          case SATURATE -> "; 16-bit grey saturated at 255";
        };
  }
}

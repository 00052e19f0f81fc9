package io.semblance.core.image;

/// An 8-bit RGB image on the heap.
///
/// @param width pixels a row, at least 1
/// @param height rows, at least 1
/// @param pixels `height x width x 3`, interleaved, unsigned bytes; owned by the image, not copied:
///   do not write to it
@SuppressWarnings(
    "ArrayRecordComponent") // pixels are shared on purpose: copying megabytes per step would
// dominate
public record RgbImage(int width, int height, byte[] pixels) {

  /// Checks the size against the array.
  ///
  /// @throws IllegalArgumentException if a side is below 1 or the array's length is not `3 * width
  ///   * height`
  public RgbImage {
    if (width < 1 || height < 1 || pixels.length != 3L * width * height) {
      throw new IllegalArgumentException(
          "an RGB image of "
              + width
              + " x "
              + height
              + " needs "
              + 3L * width * height
              + " bytes, got "
              + pixels.length);
    }
  }

  /// One channel of one pixel.
  ///
  /// @param x column, 0 to width - 1
  /// @param y row, 0 to height - 1
  /// @param channel 0 red, 1 green, 2 blue
  /// @return 0 to 255
  public int at(int x, int y, int channel) {
    return pixels[3 * (y * width + x) + channel] & 0xFF;
  }

  /// A rectangle of this image.
  ///
  /// @param left first column
  /// @param top first row
  /// @param cropWidth columns
  /// @param cropHeight rows
  /// @return a copy of the rectangle
  /// @throws IllegalArgumentException if it does not lie inside the image
  public RgbImage crop(int left, int top, int cropWidth, int cropHeight) {
    if (left < 0
        || top < 0
        || cropWidth < 1
        || cropHeight < 1
        || left + cropWidth > width
        || top + cropHeight > height) {
      throw new IllegalArgumentException(
          "crop "
              + cropWidth
              + " x "
              + cropHeight
              + " at ("
              + left
              + ", "
              + top
              + ") leaves the image of "
              + width
              + " x "
              + height);
    }
    byte[] out = new byte[3 * cropWidth * cropHeight];
    for (int y = 0; y < cropHeight; y++) {
      System.arraycopy(
          pixels, 3 * ((top + y) * width + left), out, 3 * y * cropWidth, 3 * cropWidth);
    }
    return new RgbImage(cropWidth, cropHeight, out);
  }
}

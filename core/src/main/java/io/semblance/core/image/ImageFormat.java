package io.semblance.core.image;

import io.semblance.core.image.jpeg.JpegDecoder;
import io.semblance.core.image.png.PngDecoder;

/// The formats that are read, each known by its first bytes.
enum ImageFormat {
  PNG,
  JPEG;

  /// @param file any file
  /// @return its format, or null if it is none of these
  static ImageFormat of(EncodedImage file) {
    for (ImageFormat format : values()) {
      if (format.matches(file)) {
        return format;
      }
    }
    return null;
  }

  /// @param file any file
  /// @return whether it begins like a file of this format
  boolean matches(EncodedImage file) {
    return switch (this) {
      case PNG -> file.has(0, "\u0089PNG\r\n\u001a\n");
      case JPEG -> file.has(0, "\u00ff\u00d8\u00ff");
    };
  }

  /// @return what reads it
  ImageDecoder decoder() {
    return switch (this) {
      case PNG -> new PngDecoder();
      case JPEG -> new JpegDecoder();
    };
  }
}

package io.semblance.core.image;

import io.semblance.core.image.bmp.BmpDecoder;
import io.semblance.core.image.gif.GifDecoder;
import io.semblance.core.image.jpeg.JpegDecoder;
import io.semblance.core.image.png.PngDecoder;
import io.semblance.core.image.tiff.TiffDecoder;
import io.semblance.core.image.webp.WebpDecoder;

/// The formats that are read, each known by its first bytes.
enum ImageFormat {
  PNG,
  JPEG,
  WEBP,
  GIF,
  TIFF,
  BMP;

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
      case WEBP -> file.has(0, "RIFF") && file.has(8, "WEBP");
      case GIF -> file.has(0, "GIF87a") || file.has(0, "GIF89a");
      case TIFF ->
          file.has(0, "II*\0")
              || file.has(0, "MM\0*")
              || file.has(0, "II+\0")
              || file.has(0, "MM\0+");
      case BMP -> BmpDecoder.matches(file);
    };
  }

  /// @return the usual ending of its files, in lower case, without the dot
  String extension() {
    return switch (this) {
      case PNG -> "png";
      case JPEG -> "jpg";
      case WEBP -> "webp";
      case GIF -> "gif";
      case TIFF -> "tif";
      case BMP -> "bmp";
    };
  }

  /// @return what reads it
  ImageDecoder decoder() {
    return switch (this) {
      case PNG -> new PngDecoder();
      case JPEG -> new JpegDecoder();
      case WEBP -> new WebpDecoder();
      case GIF -> new GifDecoder();
      case TIFF -> new TiffDecoder();
      case BMP -> new BmpDecoder();
    };
  }
}

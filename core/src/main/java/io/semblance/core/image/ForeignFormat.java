package io.semblance.core.image;

import java.nio.charset.StandardCharsets;

/// Names files that are not read, so that a refusal says more than "not an image".
final class ForeignFormat {

  private static final int TEXT_LOOKED_AT = 1024;

  // offset, first bytes, name
  private static final Object[][] SIGNATURES = {
    {4, "ftypavif", "an AVIF image"},
    {4, "ftypavis", "an AVIF image"},
    {4, "ftyphe", "an HEIC image"},
    {4, "ftypmif1", "an HEIC image"},
    {4, "ftypmsf1", "an HEIC image"},
    {4, "ftyp", "a video"},
    {0, "\0\0\0\u000cjP  ", "a JPEG 2000 image"},
    {0, "\u00ffO\u00ffQ", "a JPEG 2000 image"},
    {0, "\0\0\0\u000cJXL ", "a JPEG XL image"},
    {0, "\u00ff\n", "a JPEG XL image"},
    {0, "II\u00bc", "a JPEG XR image"},
    {0, "8BPS", "a Photoshop image"},
    {0, "%PDF", "a PDF document"},
    {0, "%!PS", "a PostScript document"},
    {0, "gimp xcf", "a GIMP image"},
    {0, "qoif", "a QOI image"},
    {0, "DDS ", "a DirectDraw image"},
    {0, "v/1\u0001", "an OpenEXR image"},
    {0, "#?RADIANCE", "a Radiance image"},
    {0, "\0\0\u0001\0", "an icon"},
    {0, "\u001f\u008b", "a gzip archive"},
    {0, "PK\u0003\u0004", "a zip archive"},
    {8, "AVI ", "a video"},
  };

  private ForeignFormat() {}

  /// @param file a file of no format that is read
  /// @return what it is, such as `a PDF document`, or null
  static String of(EncodedImage file) {
    for (Object[] signature : SIGNATURES) {
      if (file.has((int) signature[0], (String) signature[1])) {
        return (String) signature[2];
      }
    }
    if (file.bytes().length > 2 && file.has(0, "P")) {
      int kind = file.bytes()[1];
      if (kind >= '1' && kind <= '7' && Character.isWhitespace(file.bytes()[2])) {
        return "a PNM image";
      }
    }
    int length = Math.min(TEXT_LOOKED_AT, file.bytes().length);
    String text = new String(file.bytes(), 0, length, StandardCharsets.ISO_8859_1);
    String small = text.toLowerCase(java.util.Locale.ROOT);
    if (small.contains("<svg")) {
      return "an SVG drawing";
    }
    return small.contains("<html") || small.contains("<!doctype html") ? "a web page" : null;
  }
}

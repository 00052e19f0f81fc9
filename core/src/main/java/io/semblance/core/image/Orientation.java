package io.semblance.core.image;

/// What becomes of the orientation that a camera wrote into a file's EXIF data.
public enum Orientation {
  /// Pixels stay as they are stored, as Pillow leaves them on opening; only a TIFF is turned, which
  /// Pillow does on loading.
  IGNORE,
  /// Pixels are turned and mirrored upright, as Pillow's `ImageOps.exif_transpose` does.
  APPLY
}

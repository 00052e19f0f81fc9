package io.semblance.core.image;

import io.semblance.core.SemblanceException;

/// Reads one file format. Stateless, safe for use by several threads.
///
/// A decoder trusts nothing: sizes are checked against the bytes that are there before memory is
/// taken for them, and every way a file can be wrong ends in a [SemblanceException].
public interface ImageDecoder {

  /// Looks at a file's structure without decompressing its pixels.
  ///
  /// @param file a file of this format
  /// @throws SemblanceException if damage is seen, or the file is of a kind that is not read
  void check(EncodedImage file) throws SemblanceException;

  /// @param file a file of this format
  /// @return its pixels as stored, not turned
  /// @throws SemblanceException if it is damaged, cut off, too large, or of a kind that is not read
  RgbImage decode(EncodedImage file) throws SemblanceException;

  /// @param file a file that [#decode] accepts
  /// @return its EXIF orientation, 1 to 8; 1, upright, where it says nothing that makes sense
  /// @throws SemblanceException if it is damaged
  int orientation(EncodedImage file) throws SemblanceException;
}

package io.semblance.core.image.tiff;

import io.semblance.core.SemblanceException;
import io.semblance.core.image.EncodedImage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/// What a TIFF file says about its first page.
///
/// @param width pixels a row
/// @param height rows
/// @param kind what a pixel is
/// @param bits of a sample: 1, 2, 4, 8, 12, 16 or 32
/// @param format of a sample: 1 unsigned, 2 signed, 3 floating point
/// @param samples of a pixel as they are stored, used or not
/// @param separate whether each sample has planes of its own
/// @param compression as TIFF numbers it
/// @param predictor 1 none, 2 differences, 3 differences of floating point
/// @param reversed whether bits of a byte are stored in reverse
/// @param faxOptions of compression 3
/// @param order of bytes in a sample
/// @param palette 256 RGB triples, for a palette, or null
/// @param orientation 1 to 8, or something else
/// @param segmentWidth columns of a strip or tile
/// @param segmentHeight rows of one
/// @param offsets of strips or tiles
/// @param lengths of them in bytes
/// @param jpegTables what all JPEG strips share, or null
@SuppressWarnings("ArrayRecordComponent") // internal, read once
record TiffFile(
    int width,
    int height,
    Kind kind,
    int bits,
    int format,
    int samples,
    boolean separate,
    int compression,
    int predictor,
    boolean reversed,
    int faxOptions,
    ByteOrder order,
    byte[] palette,
    int orientation,
    int segmentWidth,
    int segmentHeight,
    long[] offsets,
    long[] lengths,
    ByteBuffer jpegTables) {

  static final int UNSIGNED = 1;
  static final int SIGNED = 2;
  static final int FLOAT = 3;

  /// The meaning of a pixel's samples.
  ///
  /// @param color of the first samples
  /// @param alpha of the one after them
  record Kind(Color color, Alpha alpha) {}

  /// What the first samples of a pixel are.
  enum Color {
    WHITE_IS_ZERO(1),
    GREY(1),
    RGB(3),
    PALETTE(1),
    CMYK(4),
    YCBCR(3);

    private final int channels;

    Color(int channels) {
      this.channels = channels;
    }

    /// @return how many samples they are
    int channels() {
      return channels;
    }
  }

  /// What the sample after them is.
  enum Alpha {
    NONE,
    /// The other samples are multiplied by it.
    ASSOCIATED,
    UNASSOCIATED
  }

  /// @param file the whole file
  /// @return its first page
  /// @throws SemblanceException if the directory is damaged, or pixels are of a kind that is not
  ///   read
  static TiffFile parse(EncodedImage file) throws SemblanceException {
    return new PageReader(file, new Directory(file)).read();
  }

  /// @return samples of a pixel that lie together
  int samplesTogether() {
    return separate ? 1 : samples;
  }

  /// @return planes that are stored one after the other
  int planes() {
    return separate ? samples : 1;
  }

  /// @return segments from left to right
  int across() {
    return Math.ceilDiv(width, segmentWidth);
  }

  /// @return segments from top to bottom
  int down() {
    return Math.ceilDiv(height, segmentHeight);
  }

  /// @return bytes that a row of a segment takes, decompressed
  int rowBytes() {
    return Math.toIntExact(((long) segmentWidth * samplesTogether() * bits + 7) / 8);
  }

  @Override
  public String toString() {
    return "TIFF page of " + width + " x " + height + ", strips at " + Arrays.toString(offsets);
  }
}

package io.semblance.core.image.jpeg;

import io.semblance.core.SemblanceException;
import io.semblance.core.image.EncodedImage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// What a JPEG file says about its picture as a whole. Source: T.81, section B.2.2.
///
/// @param size in pixels, with the largest sampling factors
/// @param progressive whether coefficients come in several scans, coarse before fine
/// @param arithmetic whether they are coded arithmetically rather than by Huffman codes
/// @param components 1 to 4 channels
record Frame(
    Component.Geometry size, boolean progressive, boolean arithmetic, List<Component> components) {

  private static final int BASELINE = 0xC0;
  private static final int EXTENDED = 0xC1;
  private static final int PROGRESSIVE = 0xC2;
  private static final int LOSSLESS = 0xC3;
  private static final int ARITHMETIC = 0xC9;
  private static final int PROGRESSIVE_ARITHMETIC = 0xCA;
  private static final int LOSSLESS_ARITHMETIC = 0xCB;
  private static final int MAX_FACTOR = 4;
  // A Huffman coded block takes a bit at least, in its first scan; an arithmetically coded one may
  // take next to nothing, so this is a limit of ours.
  private static final long BLOCKS_PER_BYTE = 8;
  private static final long ARITHMETIC_BLOCKS_PER_BYTE = 1024;

  /// @param file the whole file
  /// @param marker which kind of frame, [MarkerReader#isFrame]
  /// @param block the frame's header
  /// @param offset where it stands in the file
  /// @return the frame
  /// @throws SemblanceException if it is damaged, too large, or of a kind that is not read
  static Frame parse(EncodedImage file, int marker, ByteBuffer block, int offset)
      throws SemblanceException {
    requireKnownKind(file, marker);
    int channels = block.remaining() < 6 ? 0 : block.get(5) & 0xFF;
    if (block.remaining() != 6 + 3 * channels || channels == 0) {
      throw file.damaged("JPEG", offset, "its size block has a wrong length");
    }
    if (block.get(0) != 8) {
      throw file.unsupported("a JPEG of " + (block.get(0) & 0xFF) + " bits a sample");
    }
    if (channels > 4) {
      throw file.unsupported("a JPEG of " + channels + " channels");
    }
    int height = block.getShort(1) & 0xFFFF;
    int width = block.getShort(3) & 0xFFFF;
    if (height == 0) {
      throw file.unsupported("a JPEG that says its height only after its pixels");
    }
    file.requireSize(width, height);
    int maxH = 1;
    int maxV = 1;
    for (int c = 0; c < channels; c++) {
      maxH = Math.max(maxH, factor(file, block.get(7 + 3 * c) >> 4 & 15, offset));
      maxV = Math.max(maxV, factor(file, block.get(7 + 3 * c) & 15, offset));
    }
    boolean alone = channels == 1; // the factors of a single channel mean nothing
    var size = new Component.Geometry(width, height, alone ? 1 : maxH, alone ? 1 : maxV);
    var components = new ArrayList<Component>();
    for (int c = 0; c < channels; c++) {
      int h = alone ? 1 : block.get(7 + 3 * c) >> 4 & 15;
      int v = alone ? 1 : block.get(7 + 3 * c) & 15;
      if (size.maxH() % h != 0 || size.maxV() % v != 0) {
        throw file.unsupported("a JPEG with channels sampled in the proportion 2 to 3 or 3 to 4");
      }
      int id = block.get(6 + 3 * c) & 0xFF;
      components.add(new Component(id, h, v, block.get(8 + 3 * c) & 0xFF, size));
    }
    var frame =
        new Frame(
            size,
            marker == PROGRESSIVE || marker == PROGRESSIVE_ARITHMETIC,
            marker == ARITHMETIC || marker == PROGRESSIVE_ARITHMETIC,
            List.copyOf(components));
    frame.requireRoomFor(file, offset);
    return frame;
  }

  private static void requireKnownKind(EncodedImage file, int marker) throws SemblanceException {
    switch (marker) {
      case BASELINE, EXTENDED, PROGRESSIVE, ARITHMETIC, PROGRESSIVE_ARITHMETIC -> {}
      case LOSSLESS, LOSSLESS_ARITHMETIC -> throw file.unsupported("a lossless JPEG");
      default -> throw file.unsupported("a hierarchical JPEG");
    }
  }

  private static int factor(EncodedImage file, int value, int offset) throws SemblanceException {
    if (value < 1 || value > MAX_FACTOR) {
      throw file.damaged("JPEG", offset, "it samples a channel " + value + " times");
    }
    return value;
  }

  private void requireRoomFor(EncodedImage file, int offset) throws SemblanceException {
    long blocks = 0;
    for (Component c : components) {
      blocks += (long) c.blocksWide * c.blocksHigh;
    }
    long most = (arithmetic ? ARITHMETIC_BLOCKS_PER_BYTE : BLOCKS_PER_BYTE) * file.bytes().length;
    if (blocks > most) {
      throw file.damaged(
          "JPEG",
          offset,
          "%d bytes cannot hold %d x %d pixels"
              .formatted(file.bytes().length, size.width(), size.height()));
    }
  }
}

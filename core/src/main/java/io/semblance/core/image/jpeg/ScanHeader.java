package io.semblance.core.image.jpeg;

import io.semblance.core.SemblanceException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// Which channels and coefficients a scan brings. Source: T.81, sections B.2.3 and G.1.1.1.
///
/// @param parts its channels, in the order of their blocks
/// @param first first coefficient in stored order, 0 to 63
/// @param last last coefficient, `first` to 63
/// @param high bits of them that earlier scans left out, or 0 for a first scan
/// @param low bits of them that this scan leaves out, 0 to 13
/// @param offset where the scan's header stands in the file
record ScanHeader(List<Part> parts, int first, int last, int high, int low, int offset) {

  private static final int MAX_BLOCKS = 10;
  private static final int MAX_LOW = 13;

  /// A channel of a scan.
  ///
  /// @param component which, counted as the frame lists them
  /// @param channel the same as an object
  /// @param dcSlot its DC table, 0 to 15
  /// @param acSlot its AC table, 0 to 15
  record Part(int component, Component channel, int dcSlot, int acSlot) {}

  /// @param frame the picture
  /// @param block content of the scan's header
  /// @param reader for complaints
  /// @param offset where the header stands
  /// @return the scan's header
  /// @throws SemblanceException if it is damaged or does not fit the frame
  static ScanHeader parse(Frame frame, ByteBuffer block, MarkerReader reader, int offset)
      throws SemblanceException {
    int count = block.hasRemaining() ? block.get() & 0xFF : 0;
    if (count < 1 || count > 4 || block.remaining() != 2 * count + 3) {
      throw reader.damaged(offset, "its scan header has a wrong length");
    }
    var parts = new ArrayList<Part>();
    for (int i = 0; i < count; i++) {
      parts.add(part(frame, block.get() & 0xFF, block.get() & 0xFF, parts, reader, offset));
    }
    int first = block.get() & 0xFF;
    int last = block.get() & 0xFF;
    int bits = block.get() & 0xFF;
    if (!frame.progressive()) { // some writers leave zeros here; libjpeg does not mind either
      return new ScanHeader(List.copyOf(parts), 0, 63, 0, 0, offset).checked(frame, reader);
    }
    return new ScanHeader(List.copyOf(parts), first, last, bits >> 4, bits & 15, offset)
        .checked(frame, reader);
  }

  private static Part part(
      Frame frame, int id, int slots, List<Part> others, MarkerReader reader, int offset)
      throws SemblanceException {
    for (int c = 0; c < frame.components().size(); c++) {
      Component channel = frame.components().get(c);
      if (channel.id == id && others.stream().noneMatch(p -> p.channel() == channel)) {
        return new Part(c, channel, slots >> 4, slots & 15);
      }
    }
    throw reader.damaged(offset, "its scan names a channel " + id + " that there is not");
  }

  private ScanHeader checked(Frame frame, MarkerReader reader) throws SemblanceException {
    boolean band = first == 0 ? last == 0 : first <= last && last <= 63 && parts.size() == 1;
    boolean bits = (high == 0 || low == high - 1) && low <= MAX_LOW;
    if (frame.progressive() && !(band && bits)) {
      throw reader.damaged(
          offset,
          "its scan of coefficients %d to %d, bits %d to %d, is not allowed"
              .formatted(first, last, high, low));
    }
    int blocks = parts.stream().mapToInt(p -> p.channel().h * p.channel().v).sum();
    if (parts.size() > 1 && blocks > MAX_BLOCKS) {
      throw reader.damaged(offset, "its scan has " + blocks + " blocks a unit, more than 10");
    }
    return this;
  }

  /// @return whether blocks of several channels alternate
  boolean interleaved() {
    return parts.size() > 1;
  }

  /// @param size of the frame
  /// @return units a row of this scan
  int unitsWide(Component.Geometry size) {
    return interleaved() ? size.unitsWide() : parts.getFirst().channel().blocksWide;
  }

  /// @param size of the frame
  /// @return rows of units
  int unitsHigh(Component.Geometry size) {
    return interleaved() ? size.unitsHigh() : parts.getFirst().channel().blocksHigh;
  }
}

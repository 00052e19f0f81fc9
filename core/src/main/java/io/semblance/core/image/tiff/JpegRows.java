package io.semblance.core.image.tiff;

import io.semblance.core.SemblanceException;
import io.semblance.core.image.EncodedImage;
import io.semblance.core.image.jpeg.JpegDecoder;
import io.semblance.core.image.tiff.TiffFile.Color;
import java.nio.ByteBuffer;

/// A strip or tile that is a JPEG file of its own, less the tables that all share. Source: TIFF
/// Technical Note 2.
final class JpegRows implements Rows {

  private static final int MARKER = 2;

  private final JpegDecoder.Samples samples;
  private int at;

  /// @param page which page
  /// @param data the strip or tile
  /// @param file where it stands
  /// @param height rows that are wanted
  /// @throws SemblanceException if it is damaged, or its size is not that of the strip or tile
  JpegRows(TiffFile page, ByteBuffer data, EncodedImage file, int height)
      throws SemblanceException {
    EncodedImage part = file.part(joined(page.jpegTables(), data));
    if (!part.has(0, "\u00ff\u00d8\u00ff")) {
      throw file.damaged("TIFF", "a strip or tile is no JPEG", null);
    }
    this.samples = JpegDecoder.decodePart(part, page.kind().color() == Color.YCBCR);
    boolean fits =
        samples.width() == page.segmentWidth()
            && samples.height() >= height
            && samples.channels() == page.samplesTogether();
    if (!fits) {
      throw file.damaged("TIFF", "a JPEG in it is of another size than its strip or tile", null);
    }
  }

  // Tables end with an end marker, data begin with a begin marker: both are left out between them.
  private static byte[] joined(ByteBuffer tables, ByteBuffer data) {
    int head = tables == null || tables.remaining() < 2 * MARKER ? 0 : tables.remaining() - MARKER;
    int skipped = head == 0 ? 0 : Math.min(MARKER, data.remaining());
    byte[] whole = new byte[head + data.remaining() - skipped];
    if (head > 0) {
      tables.get(0, whole, 0, head);
    }
    data.get(skipped, whole, head, data.remaining() - skipped);
    return whole;
  }

  @Override
  public void read(byte[] row) {
    System.arraycopy(samples.bytes(), at, row, 0, row.length);
    at += row.length;
  }
}

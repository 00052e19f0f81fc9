package io.semblance.core.image.jpeg;

import io.semblance.core.SemblanceException;
import java.util.Arrays;

/// Which bits of which coefficients the scans of a file have brought.
final class ScanProgress {

  private static final int NOTHING = -1;
  // libjpeg makes up these where they are not whole, and only these (`jdcoefct.c`, smoothing)
  private static final int SMOOTHED = 10;

  private final int[][] missingBits;
  private ScanHeader last;

  ScanProgress(Frame frame) {
    this.missingBits = new int[frame.components().size()][64];
    for (int[] channel : missingBits) {
      Arrays.fill(channel, NOTHING);
    }
  }

  /// @param scan the next scan
  void add(ScanHeader scan) {
    for (ScanHeader.Part part : scan.parts()) {
      Arrays.fill(missingBits[part.component()], scan.first(), scan.last() + 1, scan.low());
    }
    last = scan;
  }

  /// @param header after the last scan
  /// @throws SemblanceException if coefficients are missing; without an end marker, any of them
  void requireComplete(JpegHeader header) throws SemblanceException {
    int needed = header.ended() ? SMOOTHED : 64;
    for (int[] channel : missingBits) {
      for (int k = 0; k < needed; k++) {
        if (channel[k] != 0) {
          throw header.markers().damaged(last.offset(), "its last scan is missing");
        }
      }
    }
  }
}

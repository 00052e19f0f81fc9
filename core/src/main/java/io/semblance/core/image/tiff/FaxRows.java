package io.semblance.core.image.tiff;

import io.semblance.core.SemblanceException;
import io.semblance.core.image.EncodedImage;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// Rows of black and white as fax machines send them: by lengths of runs, or by what differs from
/// the row above. Black is 1. Source: ITU-T T.4 (Group 3), T.6 (Group 4); TIFF 6.0, sections 10 and
/// 11.
final class FaxRows implements Rows {

  private static final int TWO_DIMENSIONAL = 1;
  private static final int LOOK = 24;
  private static final int END_OF_ROW_ZEROS = 11;
  // places behind the last change, and for runs of length 0 at the beginning and the end
  private static final int BEHIND = 4;
  private static final int ROOM = BEHIND + 4;

  private final EncodedImage file;
  private final byte[] data;
  private final int compression;
  private final boolean mayDiffer;
  private final int width;
  // where colours change, in the row above and in this one; behind the last change, the width
  private int[] above;
  private int[] changes;
  private int count;
  private long bit;

  FaxRows(TiffFile page, ByteBuffer data, EncodedImage file) {
    this.file = file;
    this.data = new byte[data.remaining()];
    data.get(0, this.data);
    this.compression = page.compression();
    this.mayDiffer = (page.faxOptions() & TWO_DIMENSIONAL) != 0;
    this.width = page.segmentWidth();
    this.above = new int[width + ROOM];
    this.changes = new int[width + ROOM];
    Arrays.fill(above, width);
  }

  @Override
  public void read(byte[] row) throws SemblanceException {
    count = 0;
    switch (compression) {
      case Segments.FAX_RUNS -> {
        align(8);
        readRuns();
      }
      case Segments.FAX_WORDS -> {
        align(16);
        readRuns();
      }
      case Segments.FAX_3 -> {
        boolean marked = skipEndOfRow();
        boolean differs = mayDiffer && marked && take(1) == 0;
        if (differs) {
          readDifferences();
        } else {
          readRuns();
        }
      }
      default -> readDifferences();
    }
    if (bit > 8L * data.length) {
      throw damaged("end before the last row");
    }
    Arrays.fill(changes, count, count + BEHIND, width);
    paint(row);
    int[] swap = above;
    above = changes;
    changes = swap;
  }

  private void align(int bits) {
    bit = (bit + bits - 1) / bits * bits;
  }

  // Any zeros, eleven at least, and a one.
  private boolean skipEndOfRow() {
    long at = bit;
    int zeros = 0;
    while (at < 8L * data.length && (data[(int) (at >> 3)] >> (7 - (at & 7)) & 1) == 0) {
      zeros++;
      at++;
    }
    if (zeros < END_OF_ROW_ZEROS) {
      return false;
    }
    bit = at + 1;
    return true;
  }

  private void readRuns() throws SemblanceException {
    int x = 0;
    boolean black = false;
    while (x < width) {
      x += run(black);
      change(x);
      black = !black;
    }
    if (x > width) {
      throw damaged("hold a row that is too long");
    }
  }

  private void change(int x) throws SemblanceException {
    if (count == changes.length - BEHIND) {
      throw damaged("hold a row with too many runs");
    }
    changes[count++] = Math.min(x, width);
  }

  private int run(boolean black) throws SemblanceException {
    FaxRuns codes = black ? FaxRuns.BLACK : FaxRuns.WHITE;
    int sum = 0;
    while (true) {
      int entry = codes.look(peek() >>> (LOOK - FaxRuns.BITS));
      if (entry == 0) {
        throw damaged("hold a code that stands for no run");
      }
      bit += entry & 15;
      sum += entry >> 4;
      if (entry >> 4 < 64) {
        return sum;
      }
      if (sum > width) {
        throw damaged("hold a row that is too long");
      }
    }
  }

  // T.4, section 4.2.1.3.2
  private void readDifferences() throws SemblanceException {
    int a0 = -1;
    boolean black = false;
    int b = 0;
    while (a0 < width) {
      b = firstBehind(a0, b, black);
      int b1 = above[b];
      int next = peek() << (32 - LOOK);
      int zeros = Integer.numberOfLeadingZeros(next);
      if (zeros == 3) { // pass
        bit += 4;
        a0 = above[b + 1];
        continue;
      }
      if (zeros == 2) { // horizontal
        bit += 3;
        int x = Math.max(0, a0);
        x += run(black);
        change(x);
        x += run(!black);
        change(x);
        a0 = x;
        continue;
      }
      int a1 = b1 + vertical(next, zeros);
      if (a1 <= a0 && !(a0 == -1 && a1 == 0) || a1 < 0 || a1 > width) {
        throw damaged("hold a change before the last one or behind the row");
      }
      change(a1);
      a0 = a1;
      black = !black;
    }
    if (a0 > width) {
      throw damaged("hold a row that is too long");
    }
  }

  // The first change of the row above to the other colour, to the right of a place.
  private int firstBehind(int a0, int from, boolean black) {
    int b = Math.max(0, from - 2) & ~1 | (black ? 1 : 0);
    while (above[b] <= a0 && above[b] < width) {
      b += 2;
    }
    return b;
  }

  private int vertical(int next, int zeros) throws SemblanceException {
    int distance =
        switch (zeros) {
          case 0 -> 0;
          case 1 -> 1;
          case 4 -> 2;
          case 5 -> 3;
          case 6 -> throw damaged("use the uncompressed mode, which is not read");
          default -> throw damaged("end early, or hold a code that stands for nothing");
        };
    bit += zeros == 0 ? 1 : zeros + 2;
    boolean right = (next << (zeros + 1)) < 0;
    return right ? distance : -distance;
  }

  private void paint(byte[] row) {
    Arrays.fill(row, (byte) 0);
    for (int i = 0; i + 1 <= count; i += 2) {
      int end = i + 1 < count ? changes[i + 1] : width;
      for (int x = changes[i]; x < end; x++) {
        row[x >> 3] |= (byte) (0x80 >> (x & 7));
      }
    }
  }

  private int take(int size) {
    int value = peek() >>> (LOOK - size);
    bit += size;
    return value;
  }

  // The next 24 bits; zeros behind the end.
  private int peek() {
    int at = (int) (bit >> 3);
    long four = 0;
    for (int i = 0; i < 4; i++) {
      four = four << 8 | (at + i < data.length ? data[at + i] & 0xFF : 0);
    }
    return (int) (four >> (8 - (bit & 7)) & 0xFFFFFF);
  }

  private SemblanceException damaged(String what) {
    return file.damaged("TIFF", "its compressed data " + what, null);
  }
}

package io.semblance.core.image.tiff;

import io.semblance.core.SemblanceException;
import java.nio.ByteBuffer;

/// Undoes differences between neighbouring samples. Source: section 14; TIFF Technical Note 3 for
/// floating point.
final class Predictor implements Rows {

  private final TiffFile page;
  private final Rows rows;

  Predictor(TiffFile page, Rows rows) {
    this.page = page;
    this.rows = rows;
  }

  @Override
  public void read(byte[] row) throws SemblanceException {
    rows.read(row);
    int step = page.samplesTogether();
    if (page.predictor() == 3) {
      addBytes(row, step);
      gather(row);
    } else {
      switch (page.bits()) {
        case 8 -> addBytes(row, step);
        case 16 -> addShorts(row, step);
        default -> addInts(row, step);
      }
    }
  }

  private static void addBytes(byte[] row, int step) {
    for (int i = step; i < row.length; i++) {
      row[i] += row[i - step];
    }
  }

  private void addShorts(byte[] row, int step) {
    ByteBuffer buffer = ByteBuffer.wrap(row).order(page.order());
    for (int i = 2 * step; i + 1 < row.length; i += 2) {
      buffer.putShort(i, (short) (buffer.getShort(i) + buffer.getShort(i - 2 * step)));
    }
  }

  private void addInts(byte[] row, int step) {
    ByteBuffer buffer = ByteBuffer.wrap(row).order(page.order());
    for (int i = 4 * step; i + 3 < row.length; i += 4) {
      buffer.putInt(i, buffer.getInt(i) + buffer.getInt(i - 4 * step));
    }
  }

  // The highest bytes of all numbers come first, then the next lower ones.
  private void gather(byte[] row) {
    byte[] planes = row.clone();
    ByteBuffer buffer = ByteBuffer.wrap(row).order(page.order());
    int count = row.length / 4;
    for (int i = 0; i < count; i++) {
      int value = 0;
      for (int b = 0; b < 4; b++) {
        value = value << 8 | (planes[b * count + i] & 0xFF);
      }
      buffer.putInt(4 * i, value);
    }
  }
}

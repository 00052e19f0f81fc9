package io.semblance.core.image.tiff;

import io.semblance.core.SemblanceException;
import io.semblance.core.image.EncodedImage;
import java.nio.ByteBuffer;

/// Runs of equal bytes and of others. Source: section 9. Runs may go on in the next row, as libtiff
/// allows.
final class PackBitsRows implements Rows {

  private final ByteBuffer data;
  private final EncodedImage file;
  private int left;
  private boolean equal;
  private byte value;

  PackBitsRows(ByteBuffer data, EncodedImage file) {
    this.data = data;
    this.file = file;
  }

  @Override
  public void read(byte[] row) throws SemblanceException {
    for (int i = 0; i < row.length; ) {
      while (left == 0) {
        begin();
      }
      int some = Math.min(left, row.length - i);
      if (equal) {
        java.util.Arrays.fill(row, i, i + some, value);
      } else if (data.remaining() < some) {
        throw cutOff();
      } else {
        data.get(row, i, some);
      }
      left -= some;
      i += some;
    }
  }

  private void begin() throws SemblanceException {
    int head = next();
    if (head == -128) {
      return; // says nothing
    }
    equal = head < 0;
    left = equal ? 1 - head : 1 + head;
    value = equal ? next() : 0;
  }

  private byte next() throws SemblanceException {
    if (!data.hasRemaining()) {
      throw cutOff();
    }
    return data.get();
  }

  private SemblanceException cutOff() {
    return file.damaged("TIFF", "its compressed data end before the last row", null);
  }
}

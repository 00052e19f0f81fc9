package io.semblance.core.image.bmp;

import io.semblance.core.SemblanceException;
import io.semblance.core.image.EncodedImage;

/// Expands run-length coded indices. Source: Microsoft, "Bitmap Compression"; where a file ends a
/// row early or late, as Pillow, `BmpRleDecoder`. For one use.
final class RunLengths {

  private static final int END_OF_ROW = 0;
  private static final int END_OF_BITMAP = 1;
  private static final int JUMP = 2;

  private final EncodedImage file;
  private final byte[] bytes;
  private final int width;
  private final boolean nibbles;
  private final byte[] indices;
  private int at;
  private int filled;
  // pixels of the current row so far; more than there are columns, if the file says so
  private int x;

  RunLengths(EncodedImage file, BmpFile bmp) {
    this.file = file;
    this.bytes = file.bytes();
    this.width = bmp.width();
    this.nibbles = bmp.bits() == 4;
    this.indices = new byte[bmp.width() * bmp.height()];
    this.at = bmp.data();
  }

  /// @return an index for each pixel, rows as stored
  /// @throws SemblanceException if the data end before the last row
  byte[] read() throws SemblanceException {
    while (filled < indices.length) {
      int count = next();
      int value = next();
      if (count > 0) {
        repeat(Math.clamp(width - x, 0, count), value);
        x += Math.clamp(width - x, 0, count);
      } else if (value == END_OF_ROW) {
        skip((width - filled % width) % width);
        x = 0;
      } else if (value == END_OF_BITMAP) {
        throw cutOff();
      } else if (value == JUMP) {
        int right = next();
        skip(right + next() * width);
        x = filled % width;
      } else {
        copy(value);
      }
    }
    return indices;
  }

  private int next() throws SemblanceException {
    if (at >= bytes.length) {
      throw cutOff();
    }
    return bytes[at++] & 0xFF;
  }

  private void repeat(int count, int value) {
    for (int i = 0; i < Math.min(count, indices.length - filled); i++) {
      indices[filled + i] = (byte) (!nibbles ? value : i % 2 == 0 ? value >> 4 : value & 15);
    }
    skip(count);
  }

  private void skip(int count) {
    filled += Math.min(count, indices.length - filled);
  }

  private void copy(int count) throws SemblanceException {
    int some = Math.min(count, indices.length - filled);
    for (int i = 0; i < some; i += nibbles ? 2 : 1) {
      int value = next();
      indices[filled + i] = (byte) (nibbles ? value >> 4 : value);
      if (nibbles && i + 1 < some) {
        indices[filled + i + 1] = (byte) (value & 15);
      }
    }
    filled += some;
    x += count;
    at += at & 1; // what follows begins at an even place
  }

  private SemblanceException cutOff() {
    return file.damaged("BMP", at, "its compressed data end before the last row");
  }
}

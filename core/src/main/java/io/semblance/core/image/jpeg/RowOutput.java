package io.semblance.core.image.jpeg;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Makes pixels of coefficients, one row of units after the other. For use by one thread.
final class RowOutput {

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private final Component.Geometry size;
  private final BlockRow[] blocks;
  private final Upsampling[] channels;
  private final boolean looksBelow;
  private final InverseDct dct = new InverseDct();
  private final int[] samples = new int[BlockRow.GROUP];
  private final ColorConversion color;
  private final int[][] even;
  private final int[][] odd;
  private final int[] evenPixels;
  private final int[] oddPixels;
  private final byte[] pixels;
  private final boolean rgb;
  private int nextRow;

  /// @param frame the picture
  /// @param transformed whether its first three channels are luma and chroma
  /// @param rgb whether RGB is made, else all channels as they are stored
  RowOutput(Frame frame, boolean transformed, boolean rgb) {
    this.rgb = rgb;
    this.size = frame.size();
    int count = frame.components().size();
    this.blocks = new BlockRow[count];
    this.channels = new Upsampling[count];
    boolean below = false;
    for (int c = 0; c < count; c++) {
      Component channel = frame.components().get(c);
      blocks[c] = new BlockRow(size.unitsWide() * channel.h, channel.v);
      channels[c] = Upsampling.of(channel, size);
      below |= channels[c].looksBelow();
    }
    this.looksBelow = below;
    int pairs = Math.ceilDiv(size.width(), 2);
    this.color = new ColorConversion(count, transformed, pairs);
    this.even = new int[count][];
    this.odd = new int[count][];
    this.evenPixels = new int[pairs];
    this.oddPixels = new int[pairs];
    int bytes = rgb ? 3 : count;
    this.pixels = new byte[Math.multiplyExact(bytes, size.width() * size.height())];
  }

  /// @return where the coefficients of a row of units are put, one a channel
  BlockRow[] blocks() {
    return blocks;
  }

  /// Takes over [#blocks], clears them, and makes the pixels that they complete.
  ///
  /// @param unitRow which row of units; each once, from 0 on
  void finishUnitRow(int unitRow) {
    for (int c = 0; c < channels.length; c++) {
      transform(blocks[c], channels[c].rows(), unitRow);
    }
    int rows = (unitRow + 1) * 8 * size.maxV();
    if (rows >= size.height()) {
      rows = size.height();
    } else if (looksBelow) {
      rows--;
    }
    for (; nextRow < rows; nextRow++) {
      convert(nextRow);
    }
  }

  /// @return `height x width x 3`, or as many channels as are stored, when all rows of units are
  ///   finished
  byte[] pixels() {
    return pixels;
  }

  private void transform(BlockRow row, SampleRows rows, int unitRow) {
    Component channel = rows.channel();
    int wide = size.unitsWide() * channel.h;
    for (int v = 0; v < channel.v; v++) {
      int y = 8 * (unitRow * channel.v + v);
      for (int group = 0; group < row.groupsWide(); group++) {
        dct.transform(row.group(v, group), samples);
        int first = group * BlockRow.LANES;
        rows.store(samples, y, first, Math.min(BlockRow.LANES, wide - first));
      }
    }
  }

  private void convert(int y) {
    for (int c = 0; c < channels.length; c++) {
      channels[c].prepare(y);
      even[c] = channels[c].even();
      odd[c] = channels[c].odd();
    }
    if (rgb) {
      convertToRgb(y);
    } else {
      copy(y);
    }
  }

  private void copy(int y) {
    int to = y * size.width() * channels.length;
    for (int x = 0; x < size.width(); x++) {
      int[][] samplesOf = (x & 1) == 0 ? even : odd;
      for (int c = 0; c < channels.length; c++) {
        pixels[to++] = (byte) samplesOf[c][x / 2];
      }
    }
  }

  private void convertToRgb(int y) {
    int width = size.width();
    color.convert(even, (width + 1) / 2, evenPixels);
    color.convert(odd, width / 2, oddPixels);
    // three bytes a pixel, written as four: the next pixel overwrites the last of them
    int to = 3 * y * width;
    int safe = y == size.height() - 1 ? width - 1 : width;
    for (int i = 0; i < safe / 2; i++, to += 6) {
      INT.set(pixels, to, evenPixels[i]);
      INT.set(pixels, to + 3, oddPixels[i]);
    }
    for (int x = safe & ~1; x < width; x++, to += 3) {
      int pixel = ((x & 1) == 0 ? evenPixels : oddPixels)[x / 2];
      pixels[to] = (byte) pixel;
      pixels[to + 1] = (byte) (pixel >> 8);
      pixels[to + 2] = (byte) (pixel >> 16);
    }
  }
}

package io.semblance.extract.codec;

import java.util.Arrays;

/// Bytes of the GIF file that Pillow would write of an image, without writing it, and of the image
/// turned by 90 degrees clockwise: a palette by [WeightedMedianCut], codes that begin with 9 bits,
/// rows interlaced where no side is shorter than 16 pixels, no extension blocks.
///
/// The palette of both is the same, and how LZW parses an image does not depend on the order of its
/// palette: colours are reduced once and only lengths are added up. An instance keeps a few
/// megabytes between uses and serves one thread at a time.
public final class GifLength {

  // signature, screen, image descriptor, code size; end of the blocks, end of the file
  private static final int FRAME = 13 + 10 + 1 + 1 + 1;
  private static final int MAX_BLOCK = 255;
  private static final int MAX_COLORS = 256;
  private static final int LEAST_PALETTE = 4;
  private static final int CODE_SIZE = 8;
  private static final int INTERLACED_FROM = 16;
  private static final int[] FIRST_ROW = {0, 4, 2, 1};
  private static final int[] ROW_STEP = {8, 8, 4, 2};
  private static final int TILE = 32;

  private final WeightedMedianCut medianCut = new WeightedMedianCut();
  private final LzwLength lzw = new LzwLength();
  private byte[] indices = new byte[0];
  private byte[] turned = new byte[0];
  private byte[] rows = new byte[0];

  /// Counts both.
  ///
  /// @param samples `height x width x channels`, interleaved, unsigned
  /// @param width at least 1
  /// @param height at least 1
  /// @param channels 3 for RGB, 1 for gray, which keeps its colours
  /// @return the mean of the two lengths in bytes; a side beyond the 65,535 of the format counts as
  ///   if it fitted
  /// @throws IllegalArgumentException if the samples are too few or too many or the channels others
  public double meanOfTurns(byte[] samples, int width, int height, int channels) {
    if (channels != 1 && channels != 3 || samples.length != (long) width * height * channels) {
      throw new IllegalArgumentException(
          "%d samples are no image of %d x %d with %d channels: give 1 or 3 channels and all samples"
              .formatted(samples.length, width, height, channels));
    }
    int n = width * height;
    if (indices.length < n) {
      indices = new byte[n];
      turned = new byte[n];
      rows = new byte[n];
    }
    int colors = channels == 1 ? grays(samples) : medianCut.reduce(samples, indices);
    turn(width, height);
    return (file(indices, width, height, colors)
            + file(turned, /* width= */ height, /* height= */ width, colors))
        / 2.0;
  }

  private int grays(byte[] samples) {
    boolean[] seen = new boolean[MAX_COLORS];
    int count = 0;
    for (int i = 0; i < samples.length; i++) {
      indices[i] = samples[i];
      if (!seen[samples[i] & 0xFF]) {
        seen[samples[i] & 0xFF] = true;
        count++;
      }
    }
    return count;
  }

  // In tiles, as reading along columns would miss the cache at every pixel.
  private void turn(int width, int height) {
    for (int top = 0; top < height; top += TILE) {
      for (int left = 0; left < width; left += TILE) {
        for (int x = left; x < Math.min(left + TILE, width); x++) {
          for (int y = top; y < Math.min(top + TILE, height); y++) {
            turned[x * height + height - 1 - y] = indices[y * width + x];
          }
        }
      }
    }
  }

  private long file(byte[] symbols, int width, int height, int colors) {
    long data = lzw.bytes(interlaced(symbols, width, height), width * height, CODE_SIZE);
    int palette = Math.max(LEAST_PALETTE, 1 << GifEncoder.paletteBits(colors));
    return FRAME + 3L * palette + data + (data + MAX_BLOCK - 1) / MAX_BLOCK;
  }

  private byte[] interlaced(byte[] symbols, int width, int height) {
    if (Math.min(width, height) < INTERLACED_FROM) {
      return symbols;
    }
    int at = 0;
    for (int pass = 0; pass < FIRST_ROW.length; pass++) {
      for (int y = FIRST_ROW[pass]; y < height; y += ROW_STEP[pass]) {
        System.arraycopy(symbols, y * width, rows, at, width);
        at += width;
      }
    }
    return rows;
  }

  /// [LzwCoder] without the codes: adds up their bits.
  private static final class LzwLength {

    private static final int MAX_BITS = 12;
    private static final int MAX_CODES = 1 << MAX_BITS;
    private static final int SLOTS = 4 * MAX_CODES;
    private static final int FREE = -1;

    // key << 12 | code; the key is code << 8 | symbol
    private final int[] slots = new int[SLOTS];

    long bytes(byte[] symbols, int n, int codeSize) {
      int clear = 1 << codeSize;
      int bits = codeSize + 1;
      int next = clear + 2;
      long total = bits;
      Arrays.fill(slots, FREE);
      int prefix = symbols[0] & 0xFF;
      for (int i = 1; i < n; i++) {
        int symbol = symbols[i] & 0xFF;
        int key = prefix << 8 | symbol;
        int slot = (key * 0x9E3779B1) >>> 18;
        int entry = slots[slot];
        while (entry != FREE && entry >>> MAX_BITS != key) {
          slot = (slot + 1) & (SLOTS - 1);
          entry = slots[slot];
        }
        if (entry != FREE) {
          prefix = entry & (MAX_CODES - 1);
          continue;
        }
        total += bits;
        prefix = symbol;
        if (next == MAX_CODES) {
          total += bits;
          Arrays.fill(slots, FREE);
          bits = codeSize + 1;
          next = clear + 2;
        } else {
          slots[slot] = key << MAX_BITS | next;
          if (next++ == 1 << bits) {
            bits++;
          }
        }
      }
      total += bits;
      if (next == 1 << bits && bits < MAX_BITS) {
        bits++;
      }
      return (total + bits + 7) / 8;
    }
  }
}

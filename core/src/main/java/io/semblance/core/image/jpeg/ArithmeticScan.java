package io.semblance.core.image.jpeg;

import io.semblance.core.SemblanceException;
import io.semblance.core.image.EncodedImage;
import java.util.Arrays;
import java.util.List;

/// A scan that is coded arithmetically, of whole blocks or of some bits of some coefficients.
/// Source: T.81, sections F.2.4 and G.1.3; libjpeg, `jdarith.c`. For one use.
final class ArithmeticScan {

  private static final int SLOTS = 16;
  // where decisions of T.81, tables F.4 and F.5, stand among the states of a table
  private static final int DC_BINS = 64;
  private static final int DC_MAGNITUDES = 20;
  private static final int AC_BINS = 256;
  private static final int LOW_MAGNITUDES = 189;
  private static final int HIGH_MAGNITUDES = 217;
  private static final int BITS_BEHIND_MAGNITUDES = 14;
  private static final int TOO_LARGE = 1 << 15;

  private final ScanHeader header;
  private final JpegTables tables;
  private final MarkerReader markers;
  private final ScanData data;
  private final CoefficientStore store;
  private final Frame frame;
  private final ArithmeticDecoder decoder;
  private final byte[][] dcBins = new byte[SLOTS][DC_BINS];
  private final byte[][] acBins = new byte[SLOTS][AC_BINS];
  private final byte[] even = {ArithmeticDecoder.EVEN};
  private final int[] lastDc = new int[4];
  private final int[] dcContext = new int[4];
  private int interval;
  private int untilRestart;

  /// @param header what the scan brings
  /// @param file the file, read up to the end of the scan's data
  /// @param data the scan's data
  /// @param store receives coefficients
  ArithmeticScan(ScanHeader header, JpegHeader file, ScanData data, CoefficientStore store) {
    this.header = header;
    this.tables = file.tables();
    this.markers = file.markers();
    this.data = data;
    this.store = store;
    this.frame = file.frame();
    this.decoder = new ArithmeticDecoder(data.bytes());
  }

  /// @param file for its time limit
  /// @throws SemblanceException if the data are damaged or end early
  void readAll(EncodedImage file) throws SemblanceException {
    if (!data.markerBehind()) { // zeros may be left out at the end, so only the marker tells
      throw damaged("its compressed data end without a marker");
    }
    decoder.begin(data.begin(0), data.end(0));
    untilRestart = tables.restartInterval();
    List<ScanHeader.Part> parts = header.parts();
    boolean single = !header.interleaved();
    int wide = header.unitsWide(frame.size());
    for (int y = 0; y < header.unitsHigh(frame.size()); y++) {
      file.requireTime();
      for (int x = 0; x < wide; x++) {
        beginUnit();
        for (int p = 0; p < parts.size(); p++) {
          ScanHeader.Part part = parts.get(p);
          int h = single ? 1 : part.channel().h;
          int v = single ? 1 : part.channel().v;
          for (int i = 0; i < h * v; i++) {
            int at = store.at(part.component(), y * v + i / h, x * h + i % h);
            block(store.of(part.component()), at, part, p);
          }
        }
      }
    }
  }

  private void beginUnit() throws SemblanceException {
    if (tables.restartInterval() == 0 || untilRestart-- > 0) {
      return;
    }
    if (++interval == data.intervals()) {
      throw damaged("a restart marker is missing");
    }
    decoder.begin(data.begin(interval), data.end(interval));
    untilRestart = tables.restartInterval() - 1;
    for (int slot = 0; slot < SLOTS; slot++) {
      Arrays.fill(dcBins[slot], (byte) 0);
      Arrays.fill(acBins[slot], (byte) 0);
    }
    Arrays.fill(lastDc, 0);
    Arrays.fill(dcContext, 0);
  }

  private void block(short[] block, int at, ScanHeader.Part part, int index)
      throws SemblanceException {
    if (!frame.progressive()) {
      firstDc(block, at, part.dcSlot(), index);
      firstAc(block, at, part.acSlot(), 1);
    } else if (header.first() == 0 && header.high() == 0) {
      firstDc(block, at, part.dcSlot(), index);
    } else if (header.first() == 0) {
      block[at] |= (short) (decoder.decide(even, 0) << header.low());
    } else if (header.high() == 0) {
      firstAc(block, at, part.acSlot(), header.first());
    } else {
      refineAc(block, at, part.acSlot());
    }
  }

  private void firstDc(short[] block, int at, int slot, int index) throws SemblanceException {
    byte[] bins = dcBins[slot];
    int bin = dcContext[index];
    if (decoder.decide(bins, bin) == 0) {
      dcContext[index] = 0;
    } else {
      int sign = decoder.decide(bins, bin + 1);
      bin += 2 + sign;
      int magnitude = decoder.decide(bins, bin);
      if (magnitude != 0) {
        bin = DC_MAGNITUDES;
        while (decoder.decide(bins, bin) != 0) {
          magnitude = doubled(magnitude);
          bin++;
        }
      }
      ArithmeticConditions conditions = tables.conditions();
      dcContext[index] =
          magnitude < conditions.none(slot)
              ? 0
              : (magnitude > conditions.large(slot) ? 12 : 4) + 4 * sign;
      lastDc[index] += value(bins, bin + BITS_BEHIND_MAGNITUDES, magnitude, sign);
    }
    block[at] = (short) (lastDc[index] << header.low());
  }

  private void firstAc(short[] block, int at, int slot, int first) throws SemblanceException {
    byte[] bins = acBins[slot];
    for (int k = first; k <= header.last(); k++) {
      int bin = 3 * (k - 1);
      if (decoder.decide(bins, bin) != 0) {
        return; // nothing but zeros follows
      }
      while (decoder.decide(bins, bin + 1) == 0) {
        bin += 3;
        requireInside(++k);
      }
      int sign = decoder.decide(even, 0);
      bin += 2;
      int magnitude = decoder.decide(bins, bin);
      if (magnitude != 0 && decoder.decide(bins, bin) != 0) {
        magnitude = 2;
        bin = k <= tables.conditions().lastLow(slot) ? LOW_MAGNITUDES : HIGH_MAGNITUDES;
        while (decoder.decide(bins, bin) != 0) {
          magnitude = doubled(magnitude);
          bin++;
        }
      }
      int value = value(bins, bin + BITS_BEHIND_MAGNITUDES, magnitude, sign);
      block[at + ZigZag.rowMajor(k)] = (short) (value << header.low());
    }
  }

  private void refineAc(short[] block, int at, int slot) throws SemblanceException {
    byte[] bins = acBins[slot];
    int bit = 1 << header.low();
    int end = header.last(); // the last coefficient that earlier scans brought
    while (end > 0 && block[at + ZigZag.rowMajor(end)] == 0) {
      end--;
    }
    for (int k = header.first(); k <= header.last(); k++) {
      int bin = 3 * (k - 1);
      if (k > end && decoder.decide(bins, bin) != 0) {
        return;
      }
      while (!refined(block, at + ZigZag.rowMajor(k), bins, bin, bit)) {
        bin += 3;
        requireInside(++k);
      }
    }
  }

  private boolean refined(short[] block, int place, byte[] bins, int bin, int bit) {
    int known = block[place];
    if (known != 0) {
      if (decoder.decide(bins, bin + 2) != 0) {
        block[place] += (short) (known < 0 ? -bit : bit);
      }
      return true;
    }
    if (decoder.decide(bins, bin + 1) != 0) {
      block[place] = (short) (decoder.decide(even, 0) != 0 ? -bit : bit);
      return true;
    }
    return false;
  }

  private int value(byte[] bins, int bin, int magnitude, int sign) {
    int value = magnitude;
    for (int m = magnitude >> 1; m > 0; m >>= 1) {
      if (decoder.decide(bins, bin) != 0) {
        value |= m;
      }
    }
    return sign == 0 ? value + 1 : -value - 1;
  }

  private int doubled(int magnitude) throws SemblanceException {
    if (2 * magnitude == TOO_LARGE) {
      throw damaged("its compressed data hold a number that is too large");
    }
    return 2 * magnitude;
  }

  private void requireInside(int k) throws SemblanceException {
    if (k > header.last()) {
      throw damaged("a block of its compressed data has too many coefficients");
    }
  }

  private SemblanceException damaged(String what) {
    return markers.damaged(header.offset(), what);
  }
}

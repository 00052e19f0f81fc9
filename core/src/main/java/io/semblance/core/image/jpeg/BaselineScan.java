package io.semblance.core.image.jpeg;

import io.semblance.core.SemblanceException;
import io.semblance.core.image.EncodedImage;
import java.util.List;

/// A scan that brings whole blocks by Huffman codes. Source: T.81, section F.2.2. For one use.
final class BaselineScan {

  // places behind the 64 of a block, for a run of zeros that leaves it
  private static final int PLACES = 64 + 16;

  private final BitReader reader;
  private final ScanHeader header;
  private final Part[] parts;
  private final int restartInterval;
  private int untilRestart;

  /// A channel as this scan reads it.
  private static final class Part {
    final int component;
    final Component channel;
    final HuffmanTable dc;
    final HuffmanTable ac;
    // by place in stored order: factor << 16 | offset in a group of blocks
    final int[] places = new int[PLACES];
    int lastDc;

    Part(ScanHeader.Part part, JpegTables tables, int[] factors) {
      this.component = part.component();
      this.channel = part.channel();
      this.dc = tables.dc(part.dcSlot());
      this.ac = tables.ac(part.acSlot());
      for (int k = 0; k < PLACES; k++) {
        int inside = Math.min(k, 63);
        places[k] = factors[inside] << 16 | ZigZag.rowMajor(inside) * BlockRow.LANES;
      }
    }
  }

  /// @param header what the scan brings
  /// @param tables in force
  /// @param multiplied whether coefficients are multiplied by their quantisation
  /// @param reader its data
  /// @throws SemblanceException if it names a table that was not defined
  BaselineScan(ScanHeader header, JpegTables tables, boolean multiplied, BitReader reader)
      throws SemblanceException {
    this.reader = reader;
    this.header = header;
    this.restartInterval = tables.restartInterval();
    this.untilRestart = restartInterval;
    int[] ones = new int[64];
    java.util.Arrays.fill(ones, 1);
    List<ScanHeader.Part> described = header.parts();
    this.parts = new Part[described.size()];
    for (int i = 0; i < parts.length; i++) {
      ScanHeader.Part part = described.get(i);
      parts[i] = new Part(part, tables, multiplied ? part.channel().quantisation : ones);
      if (parts[i].dc == null || parts[i].ac == null) {
        throw reader.damaged("it uses a Huffman table that it does not define");
      }
    }
  }

  /// Reads one row of units of a scan that holds all channels.
  ///
  /// @param unitsWide units of the row
  /// @param targets receive the coefficients, one a channel; all zero before
  /// @throws SemblanceException if the data are damaged or end early
  void readRow(int unitsWide, BlockRow[] targets) throws SemblanceException {
    for (int unit = 0; unit < unitsWide; unit++) {
      beginUnit();
      for (Part part : parts) {
        BlockRow target = targets[part.component];
        int h = part.channel.h;
        for (int row = 0; row < part.channel.v; row++) {
          for (int column = unit * h; column < (unit + 1) * h; column++) {
            int[] group = target.group(row, column / BlockRow.LANES);
            block(part, group, column % BlockRow.LANES);
          }
        }
      }
      reader.requireWithin();
    }
  }

  /// Reads the whole scan into a store.
  ///
  /// @param store receives the coefficients
  /// @param size of the frame
  /// @param file for its time limit
  /// @throws SemblanceException if the data are damaged or end early
  void readAll(CoefficientStore store, Component.Geometry size, EncodedImage file)
      throws SemblanceException {
    int wide = header.unitsWide(size);
    int high = header.unitsHigh(size);
    boolean single = !header.interleaved();
    int[] block = new int[BlockRow.GROUP];
    for (int y = 0; y < high; y++) {
      file.requireTime();
      for (int x = 0; x < wide; x++) {
        beginUnit();
        for (Part part : parts) {
          int h = single ? 1 : part.channel.h;
          int v = single ? 1 : part.channel.v;
          for (int i = 0; i < h * v; i++) {
            block(part, block, 0);
            int at = store.at(part.component, y * v + i / h, x * h + i % h);
            move(block, store.of(part.component), at);
          }
        }
        reader.requireWithin();
      }
    }
  }

  private static void move(int[] block, short[] to, int at) {
    for (int i = 0; i < 64; i++) {
      to[at + i] = (short) block[i * BlockRow.LANES];
      block[i * BlockRow.LANES] = 0;
    }
  }

  private void beginUnit() throws SemblanceException {
    if (restartInterval > 0 && untilRestart-- == 0) {
      reader.restart();
      untilRestart = restartInterval - 1;
      for (Part part : parts) {
        part.lastDc = 0;
      }
    }
  }

  private void block(Part part, int[] group, int lane) throws SemblanceException {
    int size = reader.symbol(part.dc);
    if (size > 0) {
      part.lastDc += HuffmanTable.extend(reader.bits(size), size);
    }
    int[] places = part.places;
    group[lane] = (short) part.lastDc * (places[0] >>> 16);
    ac(part.ac, places, group, lane);
  }

  // The hottest loop of all: the reader's state in local variables, one look-up for most
  // coefficients.
  private void ac(HuffmanTable table, int[] places, int[] group, int lane)
      throws SemblanceException {
    int[] lookup = table.coefficients();
    long next = reader.next;
    int count = reader.count;
    int k = 1;
    while (k < 64) {
      if (count < 32) {
        reader.next = next;
        reader.count = count;
        reader.fill();
        next = reader.next;
        count = reader.count;
      }
      int entry = lookup[(int) (next >>> (64 - HuffmanTable.BITS))];
      int value = entry >> 16;
      if (value != 0) {
        k += entry >> 8 & 0xFF;
        next <<= entry; // shifts by the lowest 6 bits alone
        count -= entry & 0xFF;
      } else {
        if (entry == 0) {
          reader.next = next;
          entry = reader.longCode(table);
        }
        next <<= entry;
        count -= entry & 0xFF;
        int size = entry >> 8 & 15;
        int zeros = entry >> 12;
        if (size == 0) {
          if (zeros < 15) {
            break; // nothing but zeros follows
          }
          k = Math.min(64, k + 16);
          continue;
        }
        k += zeros;
        value = HuffmanTable.extend((int) (next >>> (64 - size)), size);
        next <<= size;
        count -= size;
      }
      int place = places[k++];
      group[(place & 0xFFFF) + lane] = value * (place >>> 16);
    }
    reader.next = next;
    reader.count = count;
    if (k > 64) {
      throw reader.damaged("a block of its compressed data has more than 64 coefficients");
    }
  }
}

package io.semblance.core.image.jpeg;

import io.semblance.core.SemblanceException;
import io.semblance.core.image.EncodedImage;

/// A scan that brings some bits of some coefficients by Huffman codes. Source: T.81, section G.1.2
/// and figures G.3 to G.7. For one use.
final class ProgressiveScan {

  private final ScanHeader header;
  private final JpegTables tables;
  private final BitReader reader;
  private final CoefficientStore store;
  private final Component.Geometry size;
  private final int[] lastDc = new int[4];

  private int untilRestart;
  // blocks that follow without further coefficients
  private int emptyBlocks;

  ProgressiveScan(
      ScanHeader header,
      JpegTables tables,
      BitReader reader,
      CoefficientStore store,
      Component.Geometry size) {
    this.header = header;
    this.tables = tables;
    this.reader = reader;
    this.store = store;
    this.size = size;
    this.untilRestart = tables.restartInterval();
  }

  /// @param file for its time limit
  /// @throws SemblanceException if the data are damaged or end early
  void readAll(EncodedImage file) throws SemblanceException {
    if (header.first() == 0) {
      readDc(file);
    } else {
      readAc(file);
    }
  }

  private void readDc(EncodedImage file) throws SemblanceException {
    var dc = new HuffmanTable[header.parts().size()];
    for (int i = 0; i < dc.length && header.high() == 0; i++) {
      dc[i] = required(tables.dc(header.parts().get(i).dcSlot()));
    }
    boolean single = !header.interleaved();
    int wide = header.unitsWide(size);
    for (int y = 0; y < header.unitsHigh(size); y++) {
      file.requireTime();
      for (int x = 0; x < wide; x++) {
        beginUnit();
        for (int p = 0; p < dc.length; p++) {
          ScanHeader.Part part = header.parts().get(p);
          int h = single ? 1 : part.channel().h;
          int v = single ? 1 : part.channel().v;
          short[] coefficients = store.of(part.component());
          for (int i = 0; i < h * v; i++) {
            int at = store.at(part.component(), y * v + i / h, x * h + i % h);
            coefficients[at] = dc(coefficients[at], p, dc[p]);
          }
        }
        reader.requireWithin();
      }
    }
  }

  private short dc(short known, int part, HuffmanTable table) throws SemblanceException {
    if (header.high() > 0) {
      return (short) (known | reader.bits(1) << header.low());
    }
    int bits = reader.symbol(table);
    if (bits > 0) {
      lastDc[part] += HuffmanTable.extend(reader.bits(bits), bits);
    }
    return (short) (lastDc[part] << header.low());
  }

  private void readAc(EncodedImage file) throws SemblanceException {
    ScanHeader.Part part = header.parts().getFirst();
    HuffmanTable table = required(tables.ac(part.acSlot()));
    short[] coefficients = store.of(part.component());
    int wide = part.channel().blocksWide;
    for (int y = 0; y < part.channel().blocksHigh; y++) {
      file.requireTime();
      int at = store.at(part.component(), y, 0);
      for (int x = 0; x < wide; x++, at += 64) {
        beginUnit();
        if (header.high() > 0) {
          refine(coefficients, at, table);
        } else if (emptyBlocks > 0) {
          emptyBlocks--;
        } else {
          first(coefficients, at, table);
        }
        reader.requireWithin();
      }
    }
  }

  private void first(short[] coefficients, int at, HuffmanTable table) throws SemblanceException {
    int k = header.first();
    while (k <= header.last()) {
      int symbol = reader.symbol(table);
      int zeros = symbol >> 4;
      int bits = symbol & 15;
      if (bits == 0) {
        if (zeros < 15) {
          emptyBlocks = (1 << zeros) - 1 + (zeros > 0 ? reader.bits(zeros) : 0);
          return;
        }
        k += 16;
        continue;
      }
      k += zeros;
      int value = HuffmanTable.extend(reader.bits(bits), bits);
      if (k > 63) {
        throw tooMany();
      }
      coefficients[at + ZigZag.rowMajor(k)] = (short) (value << header.low());
      k++;
    }
  }

  private void refine(short[] coefficients, int at, HuffmanTable table) throws SemblanceException {
    int k = header.first();
    if (emptyBlocks == 0) {
      while (k <= header.last()) {
        int symbol = reader.symbol(table);
        int zeros = symbol >> 4;
        int value = 0;
        if ((symbol & 15) != 0) {
          value = reader.bits(1) != 0 ? 1 << header.low() : -1 << header.low();
        } else if (zeros < 15) {
          emptyBlocks = (1 << zeros) + (zeros > 0 ? reader.bits(zeros) : 0);
          break;
        }
        k = refineUntil(coefficients, at, k, zeros);
        if (value != 0) {
          if (k > 63) {
            throw tooMany();
          }
          coefficients[at + ZigZag.rowMajor(k)] = (short) value;
        }
        k++;
      }
    }
    if (emptyBlocks > 0) {
      refineUntil(coefficients, at, k, Integer.MAX_VALUE);
      emptyBlocks--;
    }
  }

  // Reads a bit for each coefficient that is not zero, up to the zero after `zeros` others.
  private int refineUntil(short[] coefficients, int at, int from, int zeros) {
    int bit = 1 << header.low();
    int left = zeros;
    int k = from;
    for (; k <= header.last(); k++) {
      int place = at + ZigZag.rowMajor(k);
      int known = coefficients[place];
      if (known == 0) {
        if (--left < 0) {
          break;
        }
      } else if (reader.bits(1) != 0 && (known & bit) == 0) {
        coefficients[place] = (short) (known > 0 ? known + bit : known - bit);
      }
    }
    return k;
  }

  private void beginUnit() throws SemblanceException {
    if (tables.restartInterval() > 0 && untilRestart-- == 0) {
      reader.restart();
      untilRestart = tables.restartInterval() - 1;
      emptyBlocks = 0;
      java.util.Arrays.fill(lastDc, 0);
    }
  }

  private HuffmanTable required(HuffmanTable table) throws SemblanceException {
    if (table == null) {
      throw reader.damaged("it uses a Huffman table that it does not define");
    }
    return table;
  }

  private SemblanceException tooMany() {
    return reader.damaged("a block of its compressed data has more than 64 coefficients");
  }
}

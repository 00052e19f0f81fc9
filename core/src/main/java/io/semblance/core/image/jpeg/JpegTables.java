package io.semblance.core.image.jpeg;

import io.semblance.core.SemblanceException;
import java.nio.ByteBuffer;

/// The tables that are in force at one place of a file. Source: T.81, section B.2.4.
final class JpegTables {

  private static final int SLOTS = 4;

  private final int[][] quantisation = new int[SLOTS][];
  private final HuffmanTable[] dc = new HuffmanTable[SLOTS];
  private final HuffmanTable[] ac = new HuffmanTable[SLOTS];
  private final ArithmeticConditions conditions = new ArithmeticConditions();
  private int restartInterval;

  /// Takes over a block, if it holds tables.
  ///
  /// @param marker what kind of block
  /// @param block its content
  /// @param reader for complaints
  /// @param offset where the block stands
  /// @throws SemblanceException if it contradicts itself
  void define(int marker, ByteBuffer block, MarkerReader reader, int offset)
      throws SemblanceException {
    String wrong =
        switch (marker) {
          case MarkerReader.DQT -> defineQuantisation(block);
          case MarkerReader.DHT -> defineHuffman(block);
          case MarkerReader.DAC -> conditions.define(block);
          case MarkerReader.DRI -> defineRestarts(block);
          default -> null;
        };
    if (wrong != null) {
      throw reader.damaged(offset, wrong);
    }
  }

  private String defineQuantisation(ByteBuffer block) {
    while (block.hasRemaining()) {
      int head = block.get();
      boolean wide = head >> 4 != 0;
      int slot = head & 15;
      if (slot >= SLOTS || block.remaining() < (wide ? 128 : 64)) {
        return "its quantisation table is cut off or has a number above 3";
      }
      int[] table = new int[64];
      for (int k = 0; k < 64; k++) {
        table[k] = wide ? block.getShort() & 0xFFFF : block.get() & 0xFF;
      }
      quantisation[slot] = table;
    }
    return null;
  }

  private String defineHuffman(ByteBuffer block) {
    while (block.remaining() > 16) {
      int head = block.get();
      boolean forAc = (head & 0x10) != 0;
      int slot = head & 0xEF;
      int[] counts = new int[16];
      int sum = 0;
      for (int i = 0; i < 16; i++) {
        counts[i] = block.get() & 0xFF;
        sum += counts[i];
      }
      if (slot >= SLOTS || sum > 256 || sum > block.remaining()) {
        return "its Huffman table is cut off or has a number above 3";
      }
      byte[] symbols = new byte[sum];
      block.get(symbols);
      try {
        (forAc ? ac : dc)[slot] = new HuffmanTable(counts, symbols);
      } catch (IllegalArgumentException e) {
        return e.getMessage();
      }
    }
    return block.hasRemaining() ? "its Huffman tables have a wrong length" : null;
  }

  private String defineRestarts(ByteBuffer block) {
    if (block.remaining() != 2) {
      return "its restart interval has a wrong length";
    }
    restartInterval = block.getShort() & 0xFFFF;
    return null;
  }

  /// @param slot as the frame names it, 0 to 255
  /// @return multipliers in stored order, or null where none was defined
  int[] quantisation(int slot) {
    return slot < SLOTS ? quantisation[slot] : null;
  }

  /// @param slot as a scan names it, 0 to 15
  /// @return the DC table, the standard one where none was defined, or null
  HuffmanTable dc(int slot) {
    if (slot < 2 && dc[slot] == null) {
      dc[slot] = StandardHuffman.dc(slot);
    }
    return slot < SLOTS && dc[slot] != null && dc[slot].fitsDc() ? dc[slot] : null;
  }

  /// @param slot as a scan names it, 0 to 15
  /// @return the AC table, the standard one where none was defined, or null
  HuffmanTable ac(int slot) {
    if (slot < 2 && ac[slot] == null) {
      ac[slot] = StandardHuffman.ac(slot);
    }
    return slot < SLOTS ? ac[slot] : null;
  }

  /// @return conditioning of arithmetic coding
  ArithmeticConditions conditions() {
    return conditions;
  }

  /// @return units of a scan between restart markers, or 0 for no markers
  int restartInterval() {
    return restartInterval;
  }
}
